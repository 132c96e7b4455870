"""The papers of a disposal as PDF, in Thai whatever the reader speaks; the template has the words.

Regulation of the Ministry of Finance on public supplies 2560, clauses 214-219: the proposal, the
order of the fact-finding committee, the statements it takes, its report, the request for approval
of the method, the order of the committees that carry it out, what a sale needs (appraisal, call or
invitation, bids, remittance), the record of what was done, the list with values, and the letters to
the State Audit Office and the agency above. Names and sums that are not kept are left to the pen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.disposals import queries
from assets.disposals.models import Disposal, DisposalLine, DisposalMember
from assets.disposals.states import (
    CAUSES,
    DUTIES,
    METHODS,
    SALES,
    Cause,
    Duty,
    LineState,
    Method,
    State,
)
from assets.register import valuation
from assets.register.states import CONDITIONS, Condition
from kernel import baht, clock
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking
from kernel.pages import show_money
from kernel.thai import format_date, thai_digits
from office.approvals import papers as approvals
from office.approvals.papers import Signature
from office.papers import engine
from office.people.models import Person

TEMPLATE = Path(__file__).parent / "paper" / "disposal.typ"
PAPERS: dict[str, Any] = {
    "proposal": _l("Memo that proposes the disposal"),
    "order": _l("Order of the fact-finding committee"),
    "statement": _l("Statement of a witness"),
    "findings": _l("Report of the committee"),
    "approval": _l("Memo for approval of the method"),
    "committees": _l("Order of the committees that carry it out"),
    "appraisal": _l("Appraisal before the sale"),
    "call": _l("Notice of auction or invitation to offer"),
    "bids": _l("List of bidders or form of an offer"),
    "record": _l("Record of what was done"),
    "remittance": _l("Memo that hands over the proceeds"),
    "list": _l("List of items with values"),
    "notice": _l("Letter to the State Audit Office"),
    "parent": _l("Letter to the parent agency"),
}
# What a committee carries out; the template has their names and duties.
BY_COMMITTEE = ("sale", "destroy")
RECORDS = {
    Method.EXCHANGE: "exchange",
    Method.TRANSFER: "transfer",
    Method.CONVERT: "destroy",
    Method.DESTROY: "destroy",
    Method.WRITE_OFF: "write_off",
}


@dataclass(frozen=True)
class Facts:
    """What belongs to a case: items, committee, who signed the method, the mark to check it."""

    lines: Sequence[DisposalLine]
    members: Sequence[DisposalMember] = ()
    signatures: Sequence[Signature] = ()
    check: Mapping[str, str] | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def offered(case: Disposal) -> list[tuple[str, Any]]:
    """Return the papers that can be printed of a case as it stands, with their names."""
    ordered, sold = case.ordered_on is not None, case.method in SALES
    known = {
        "proposal": True,
        "order": bool(case.finding_order_no),
        "statement": bool(case.finding_order_no),
        "findings": case.found_on is not None,
        "approval": case.method is not None,
        "committees": ordered and _record_of(case) in BY_COMMITTEE,
        "appraisal": ordered and sold,
        "call": ordered and sold,
        "bids": ordered and sold,
        "record": case.carried_out_on is not None,
        "remittance": bool(case.proceeds),
        "list": True,
        "notice": case.struck_off_on is not None,
        "parent": case.struck_off_on is not None,
    }
    return [(name, PAPERS[name]) for name, ready in known.items() if ready]


def paper(name: str, case: Disposal, *, office: str, above: str, base_url: str) -> bytes:
    """Return a paper as PDF.

    Args:
        name: one of ``PAPERS``.
        case: the case.
        office: the name of the agency, in Thai.
        above: the name of the agency above, in Thai; "" where it is the ministry's commission.
        base_url: of the service, for the code by which the approved memo is checked.
    """
    given = approvals.signatures(case.approval) if case.approval else []
    check, pictures = approvals.check_of(case.approval, base_url)
    facts = Facts(queries.lines_of(case), queries.members_of(case), given, check, pictures)
    return printed(name, case, facts, office=office, above=above)


def printed(name: str, case: Disposal, facts: Facts, *, office: str, above: str) -> bytes:
    """Print a paper from what is loaded; arguments as in ``paper``."""
    with speaking("th"):
        rows, totals = _items(case, facts.lines)
        again = [_found_again(name, case, line) for line in facts.lines]
        content = {
            "paper": name,
            "office": office,
            "above": above,
            "unit": case.unit.name_th,
            "number": case.number,
            "today": _long(clock.today()),
            "check": facts.check if name == "approval" else None,
            "items": [{**row, "found": day} for row, day in zip(rows, again, strict=True)],
            "found_count": _number(len(again) - again.count("")) if any(again) else "",
            "totals": totals,
            "count": _number(len(rows)),
            "valued_on": _long(case.struck_off_on or clock.today()),
            "preparer": _person(case.proposed_by),
            "members": _members(facts.members),
            **_told(case),
            **_decided(case, facts.signatures),
            **_done(case),
        }
    return engine.render(TEMPLATE, content, files=facts.pictures)


def _told(case: Disposal) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "reason": case.reason,
        "cause": str(CAUSES[Cause(case.cause)]) if case.cause else "",
        "proposed_on": _long(clock.local(case.proposed_at).date()),
        "finding_order_no": case.finding_order_no,
        "finding_ordered_on": _long(case.finding_ordered_on),
        "findings_due_on": _long(case.findings_due_on),
        "found_on": _long(case.found_on),
        "findings": case.findings,
        "liable": case.liable,
        "compensation": show_money(case.compensation) if case.compensation else "",
        "compensation_by": case.compensation_by,
        "plain_wear": case.cause == Cause.WEAR and not case.finding_order_no,
    }


def _decided(case: Disposal, given: Sequence[Signature]) -> dict[str, Any]:
    signed = given if case.state not in (State.PREPARING, State.SUBMITTED) else []
    return {
        "method": thai_digits(str(METHODS[Method(case.method)])) if case.method else "",
        "recipient": case.recipient,
        "method_reason": case.method_reason,
        "order_no": case.order_no,
        "ordered_on": _long(case.ordered_on),
        "ministry_ref": case.ministry_ref,
        "signed": [
            {
                "name": one.name,
                "position": " ".join(part for part in (one.position, one.capacity_th) if part),
                "date": _long(clock.local(one.at).date()),
                "words": one.words,
            }
            for one in signed
        ],
    }


def _done(case: Disposal) -> dict[str, Any]:
    record = _record_of(case)
    return {
        "record": record,
        "auction": case.method == Method.SELL_AUCTION,
        "carried_out_on": _long(case.carried_out_on),
        "result_doc": case.result_doc,
        "counterparty": case.counterparty,
        "proceeds": show_money(case.proceeds) if case.proceeds is not None else "",
        "proceeds_words": baht.in_words(case.proceeds) if case.proceeds else "",
        "income_ref": case.income_ref,
        "witnesses": case.witnesses,
        "photos": case.photos,
        "result_note": case.result_note,
        "struck_off_on": _long(case.struck_off_on),
        "audit_letter": case.audit_letter,
        "audit_on": _long(case.audit_on),
        "parent_letter": case.parent_letter,
        "parent_on": _long(case.parent_on),
    }


def _record_of(case: Disposal) -> str:
    method = Method(case.method) if case.method else None
    return "sale" if method in SALES else RECORDS.get(method, "") if method else ""


def _items(
    case: Disposal, lines: Sequence[DisposalLine]
) -> tuple[list[dict[str, str]], dict[str, str]]:
    rows: list[dict[str, str]] = []
    known: list[tuple[Decimal | None, ...]] = []
    for number, line in enumerate(lines, 1):
        amounts = _amounts(case, line)
        known.append(amounts)
        cost, accumulated, net = (_money(amount) for amount in amounts)
        asset = line.asset
        about = " ".join(part for part in (asset.brand, asset.model) if part)
        rows.append(
            {
                "number": _number(number),
                "name": f"{asset.name} {about}".strip(),
                "asset_no": asset.asset_no or "",
                "serial_no": asset.serial_no,
                "acquired": _short(asset.acquired_on),
                "quantity": f"{_number(asset.quantity)} {asset.unit_word}".strip(),
                "condition": str(CONDITIONS[Condition(line.condition)].label),
                "cost": cost,
                "accumulated": accumulated,
                "net": net,
            }
        )
    names = ("cost", "accumulated", "net")
    return rows, {
        name: _money(_total([amounts[column] for amounts in known]))
        for column, name in enumerate(names)
    }


def _found_again(name: str, case: Disposal, line: DisposalLine) -> str:
    """Return the day on which an item was found again, where this paper says so.

    What was written before that day stays as it was: the papers of the way, and a letter that had
    gone out by then. The list is always of today.
    """
    if line.state != LineState.FOUND or line.ended_on is None:
        return ""
    written = {"list": None, "notice": case.audit_on, "parent": case.parent_on}
    if name not in written:
        return ""
    day = written[name]
    return _long(line.ended_on) if day is None or line.ended_on <= day else ""


def _total(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Return a sum, None where one of the amounts is not known: no paper says less than is true."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _amounts(case: Disposal, line: DisposalLine) -> tuple[Decimal | None, ...]:
    """Return cost, accumulated depreciation and net value on the day that counts."""
    if case.struck_off_on is not None:
        return (line.cost, line.accumulated, line.net)
    worth = valuation.of_item(line.asset, clock.today())
    return (worth.cost, worth.accumulated, worth.net) if worth else (None, None, None)


def _members(members: Sequence[DisposalMember]) -> list[dict[str, str]]:
    return [
        {
            "number": _number(number),
            "name": member.name,
            "position": member.position,
            "duty": str(DUTIES[Duty(member.duty)]),
        }
        for number, member in enumerate(members, 1)
    ]


def _person(person: Person | None) -> dict[str, str]:
    return {
        "name": person.name_th if person else "",
        "position": person.position if person else "",
    }


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _number(value: int) -> str:
    return thai_digits(f"{value:,}")


def _long(day: date | None) -> str:
    return format_date(day, language="th", style="long", digits="thai") if day else ""


def _short(day: date | None) -> str:
    return format_date(day, language="th", style="short", digits="thai") if day else ""
