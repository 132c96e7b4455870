"""Instalments of an order: what is paid, once what has come; together they are its whole cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from helpdesk.purchases import amounts
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import OrderInstalment, PurchaseOrder
from helpdesk.purchases.states import Vat
from helpdesk.specifications.models import SpecInstalment
from helpdesk.specifications.rules import payments
from helpdesk.specifications.rules.payments import MOST_INSTALMENTS, STEP, WHOLE
from kernel.errors import Refusal
from kernel.i18n import gettext as _


@dataclass(frozen=True)
class InstalmentDraft:
    """An instalment as typed: a percent of the order, or an amount in baht with the tax."""

    percent: Decimal | None
    amount: Decimal | None
    delivers: str
    due_on: date | None = None


def cost_of(order: PurchaseOrder, vat: Vat) -> Decimal:
    """Return what an order costs with the tax, in baht."""
    sums = [amounts.rounded(line.quantity * line.unit_price) for line in order.lines]
    return amounts.total(sums, vat).whole


def rows(
    drafts: Sequence[InstalmentDraft], whole: Decimal, due_on: date | None
) -> list[OrderInstalment]:
    """Return the instalments of an order.

    Args:
        drafts: as typed; none at all is one payment of everything.
        whole: what the order costs with the tax, in baht.
        due_on: until when the order is to be delivered.

    Refuses more than 24, a row with both percent and amount or neither, one without what is
    delivered, a percent or amount out of measure, and rows that do not make the whole together.
    """
    if len(drafts) > MOST_INSTALMENTS:
        said = _("There are %(most)s instalments at most.", most=MOST_INSTALMENTS)
        raise Refusal(said, field="instalments")
    if not drafts:
        one = payments.single()
        drafts = [InstalmentDraft(one.percent, None, one.delivers, due_on)]
    made = [_row(draft, place, whole) for place, draft in enumerate(drafts, start=1)]
    if all(one.percent is not None for one in made):
        _check_percents(made)
        # What rounding leaves over belongs to the last one.
        made[-1].amount += whole - _together(made)
    _check_sum(made, whole)
    return made


def _row(draft: InstalmentDraft, position: int, whole: Decimal) -> OrderInstalment:
    percent, amount, fault = draft.percent, draft.amount, ""
    if (percent is None) == (amount is None):
        fault = _("Please write either the percent or the amount.")
    elif percent is not None and (not 0 < percent <= WHOLE or percent != percent.quantize(STEP)):
        fault = _("Please write the percent: more than 0, at most 100, two places at most.")
    elif amount is not None and not 0 < amount <= amounts.MOST_PRICE:
        fault = _("Please write the amount in baht.")
    elif not draft.delivers.strip():
        fault = _("Please write what is delivered for it.")
    if fault:
        said = _("Instalment %(number)s: %(fault)s", number=position, fault=fault)
        raise Refusal(said, field="instalments")
    share = payments.share(whole, percent) if percent is not None else amount
    return OrderInstalment(
        position=position,
        percent=percent,
        amount=amounts.rounded(share or Decimal(0)),
        due_on=draft.due_on,
        delivers=draft.delivers.strip()[:500],
    )


def _together(made: Sequence[OrderInstalment]) -> Decimal:
    return sum((one.amount for one in made), start=Decimal("0.00"))


def _check_percents(made: Sequence[OrderInstalment]) -> None:
    together = sum((one.percent or Decimal(0) for one in made), start=Decimal(0))
    if together != WHOLE:
        raise payments.not_whole(together, field="instalments")


def _check_sum(made: Sequence[OrderInstalment], whole: Decimal) -> None:
    together = _together(made)
    if together != whole:
        raise Refusal(
            _(
                "The instalments make %(sum)s baht together, but the order costs %(whole)s baht "
                "with VAT.",
                sum=f"{together:,.2f}",
                whole=f"{whole:,.2f}",
            ),
            field="instalments",
        )


def specified(purchase: Purchase, from_day: date) -> list[InstalmentDraft]:
    """Return the instalments that the specification of a purchase names, to start an order with.

    Args:
        purchase: with its lines; where they follow two specifications there is no one answer.
        from_day: the day of the order; the days of the specification count from the next one.
    """
    sources = {
        line.spec_item.specification_id: line.spec_item.specification
        for line in purchase.lines
        if line.spec_item is not None
    }
    if len(sources) != 1 or any(line.spec_item is None for line in purchase.lines):
        return []
    return [_specified(row, from_day) for row in next(iter(sources.values())).payments]


def _specified(row: SpecInstalment, from_day: date) -> InstalmentDraft:
    due_on = from_day + timedelta(days=row.days) if row.days else None
    return InstalmentDraft(row.percent, None, row.delivers, due_on)
