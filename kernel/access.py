"""Who may: permissions, the viewer, and the guard that denies by default.

A feature's ``access.py`` names its permissions with the roles that hold them. A view carries
``@permit(PERMISSION)`` or ``@public``; an endpoint with neither is refused for everybody. Who is
kept apart from when: states are asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, g, request
from sqlalchemy import ColumnElement, or_, true

from kernel.errors import NotAllowed
from kernel.i18n import gettext as _

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Permission:
    """A named right, ``floor:noun:act``, and the roles that hold it.

    ``office_wide`` rights open what cannot be parted by units (the audit trail): only who holds
    the role for the whole office has them.
    """

    name: str
    roles: frozenset[str]
    office_wide: bool = False


PERMISSIONS: dict[str, Permission] = {}


def permission(name: str, *, roles: Iterable[str], office_wide: bool = False) -> Permission:
    """Declare a permission once.

    Args:
        name: ``floor:noun:act``.
        roles: those who hold it.
        office_wide: only for who holds the role for the whole office.

    Raises:
        ValueError: the name is taken or not of the form ``floor:noun:act``.
    """
    if name in PERMISSIONS or name.count(":") != 2:
        raise ValueError(f"permission {name}")
    PERMISSIONS[name] = Permission(name, frozenset(roles), office_wide)
    return PERMISSIONS[name]


@dataclass(frozen=True)
class Scope:
    """The units a right reaches: all of them (``None``) or the ids listed."""

    units: frozenset[int] | None

    def __bool__(self) -> bool:
        return self.units is None or bool(self.units)

    def covers(self, *unit_ids: int | None) -> bool:
        """Tell whether one of the units lies inside."""
        return self.units is None or any(unit in self.units for unit in unit_ids)

    def clause(self, *columns: Any) -> ColumnElement[bool]:  # noqa: ANN401 - mapped columns
        """Return a WHERE term: one of the unit columns lies inside."""
        if self.units is None:
            return true()
        return or_(*(column.in_(self.units) for column in columns))


@dataclass(frozen=True)
class Viewer:
    """The person on whose behalf something is done, with their rights.

    Attributes:
        id: the person's id; None for a guest, and for the timetable.
        grants: role → unit ids it reaches (with what lies under them), None for the whole office.
        unread: how many messages wait in the inbox, as every page shows it.
    """

    id: int | None = None
    name: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    language: str = "th"
    grants: Mapping[str, frozenset[int] | None] = field(default_factory=dict)
    unread: int = 0

    @property
    def is_guest(self) -> bool:
        """Nobody is signed in."""
        return self.id is None

    @property
    def initials(self) -> str:
        """The first letters of the name, for the small round sign in the top bar."""
        return "".join(word[0] for word in self.name.split()[:2])

    def scope(self, right: Permission) -> Scope:
        """Return how far a right of this viewer reaches."""
        units: set[int] = set()
        for role in right.roles & self.grants.keys():
            reach = self.grants[role]
            if reach is None:
                return Scope(None)
            units |= reach
        return Scope(frozenset() if right.office_wide else frozenset(units))

    def may(self, right: Permission, *unit_ids: int | None) -> bool:
        """Tell whether the viewer holds a right, for one of the units where units are given."""
        scope = self.scope(right)
        return scope.covers(*unit_ids) if unit_ids else bool(scope)

    def demand(self, right: Permission, *unit_ids: int | None) -> None:
        """Refuse unless the viewer holds the right.

        Raises:
            NotAllowed: the viewer does not.
        """
        if not self.may(right, *unit_ids):
            raise NotAllowed(_("This needs a right that you do not have."))


GUEST = Viewer()


def viewer() -> Viewer:
    """Return who is behind the present request; a guest where nobody is signed in."""
    return cast("Viewer", g.get("viewer", GUEST))


def permit(right: Permission) -> Callable[[View], View]:
    """Open a view to those who hold the right, for whatever unit; the view's loader narrows it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:  # noqa: ANN401
            viewer().demand(right)
            return view(*args, **values)

        guarded.access = right  # type: ignore[attr-defined]
        return cast("View", guarded)

    return decorate


def public(view: View) -> View:
    """Open a view to everybody, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def install_guard(app: Flask, sign_in: Callable[[], Any]) -> None:
    """Refuse every endpoint that declares nothing, and send guests to the sign-in page.

    Args:
        app: the application.
        sign_in: makes the answer for a guest who needs to sign in first.
    """
    app.view_functions["static"] = public(app.view_functions["static"])

    @app.before_request
    def guard() -> Any:  # noqa: ANN401
        if request.endpoint is None:
            return None
        declared = getattr(app.view_functions[request.endpoint], "access", None)
        if declared is None:
            raise NotAllowed(_("This page is closed."))
        if declared != "public" and viewer().is_guest:
            return sign_in()
        return None
