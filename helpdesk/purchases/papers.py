"""The papers of purchases, in Thai: the report with its eight points (F01), and the acceptance.

Places to sign are those of the path: who signed stands there with name, position and day, who has
not signed yet has a line for the pen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.register.states import FUND_TYPES
from assets.stock.quantities import shown
from helpdesk.purchases import amounts
from helpdesk.purchases.earned import Share, daily_rate, shares
from helpdesk.purchases.models import Purchase, PurchaseLine
from helpdesk.purchases.order_models import Delivery, DeliveryLine
from helpdesk.purchases.states import (
    METHODS,
    PAPER_TITLES,
    SERVICE_FIELDS,
    Kind,
    Method,
    State,
    Vat,
)
from kernel import baht, clock, thai
from kernel.i18n import speaking
from office.approvals import papers as signed
from office.approvals import queries as approvals
from office.approvals.models import Approval
from office.approvals.states import StepState
from office.papers import engine
from office.papers.models import IssuedPaper
from office.papers.rules import check_mark

_FOLDER = Path(__file__).parent / "paper"
BLANK: Mapping[str, str | None] = {"note": None, "name": "", "position": "", "date": ""}


@dataclass(frozen=True)
class Letterhead:
    """The office: its name, its telephone, and where the codes of its papers lead."""

    office: str
    phone: str
    base_url: str


def _day(day: Any, style: thai.Style = "long") -> str:  # noqa: ANN401 - a day, a moment or None
    if day is None:
        return ""
    plain = clock.local(day).date() if hasattr(day, "hour") else day
    return thai.format_date(plain, language="th", style=style, digits="thai")


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def report_pdf(purchase: Purchase, issued: IssuedPaper | None, head: Letterhead) -> bytes:
    """Return the report of a purchase or hire with its annex and the signatures that count."""
    return printed(purchase, _places(purchase.approval), issued, head)


def printed(
    purchase: Purchase,
    places: Sequence[Mapping[str, Any]],
    issued: IssuedPaper | None,
    head: Letterhead,
) -> bytes:
    """Print the report from what is loaded.

    Args:
        purchase: with lines, members, budget and unit.
        places: the places to sign after that of who asks.
        issued: its paper with the check code, once it is approved.
        head: the office.
    """
    check, pictures = check_mark(issued, head.base_url) if issued else (None, {})
    with speaking("th"):
        content = {
            **_report(purchase),
            "office": head.office,
            "office_phone": head.phone,
            "places": [_asker_place(purchase), *places],
            "check": check,
        }
    return engine.render(_FOLDER / "report.typ", content, files=pictures)


def _report(purchase: Purchase) -> dict[str, Any]:
    title, form = PAPER_TITLES[Kind(purchase.kind)]
    costs = amounts.total((line.cost for line in purchase.lines), Vat(purchase.vat))
    budget = purchase.budget
    return {
        "title": title,
        "form": form,
        "number": purchase.number or "",
        "date": _day(purchase.sent_at),
        "subject": purchase.title,
        "unit": purchase.unit.name,
        "reason": purchase.reason,
        "scope": purchase.scope,
        "service": [
            [str(label), purchase.service.get(key, "")]
            for key, label in SERVICE_FIELDS.get(Kind(purchase.kind), ())
        ],
        "price_source": purchase.price_source,
        "budget": budget.project if budget else "",
        "source": str(FUND_TYPES[budget.source]) if budget else "",
        "year": str(budget.fiscal_year) if budget else "",
        "due": _day(purchase.due_on),
        "method": str(METHODS[Method(purchase.method)]),
        "method_reason": purchase.method_reason,
        "criterion": purchase.criterion,
        "proposals": purchase.proposals,
        "members": [[one.person.name_th, one.person.position] for one in purchase.members],
        "lines": [_line(line) for line in purchase.lines],
        "net": _money(costs.net),
        "tax": _money(costs.tax),
        "whole": _money(costs.whole),
        "words": baht.in_words(costs.whole),
        "refused": purchase.ended_why if purchase.state == State.REJECTED else "",
    }


def _line(line: PurchaseLine) -> list[str]:
    return [
        line.what,
        shown(line.quantity),
        line.unit_word,
        _money(line.standard_price),
        _money(line.market_price),
        _money(line.unit_price),
        _money(line.cost),
        line.over_price_reason,
        (line.spec_item.specification.number or "") if line.spec_item else "",
    ]


def _asker_place(purchase: Purchase) -> dict[str, Any]:
    return {
        "role": "ผู้ขอ",
        "gloss": "Asked by",
        "note": None,
        "name": purchase.asker_name,
        "position": purchase.asker_position,
        "date": _day(purchase.sent_at, "short"),
    }


def _places(approval: Approval | None) -> list[dict[str, Any]]:
    """Return the places to sign: the signatures given, then the steps that are not signed yet."""
    if approval is None:
        return [{"role": "ผู้อนุมัติ", "gloss": "Approved by", **BLANK}]
    given: list[dict[str, Any]] = [dict(place) for place in signed.places(approval)]
    waiting = (StepState.OPEN, StepState.PENDING)
    return given + [
        {"role": step.plan.name_th, "gloss": step.plan.name_en, **BLANK}
        for step in approvals.steps_of(approval)
        if step.state in waiting
    ]


def acceptance_pdf(delivery: Delivery, head: Letterhead, upto: Sequence[Delivery]) -> bytes:
    """Return the acceptance of goods (ใบตรวจรับพัสดุ, clause 175) with places for the committee.

    Args:
        delivery: the acceptance.
        head: the office.
        upto: the acceptances of its order up to this one, this one too.
    """
    order = delivery.order
    purchase = order.purchase
    complete = all(line.left == 0 for line in order.lines)
    rate = daily_rate(
        line.spec_item.specification.penalty for line in purchase.lines if line.spec_item
    )
    found = shares(delivery, upto, rate, last=complete)
    with speaking("th"):
        content = {
            "office": head.office,
            "number": delivery.number,
            "date": _day(delivery.accepted_on),
            "report": purchase.number or "",
            "title": PAPER_TITLES[Kind(purchase.kind)][0],
            "order": order.document,
            "ordered": _day(order.ordered_on),
            "vendor": order.vendor.name,
            "document": delivery.document,
            "delivered": _day(delivery.delivered_on),
            "due": _day(order.due_on),
            "late": bool(order.due_on and delivery.delivered_on > order.due_on),
            "complete": complete,
            "lines": [_delivered(one) for one in delivery.lines],
            **_instalments(delivery, found),
            "whole": _money(delivery.value),
            "words": baht.in_words(delivery.value),
            "warranty": _day(delivery.warranty_until),
            "note": delivery.note,
            "places": _committee(delivery),
            "officer": delivery.accepted_by,
        }
    return engine.render(_FOLDER / "acceptance.typ", content)


def _delivered(one: DeliveryLine) -> list[Any]:
    """Return a line of an acceptance; its last part are the numbers it is known by from now on."""
    line = one.order_line.line
    numbers = [item.asset_no or "–" for item in one.items]
    received = [thai.thai_digits(one.delivery.slip_number)]
    return [line.what, shown(one.quantity), line.unit_word, _money(one.value), numbers or received]


def _instalments(delivery: Delivery, found: Sequence[Share]) -> dict[str, Any]:
    """Return the instalments this acceptance belongs to, the penalty, and what is to be paid.

    A penalty that nobody can work out, because the order names no rate, stays open.
    """
    late = [one for one in found if one.late_days]
    known = [one.penalty for one in late if one.penalty is not None]
    penalty = sum(known, start=Decimal(0)) if len(known) == len(late) else None
    return {
        "instalments": [
            [
                str(one.row.position),
                one.row.delivers,
                _money(one.row.amount),
                _money(one.value),
                "ครบงวด" if one.whole else "ยังไม่ครบงวด",
                str(one.late_days) if one.late_days else "",
                _money(one.penalty) if one.late_days else "",
            ]
            for one in found
        ],
        "penalised": bool(late),
        "penalty": _money(penalty),
        "payable": _money(delivery.value - penalty) if penalty is not None else "",
        "payable_words": baht.in_words(delivery.value - penalty) if penalty is not None else "",
    }


def _committee(delivery: Delivery) -> list[dict[str, Any]]:
    """Return the places of the inspectors; the first of a committee is its chair."""
    many = len(delivery.committee)
    roles = ["ผู้ตรวจรับพัสดุ"] if many == 1 else ["ประธานกรรมการ", *["กรรมการ"] * many]
    return [
        {**BLANK, "role": role, "gloss": "", "name": name, "position": position}
        for role, (name, position) in zip(roles, delivery.committee, strict=False)
    ]
