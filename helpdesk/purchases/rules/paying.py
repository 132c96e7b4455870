"""Payments of instalments: written down after the acceptance, corrected and taken out with a trail.

The treasury is asked for the money within five working days of the acceptance (the Ministry of
Finance's regulation on disbursement of 2562); an instalment that is not paid by then is late.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from helpdesk.purchases import access, amounts, queries
from helpdesk.purchases.earned import Earned, earned
from helpdesk.purchases.order_models import OrderInstalment, Payment
from helpdesk.purchases.rules import drafting, story
from helpdesk.purchases.states import Act
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_date
from office.bookkeeping import audit
from office.calendar.queries import calendar_for

PAID_WITHIN = 5


@dataclass(frozen=True)
class PaymentDraft:
    """A payment as typed: the day, baht, and the number of its paper."""

    paid_on: date
    amount: Decimal | None
    document: str


def pay_by(accepted_on: date) -> date:
    """Return the last day to pay what was accepted on a day: the fifth working day after it."""
    calendar, day = calendar_for(around=accepted_on), accepted_on
    for _working_day in range(PAID_WITHIN):
        day = calendar.next_open_day(day + timedelta(days=1))
    return day


def standing(row: OrderInstalment) -> Earned:
    """Return how far an instalment has come by the acceptances of its order."""
    found = earned(row.order, queries.deliveries_on(row.order), None, clock.today())
    return next(one for one in found if one.row is row)


def pay(row: OrderInstalment, draft: PaymentDraft, *, by: Viewer) -> Payment:
    """Write down that an instalment was paid.

    Args:
        row: an instalment that was accepted.
        draft: what was paid; less than the instalment where a penalty was kept back.
        by: needs ``helpdesk:purchase:buy`` over the unit of the purchase.

    Refuses an instalment that was not accepted or is paid already, a day before the acceptance or
    to come, no amount or more than the instalment, and a payment without its paper.
    """
    purchase = row.order.purchase
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    if row.payment is not None:
        raise Refusal(
            _(
                "This instalment is paid already, on %(day)s.",
                day=show_date(row.payment.paid_on, "long"),
            )
        )
    paid_on, amount, document = _checked(row, draft)
    made = Payment(
        instalment=row,
        paid_on=paid_on,
        amount=amount,
        document=document,
        noted_at=clock.now(),
        noted_by_id=by.id,
        noted_by=by.name[:200],
    )
    db.session.add(made)
    story.note(purchase, Act.PAID, by=by, words=_noted(_told(made)))
    audit.record("paid", row.order, by=by, after=_told(made))
    return made


def correct(payment: Payment, draft: PaymentDraft, why: str, *, by: Viewer) -> None:
    """Correct what was written down of a payment; the story keeps what stood there before.

    Refuses what ``pay`` refuses, and an empty reason.
    """
    row = payment.instalment
    purchase = row.order.purchase
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    reason = _reason(why)
    before = _told(payment)
    payment.paid_on, payment.amount, payment.document = _checked(row, draft)
    payment.noted_at, payment.noted_by_id, payment.noted_by = clock.now(), by.id, by.name[:200]
    if _told(payment) == before:
        raise Refusal(_("Nothing is different from what stands there."))
    words = _noted(_told(payment), before, reason)
    story.note(purchase, Act.PAY_MENDED, by=by, words=words)
    told = {**_told(payment), "why": reason}
    audit.record("payment_corrected", row.order, by=by, before=before, after=told)


def drop(payment: Payment, why: str, *, by: Viewer) -> None:
    """Take out a payment that was not made; the instalment waits to be paid again.

    Refuses an empty reason.
    """
    row = payment.instalment
    purchase = row.order.purchase
    by.demand(access.BUY, purchase.unit_id)
    drafting.locked(purchase.id)
    reason = _reason(why)
    told = _told(payment)
    story.note(purchase, Act.PAY_DROPPED, by=by, words=_noted(told, why=reason))
    audit.record("payment_taken_out", row.order, by=by, before=told, after={"why": reason})
    row.payment = None


def _reason(why: str) -> str:
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    return why.strip()[:300]


def _checked(row: OrderInstalment, draft: PaymentDraft) -> tuple[date, Decimal, str]:
    """Return day, baht and paper of a payment that may be written down."""
    known = standing(row)
    if known.owed_on is None:
        raise Refusal(_("This instalment is not accepted yet; it is paid after its acceptance."))
    if draft.paid_on > clock.today():
        raise Refusal(_("This day has not come yet."), field="paid_on")
    if draft.paid_on < known.owed_on:
        said = _(
            "It was accepted on %(day)s; it is paid after that.",
            day=show_date(known.owed_on, "long"),
        )
        raise Refusal(said, field="paid_on")
    if draft.amount is None or draft.amount <= 0:
        raise Refusal(_("Please write how much was paid, in baht."), field="amount")
    if draft.amount > known.owed:
        said = _("At most %(most)s baht are to be paid for it.", most=f"{known.owed:,.2f}")
        raise Refusal(said, field="amount")
    if not draft.document.strip():
        raise Refusal(_("Please write the number of the payment paper."), field="document")
    return draft.paid_on, amounts.rounded(draft.amount), draft.document.strip()[:80]


def _told(payment: Payment) -> dict[str, object]:
    return {
        "number": payment.instalment.position,
        "paid_on": payment.paid_on,
        "amount": payment.amount,
        "document": payment.document,
    }


def _noted(
    told: Mapping[str, object], before: Mapping[str, object] | None = None, why: str = ""
) -> str:
    """Return what the story keeps; ``read_note`` says it in the language of each reader."""
    kept = {"now": told, "before": before or {}, "why": why}
    return json.dumps(kept, ensure_ascii=False, default=str)


def read_note(words: str) -> str:
    """Return what the story keeps of a payment as a sentence in the language spoken now."""
    kept = json.loads(words)
    said = _sentence(kept["now"])
    if kept["before"]:
        said = _("%(now)s. Before: %(before)s", now=said, before=_sentence(kept["before"]))
    return f"{said} ({kept['why']})" if kept["why"] else said


def _sentence(told: Mapping[str, str]) -> str:
    return _(
        "Instalment %(number)s: %(amount)s baht on %(day)s, %(document)s",
        number=told["number"],
        amount=f"{Decimal(told['amount']):,.2f}",
        day=show_date(date.fromisoformat(told["paid_on"]), "long"),
        document=told["document"],
    )
