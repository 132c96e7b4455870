"""Offers, on the page of a licence, the request that asks for its renewal, filled already."""

from __future__ import annotations

from flask import url_for

from assets.licences import slots
from assets.licences.models import Licence
from helpdesk.requests import access, works
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.pages import show_date


def fill() -> None:
    """Let licences be renewed by a request."""
    slots.fill(renewal_at)


def renewal_at(licence: Licence, viewer: Viewer) -> str:
    """Return the address of the form with what is to be renewed, "" where one may not ask."""
    if licence.ends_on is None or not viewer.may(access.ASK):
        return ""
    what = _(
        "Renew “%(name)s”, which ends on %(day)s.",
        name=licence.name,
        day=show_date(licence.ends_on, "long"),
    )
    return url_for("requests.ask", key=works.KEY, what=what)
