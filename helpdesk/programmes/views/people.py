"""People as forms name them, and what every page of one programme shows."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access
from helpdesk.programmes.models import Programme
from helpdesk.programmes.states import PROGRAMMES, State
from kernel.access import viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.queries import person_named
from office.people.models import Person


def named(typed: str | None, field: str) -> Person:
    """Return the person that a form names.

    Raises:
        Refusal: nobody, or several people, are known by it.
    """
    person = person_named(typed or "")
    if person is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=(typed or "")[:80],
            ),
            field=field,
        )
    return person


def named_or_none(typed: str | None, field: str) -> Person | None:
    """Return the person that a form names; None where it names nobody. Refuses as ``named``."""
    return named(typed, field) if (typed or "").strip() else None


def page(
    template: str,
    programme: Programme,
    status: int = 200,
    **about: Any,  # noqa: ANN401 - whatever the template asks for
) -> ResponseReturnValue:
    """Render a page of one programme, with what the head of all of them needs."""
    shown = render_template(
        f"helpdesk/programmes/{template}.html",
        programme=programme,
        face=PROGRAMMES.faces[State(programme.state)],
        may_edit=access.may_edit(viewer(), programme),
        **about,
    )
    return shown, status
