"""The lists that take part: each declares its key, its page and its name once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from kernel.access import Permission
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.saved_views.models import SavedView

# What belongs to one look only and is not kept with a view.
PASSING = ("page", "view", "csrf_token")
LONGEST = 2000


@dataclass(frozen=True)
class DeclaredList:
    """A list with saved views: its key, the endpoint of its page, its name, who may open it."""

    key: str
    endpoint: str
    name: Any
    right: Permission | None


_declared: dict[str, DeclaredList] = {}


def declare(key: str, endpoint: str, name: Any, right: Permission | None) -> DeclaredList:  # noqa: ANN401 - a lazy text
    """Let a list take part; a second call under the same key replaces the first.

    Args:
        key: at most 30 letters, kept in the database.
        endpoint: of its page.
        name: a lazy text.
        right: who may open it, None for everybody who is signed in.
    """
    _declared[key] = DeclaredList(key, endpoint, name, right)
    return _declared[key]


def declared(key: str) -> DeclaredList:
    """Return a list by its key.

    Raises:
        NotFound: there is none.
    """
    if key not in _declared:
        raise NotFound(_("There is no such list."))
    return _declared[key]


def lasting(query: str) -> str:
    """Return what of an address's query is kept with a view, at most 2,000 characters."""
    pairs = parse_qsl(query.lstrip("?")[:LONGEST])
    return urlencode([(name, value) for name, value in pairs if name not in PASSING])


def address(view: SavedView) -> str:
    """Return the address of a list as a view shows it."""
    page = url_for(declared(view.list_key).endpoint)
    return f"{page}?{urlencode([*parse_qsl(view.query), ('view', str(view.id))])}"
