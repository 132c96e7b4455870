"""Whether a purchase may be sent: its eight points (clause 22), its method, its inspectors."""

from __future__ import annotations

from helpdesk.purchases.models import Purchase, PurchaseLine
from helpdesk.purchases.states import (
    COMMITTEE,
    ONE_INSPECTOR_AT_MOST,
    SERVICE_FIELDS,
    SMALL_AT_MOST,
    Into,
    Method,
)
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def complete(purchase: Purchase) -> None:
    """Refuse a purchase that is not ready to be signed, telling the first thing to mend."""
    if not purchase.lines:
        raise Refusal(_("Please write at least one line: what is bought."), field="lines")
    for name, sentence in (
        ("reason", _("Please write why this is needed.")),
        ("price_source", _("Please write where the reference price comes from.")),
        ("criterion", _("Please write how the offer is chosen.")),
    ):
        if not getattr(purchase, name).strip():
            raise Refusal(sentence, field=name)
    if purchase.budget_id is None:
        raise Refusal(_("Please choose the budget that pays it."), field="budget_id")
    if purchase.due_on is None:
        raise Refusal(_("Please write until when it is to be delivered."), field="due_on")
    _service(purchase)
    for line in purchase.lines:
        _line(line)
    _method(purchase)
    _committee(purchase)


def _service(purchase: Purchase) -> None:
    for key, label in SERVICE_FIELDS.get(purchase.kind, ()):
        if not purchase.service.get(key):
            raise Refusal(_("Please fill in “%(label)s”.", label=label), field=f"service_{key}")


def _line(line: PurchaseLine) -> None:
    """Refuse a line that lacks something, or is above the criterion without reason (R-X1)."""
    fault = ""
    if not line.what.strip() or not line.unit_word.strip():
        fault = _("Please write what it is and the unit it is counted in.")
    elif line.goes_into == Into.REGISTER and line.class_id is None:
        fault = _("Please choose the class of the equipment; its number is made of it.")
    elif line.goes_into == Into.STOCK and line.item_id is None:
        fault = _("Please choose the material of the store.")
    elif (
        line.standard_price is not None
        and line.unit_price > line.standard_price
        and not line.over_price_reason
    ):
        fault = _("The price is above the standard price. Please write why.")
    if fault:
        said = _("Line %(number)s: %(fault)s", number=line.position, fault=fault)
        raise Refusal(said, field="lines")


def _method(purchase: Purchase) -> None:
    if purchase.method == Method.SMALL and purchase.total > SMALL_AT_MOST:
        raise Refusal(
            _("This method reaches up to 500,000 baht. Please choose another one."),
            field="method",
        )
    if not purchase.method_reason.strip():
        raise Refusal(_("Please write why this method is chosen."), field="method_reason")


def _committee(purchase: Purchase) -> None:
    if not purchase.members:
        raise Refusal(_("Please choose who inspects what comes."), field="members")
    if purchase.total > ONE_INSPECTOR_AT_MOST and len(purchase.members) < COMMITTEE:
        raise Refusal(
            _("Above 100,000 baht a committee of at least three inspects what comes."),
            field="members",
        )
