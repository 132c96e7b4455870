"""Offers, on the page of a licence, the purchase that asks for its renewal, filled in already."""

from __future__ import annotations

from flask import url_for

from assets.licences import slots
from assets.licences.models import Licence
from assets.licences.states import Kind
from helpdesk.purchases import access
from helpdesk.purchases.states import Kind as Purchase
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.pages import show_date

AS_PURCHASE = {
    Kind.INTERNET: Purchase.INTERNET,
    Kind.DOMAIN: Purchase.WEB_SPACE,
    Kind.WEB_SPACE: Purchase.WEB_SPACE,
}


def fill() -> None:
    """Let licences be renewed by a purchase."""
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
    kind = AS_PURCHASE.get(Kind(licence.kind), Purchase.HIRE)
    title = _("Renewal of “%(name)s”", name=licence.name)
    return url_for("purchases.new", kind=kind.value, title=title, reason=what)
