"""The order of the head, and what was done with the things (clause 215)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assets.disposals import access, methods
from assets.disposals.models import Disposal
from assets.disposals.rules import cards
from assets.disposals.states import CASES, SALES, Action, Method, State
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_money
from office.bookkeeping import audit


@dataclass(frozen=True)
class Result:
    """What was done, and the paper that says so.

    Attributes:
        on: the day of the sale, handover or destruction.
        document: the number of the result document (R-D1).
        counterparty: the buyer, or who received the things.
        proceeds: baht that a sale brought (clause 216).
        income_ref: the receipt with which the money was handed in.
        witnesses: who saw the conversion or destruction.
        photos: where its photos are kept.
    """

    on: date
    document: str
    counterparty: str = ""
    proceeds: Decimal | None = None
    income_ref: str = ""
    witnesses: str = ""
    photos: str = ""
    note: str = ""


def order(case: Disposal, number: str, on: date, *, ministry_ref: str = "", by: Viewer) -> None:
    """Write down the order of the disposal; its 60 days begin on the day after it (R-D1).

    Refuses a blank number, a day of the future, and a write-off of more than 1,000,000 baht
    without the approval of the Ministry of Finance (R-D5).
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.ORDER)
    if not number.strip():
        raise Refusal(_("Please write the number of the order."), field="order_no")
    if on > clock.today():
        raise Refusal(_("This day has not come yet."), field="ordered_on")
    assets = [line.asset for line in cards.listed_lines(case)]
    if methods.needs_ministry(case.method, assets) and not ministry_ref.strip():
        raise Refusal(
            _(
                "A write-off of more than %(limit)s baht is approved by the Ministry of Finance. "
                "Please write the number of its letter (clause 217).",
                limit=show_money(methods.HEAD_LIMIT),
            ),
            field="ministry_ref",
        )
    case.order_no, case.ordered_on = number.strip()[:60], on
    case.ministry_ref, case.state = ministry_ref.strip()[:120], target
    told = {"order_no": case.order_no, "ordered_on": on, "ministry_ref": case.ministry_ref}
    audit.record("ordered", case, by=by, after=told)


def carry_out(case: Disposal, said: Result, *, by: Viewer) -> None:
    """Write down what was done with the things; they are struck off next, at once (clause 218).

    Refuses a day of the future or before the order, a missing result document (R-D1), a sale
    without buyer or proceeds, a handover without receiver, a destruction without witnesses, and
    what the method does not allow any more.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.CARRY_OUT)
    method = Method(case.method or "")
    assets = [line.asset for line in cards.listed_lines(case)]
    _check(case, said)
    _check_method(method, said, assets)
    case.carried_out_on, case.result_doc = said.on, said.document.strip()[:120]
    case.counterparty, case.proceeds = said.counterparty.strip()[:200], said.proceeds
    case.income_ref, case.witnesses = said.income_ref.strip()[:120], said.witnesses.strip()[:400]
    case.photos, case.result_note = said.photos.strip()[:200], said.note.strip()[:400]
    case.state = target
    told = {
        "method": method,
        "carried_out_on": said.on,
        "result_doc": case.result_doc,
        "counterparty": case.counterparty,
        "proceeds": case.proceeds,
    }
    audit.record("carried_out", case, by=by, after=told)


def _check(case: Disposal, said: Result) -> None:
    if said.on > clock.today():
        raise Refusal(_("This day has not come yet."), field="carried_out_on")
    if case.ordered_on is not None and said.on < case.ordered_on:
        raise Refusal(_("This day is before the order."), field="carried_out_on")
    if not said.document.strip():
        raise Refusal(
            _("Please write the number of the document with the result."), field="result_doc"
        )


def _check_method(method: Method, said: Result, assets: Sequence[Asset]) -> None:
    if method in SALES and said.proceeds is None:
        raise Refusal(_("Please write what the sale brought."), field="proceeds")
    if said.proceeds is not None and said.proceeds < 0:
        raise Refusal(_("An amount is not negative."), field="proceeds")
    receives = method in SALES or method in methods.RECEIVED
    if receives and not said.counterparty.strip():
        raise Refusal(_("Please write who got the things."), field="counterparty")
    if method in methods.WITNESSED and not said.witnesses.strip():
        raise Refusal(_("Please write who saw it."), field="witnesses")
    methods.check(method, said.counterparty, assets)
