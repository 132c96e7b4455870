"""The loan slip (ใบยืมพัสดุ) and, on its back, the receipt of the return, as PDF from plain data.

Regulation of the Ministry of Finance on public supplies 2560, clauses 207-211: for official use
only, in writing with reason and return date, approved by the head whom the place of use demands,
returned in working order or made good. All places to sign are printed, also when the approval was
given on screen.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from kernel.thai import format_date, thai_digits
from office.papers import engine

PlaceKind = Literal["inside", "outside", "other_agency"]
Slot = Literal[
    "borrower",
    "borrower_head",
    "officer",
    "approver",
    "handed_over",
    "received",
    "returned",
    "taken_back",
]
SLOTS: tuple[Slot, ...] = get_args(Slot)
_TEMPLATE = Path(__file__).parent / "paper" / "slip.typ"


@dataclass(frozen=True)
class SlipLine:
    """One thing that is lent; `note` names the accessories that go with it."""

    name: str
    asset_no: str = ""
    quantity: int = 1
    unit: str = ""
    note: str = ""
    returned_on: dt.date | None = None
    condition: str = ""
    """The condition at the return, in words; empty while the thing is out."""


@dataclass(frozen=True)
class Signer:
    """Who signed, or shall sign, in one slot; what is empty is left for the pen."""

    name: str = ""
    position: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class SlipData:
    """All that the slip says. `date` is the day of the slip, `place` where the things are used."""

    number: str
    date: dt.date
    office: str
    borrower_name: str
    borrower_position: str
    borrower_unit: str
    borrower_phone: str
    purpose: str
    place_kind: PlaceKind
    due_date: dt.date
    lines: Sequence[SlipLine]
    lender: str
    """The unit that is responsible for the things."""
    from_date: dt.date | None = None
    place: str = ""
    note: str = ""
    agency: str = ""
    """The other agency that borrows, with the number of its letter."""
    addressed_to: str = ""
    """Whom the request is addressed to, e.g. the director's position."""
    signers: Mapping[Slot, Signer] = field(default_factory=dict)
    drawings: Mapping[Slot, bytes] = field(default_factory=dict)
    """Signatures drawn on the screen, PNG, by the slot they stand in."""


def slip(data: SlipData, *, extra_font_dirs: Sequence[Path | str] = ()) -> bytes:
    """Print the slip: the loan on the first page, the return on a page of its own.

    Refuses (ValueError) a slip without purpose or lines, a quantity below one and a return date
    before the loan begins (clause 208, R-L1).
    """
    begins = data.from_date or data.date
    if not data.purpose.strip():
        raise ValueError("a loan slip needs the purpose")
    if not data.lines:
        raise ValueError("a loan slip needs at least one line")
    if any(line.quantity < 1 for line in data.lines):
        raise ValueError("a line of a loan slip needs a quantity of one or more")
    if data.due_date < begins:
        raise ValueError("the return date is before the loan begins")
    content = {
        "number": data.number,
        "date": _date(data.date),
        "office": data.office,
        "addressed_to": data.addressed_to,
        "borrower_name": data.borrower_name,
        "borrower_position": data.borrower_position,
        "borrower_unit": data.borrower_unit,
        "borrower_phone": data.borrower_phone,
        "purpose": " ".join(data.purpose.split()),
        "place_kind": data.place_kind,
        "place": data.place,
        "note": " ".join(data.note.split()),
        "agency": data.agency,
        "from_date": _date(begins),
        "due_date": _date(data.due_date),
        "lender": data.lender,
        "lines": [_line(number, line) for number, line in enumerate(data.lines, start=1)],
        "signers": {slot: _signer(data.signers.get(slot, Signer())) for slot in SLOTS},
    }
    content["drawn"] = {slot: f"/files/{slot.replace('_', '-')}.png" for slot in data.drawings}
    files = {f"{slot.replace('_', '-')}.png": png for slot, png in data.drawings.items()}
    return engine.render(_TEMPLATE, content, files=files, extra_font_dirs=extra_font_dirs)


def _line(number: int, line: SlipLine) -> dict[str, str]:
    return {
        "number": thai_digits(str(number)),
        "name": line.name,
        "asset_no": line.asset_no,
        "quantity": f"{thai_digits(str(line.quantity))} {line.unit}".strip(),
        "note": line.note,
        "returned_on": _date(line.returned_on, style="short") if line.returned_on else "",
        "condition": line.condition,
    }


def _signer(signer: Signer) -> dict[str, str]:
    return {
        "name": signer.name,
        "position": signer.position,
        "date": _date(signer.date) if signer.date else "",
    }


def _date(value: dt.date, *, style: Literal["short", "long"] = "long") -> str:
    """Write a date as documents do: in words, Buddhist era, Thai digits."""
    return format_date(value, language="th", style=style, digits="thai")
