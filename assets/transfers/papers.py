"""The papers of the room as PDF, in Thai whatever the reader speaks; the template has the words.

The handover paper, the list of a transfer, and what is in a person's name. Regulation of the
Ministry of Finance on public supplies 2560, clauses 203-206 (who keeps, and what evidence) and
215 (3) (a transfer for good needs evidence of the handover).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assets.register.states import CONDITIONS, Condition
from assets.transfers.models import Handover, HandoverLine, Transfer, TransferLine
from assets.transfers.states import HANDOVERS, LINES, HandoverState, LineState, TransferKind
from kernel import clock
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine
from office.people.models import Person

MOST_ROWS = 1000
_TEMPLATE = Path(__file__).parent / "paper" / "moving.typ"


def handover_paper(handover: Handover, lines: Sequence[HandoverLine], *, office: str) -> bytes:
    """Return the handover paper of the items that were not declined or recalled."""
    kept = (HandoverState.PROPOSED, HandoverState.ACCEPTED)
    shown = [line for line in lines if line.state in kept] or list(lines)
    givers = sorted({line.from_name for line in shown if line.from_name})
    giver = next((line.from_person for line in shown if line.from_person), None)
    one_giver = giver if len(givers) == 1 else None
    with speaking("th"):
        return _render(
            "handover",
            number=handover.number,
            on=clock.local(handover.at).date(),
            office=office,
            facts=[
                ("giver", ", ".join(givers)),
                ("receiver", handover.to_person.name_th),
                ("position", handover.to_person.position),
                ("reason", handover.reason),
            ],
            lines=[
                _line(
                    line.asset,
                    line.asset.room.name if line.asset.room else "",
                    str(HANDOVERS.faces[HandoverState(line.state)].label),
                )
                for line in shown
            ],
            signers=[
                _signer("giver", one_giver),
                _signer("receiver", handover.to_person),
                _signer("officer", handover.proposed_by),
                _signer("head", None),
            ],
        )


def transfer_paper(transfer: Transfer, lines: Sequence[TransferLine], *, office: str) -> bytes:
    """Return the list of a transfer, which both sides sign."""
    sender = transfer.from_unit
    with speaking("th"):
        return _render(
            "transfer",
            number=transfer.number,
            on=clock.local(transfer.prepared_at).date(),
            office=sender.name_th if sender.kind == "school" else office,
            facts=[
                ("from_unit", sender.name_th),
                ("to_unit", transfer.to_unit.name_th),
                ("kind", TransferKind(transfer.kind).value),
                ("reason", transfer.reason),
                ("letter", transfer.letter_no),
                ("letter_on", _long(transfer.letter_on)),
            ],
            lines=[
                _line(
                    line.asset,
                    _condition(line.asset.condition),
                    _arrived(line),
                    number_before=line.number_before,
                )
                for line in lines
            ],
            signers=[
                _signer("preparer", transfer.prepared_by),
                _signer("approver", transfer.approved_by, transfer.approved_at),
                _signer("sender", transfer.sent_by, transfer.sent_at),
                _signer("receiver", transfer.answered_by, transfer.answered_at),
            ],
        )


def in_name_of(person: Person, rows: Sequence[Any], *, office: str) -> bytes:
    """Return the list of what is in a person's name, from rows of ``custody.own_items``."""
    with speaking("th"):
        return _render(
            "mine",
            number="",
            on=clock.today(),
            office=office,
            facts=[("holder", person.name_th), ("position", person.position)],
            lines=[_line(row, row.room or row.unit_th, _condition(row.condition)) for row in rows],
            signers=[_signer("holder", person), _signer("officer", None)],
        )


def _line(
    item: Any,  # noqa: ANN401 - an item or a row
    place: str,
    result: str,
    *,
    number_before: str = "",
) -> dict[str, str]:
    about = " ".join(part for part in (item.brand, item.model) if part)
    return {
        "name": item.name + (f" {about}" if about else ""),
        "asset_no": item.asset_no or "",
        "number_before": number_before if number_before != item.asset_no else "",
        "serial_no": item.serial_no,
        "quantity": f"{thai_digits(str(item.quantity))} {item.unit_word}".strip(),
        "place": place,
        "result": result,
    }


def _condition(condition: str) -> str:
    return str(CONDITIONS[Condition(condition)].label)


def _arrived(line: TransferLine) -> str:
    if line.state in (LineState.LISTED, LineState.ON_WAY):
        return ""
    said = str(LINES.faces[LineState(line.state)].label)
    damage = _condition(Condition.DAMAGED) if line.damaged else ""
    return " ".join(part for part in (said, damage, line.note) if part)


def _signer(role: str, person: Person | None, at: datetime | None = None) -> dict[str, str]:
    return {
        "role": role,
        "name": person.name_th if person else "",
        "position": person.position if person else "",
        "date": _long(clock.local(at).date()) if at else "",
    }


def _long(day: date | None) -> str:
    return format_date(day, language="th", style="long", digits="thai") if day else ""


def _render(
    paper: str,
    *,
    on: date,
    facts: Sequence[tuple[str, str]],
    lines: list[dict[str, str]],
    **said: Any,  # noqa: ANN401 - texts and signers
) -> bytes:
    numbered = [
        {**line, "number": thai_digits(str(number))} for number, line in enumerate(lines, start=1)
    ]
    content = {
        **said,
        "paper": paper,
        "date": _long(on),
        "facts": [[label, value] for label, value in facts if value],
        "lines": numbered,
    }
    return engine.render(_TEMPLATE, content)
