"""The papers of a repair, from rows to print: the repair notice (F02) and the letter to a vendor.

Both are in Thai whatever the reader speaks. Every place to sign is printed; what was signed on the
screen stands in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from helpdesk.repairs.models import Cost, OutsideRepair, Signature
from helpdesk.repairs.rules.cover import Cover
from helpdesk.repairs.states import CostKind, Outside
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.states import CAUSES, DONE, Cause, Outcome, State
from kernel import clock
from kernel.files import store
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.approvals.papers import Signature as Approver
from office.papers import engine
from office.people.models import Person

PAPERS = Path(__file__).parent / "paper"
WORKING = (Outcome.FIXED, Outcome.WORKS_AS_IS)


@dataclass(frozen=True)
class Done:
    """What a service report tells of the work.

    Attributes:
        costs: those that were not struck out.
        minutes: spent together.
        outside: the last repair outside, with its vendor.
        approvers: who signed the approval of that repair.
        signature: of the person served.
        check, pictures: the mark by which that approval is checked, once it is given.
    """

    story: Sequence[TicketEntry]
    costs: Sequence[Cost]
    minutes: int
    outside: OutsideRepair | None
    approvers: Sequence[Approver]
    signature: Signature | None
    check: Mapping[str, str] | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def notice(ticket: Ticket, done: Done, *, office: str, made_at: datetime) -> bytes:
    """Print the repair notice with its result part: the service report of a ticket."""
    signature = done.signature
    with speaking("th"):
        files = dict(done.pictures)
        if signature is not None and signature.file_key:
            files["drawn.png"] = store().read(signature.file_key)
        data = {
            "number": ticket.number,
            "date": _date(ticket.opened_at),
            "printed": _date(made_at),
            "office": office,
            **_reported(ticket),
            **_worked(ticket, done),
            "opinion": _opinion(ticket, done),
            "outside": _outside(done.outside),
            "returned": _returned(ticket, done),
            "reporter": _reporter(ticket),
            "technician": _person(ticket.assignee, ticket.resolved_at),
            "nobody": _signer(""),
            "approver": _approver(done.approvers),
            "receiver": _signer(signature.name if signature else "", at=_signed(signature)),
            "drawn": "/files/drawn.png" if "drawn.png" in files else "",
            "check": done.check,
            "by_card": signature is not None and not signature.file_key,
        }
    return engine.render(PAPERS / "notice.typ", data, files=files)


def sending(outside: OutsideRepair, *, office: str, sender: str, cover: Cover | None) -> bytes:
    """Print the letter that goes with an item to the vendor."""
    ticket, vendor = outside.ticket, outside.vendor
    asset = ticket.asset
    with speaking("th"):
        data = {
            "number": outside.number,
            "date": _date(outside.sent_on),
            "office": office,
            "vendor": vendor.name,
            "tax_id": vendor.tax_id,
            "phone": vendor.phone,
            "contact": vendor.contact,
            "ticket": ticket.number,
            "item": asset.name if asset else ticket.subject,
            "asset_no": (asset.asset_no or "") if asset else "",
            "serial_no": asset.serial_no if asset else "",
            "model": _model(ticket),
            "unit": ticket.unit.name_th,
            "fault": _line(ticket.subject, ticket.detail),
            "condition": outside.condition_out,
            "accessories": outside.accessories or "-",
            "sent": _date(outside.sent_on),
            "expected": _date(outside.expected_on),
            "cover": thai_digits(cover.sentence) if cover else "",
            "sender": sender,
        }
    return engine.render(PAPERS / "sending.typ", data)


def _reported(ticket: Ticket) -> dict[str, Any]:
    asset = ticket.asset
    room = ticket.room.name if ticket.room else ticket.place_text
    reporter = ticket.reporter
    contact = ticket.reporter_contact
    if reporter is not None:
        contact = reporter.phone or reporter.email or ""
    return {
        "unit": ticket.unit.name_th,
        "contact": contact,
        "item": asset.name if asset else "-",
        "asset_no": (asset.asset_no or "-") if asset else "-",
        "place": room or ticket.unit.name_th,
        "symptom": ticket.subject,
        "detail": _line("" if ticket.detail == ticket.subject else ticket.detail),
        "has_item": asset is not None,
        "model": _model(ticket),
        "serial_no": asset.serial_no if asset else "",
        "acquired": _date(asset.acquired_on) if asset else "",
        "price": _money(asset.price) if asset else "",
        "warranty": _date(asset.warranty_until) if asset else "",
        "seller": asset.vendor_name if asset else "",
    }


def _worked(ticket: Ticket, done: Done) -> dict[str, Any]:
    taken = next((one.at for one in done.story if one.act == "accepted"), None)
    hours, rest = divmod(done.minutes, 60)
    lines = [
        {
            "number": thai_digits(str(number)),
            "on": _date(one.on_day),
            "what": one.what,
            "receipt": one.receipt_no or "-",
            "amount": _money(one.amount),
        }
        for number, one in enumerate(done.costs, 1)
    ]
    return {
        "cause": str(CAUSES[Cause(ticket.cause)]) if ticket.cause else "",
        "action": _line(ticket.action_taken),
        "hours": thai_digits(str(hours)) if hours else "",
        "minutes": thai_digits(str(rest)) if rest else "",
        "accepted": _date(taken),
        "resolved": _date(ticket.resolved_at),
        "costs": lines,
        "total": _money(ticket.repair_cost),
    }


def _opinion(ticket: Ticket, done: Done) -> dict[str, bool]:
    bought = any(one.kind == CostKind.PART for one in done.costs)
    return {
        "fixed": ticket.outcome in WORKING,
        "part": bought or ticket.state == State.WAITING_PARTS,
        "send": done.outside is not None,
        "unfit": ticket.outcome == Outcome.BEYOND_REPAIR,
    }


def _outside(outside: OutsideRepair | None) -> dict[str, Any]:
    if outside is None:
        empty = dict.fromkeys(
            ("vendor", "phone", "contact", "on", "expected", "found", "quoted"), ""
        )
        return {**empty, **dict.fromkeys(("sent", "small", "approved", "refused"), False)}
    asked = outside.approval_id is not None
    agreed = outside.state in (Outside.AGREED, Outside.BACK) and outside.quoted is not None
    return {
        "vendor": outside.vendor.name,
        "phone": outside.vendor.phone,
        "contact": outside.vendor.contact,
        "on": _date(outside.sent_on),
        "expected": _date(outside.expected_on),
        "found": outside.back_note,
        "quoted": _money(outside.quoted),
        "sent": True,
        "small": agreed and not asked,
        "approved": agreed and asked,
        "refused": outside.state == Outside.REFUSED,
    }


def _returned(ticket: Ticket, done: Done) -> dict[str, Any]:
    outside, signature = done.outside, done.signature
    at = _signed(signature) or ticket.closed_at or ticket.resolved_at
    ended = ticket.state in DONE and bool(ticket.outcome)
    works = ended and ticket.outcome in (*WORKING, Outcome.REPLACED)
    why = outside.back_note if outside is not None and outside.works is False else ""
    return {
        "on": _date(at) if ended else "",
        "at": thai_digits(f"{clock.local(at):%H.%M}") if ended and at else "",
        "works": works,
        "broken": ended and not works,
        "why": _line(why or ticket.action_taken),
    }


def _reporter(ticket: Ticket) -> dict[str, str]:
    if ticket.reporter is not None:
        return _person(ticket.reporter, ticket.opened_at)
    return _signer(ticket.reporter_name, at=ticket.opened_at)


def _approver(approvers: Sequence[Approver]) -> dict[str, str]:
    if not approvers:
        return _signer("")
    last = approvers[-1]
    return _signer(last.name, last.position, last.at)


def _person(person: Person | None, at: datetime | None) -> dict[str, str]:
    return _signer(person.name_th, person.position, at) if person else _signer("")


def _signer(name: str, position: str = "", at: datetime | None = None) -> dict[str, str]:
    return {"name": name, "position": position, "date": _date(at) if name else ""}


def _signed(signature: Signature | None) -> datetime | None:
    return signature.at if signature else None


def _model(ticket: Ticket) -> str:
    asset = ticket.asset
    return " ".join(part for part in (asset.brand, asset.model) if part) if asset else ""


def _line(*parts: str) -> str:
    return " ".join(" ".join(part.split()) for part in dict.fromkeys(parts) if part)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else thai_digits(f"{amount:,.2f}")


def _date(value: date | datetime | None) -> str:
    if value is None:
        return ""
    day = clock.local(value).date() if isinstance(value, datetime) else value
    return format_date(day, language="th", style="short", digits="thai")
