"""The papers of the store as PDF, in Thai whatever the reader speaks.

The issue slip (ใบเบิกวัสดุ, clauses 204-205) with every place to sign, the other documents of the
store in the same frame, and the stock card (บัญชีวัสดุ) in the layout of DOMAIN 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.stock.ledger_models import StockSlip, StockSlipLine
from assets.stock.models import StockBalance
from assets.stock.quantities import shown
from assets.stock.queries.cards import Card, CardLine
from assets.stock.states import CLASSES, SLIP_KINDS, SlipKind, SupplyClass
from kernel import clock
from kernel.files import store as files
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.approvals import papers as approvals
from office.papers import engine

FOLDER = Path(__file__).parent / "paper"


def slip(
    paper: StockSlip, lines: Sequence[StockSlipLine], *, office: str, base_url: str = ""
) -> bytes:
    """Print a document of the store; an issue is the issue slip.

    Args:
        paper: with its stores and their units loaded.
        lines: all of it.
        office: the name of the office, which is the agency unless a school keeps the store.
        base_url: of the service, for the code by which an approved write-off is checked.
    """
    check, pictures = approvals.check_of(paper.approval, base_url)
    with speaking("th"):
        content = {
            "check": check,
            "kind": paper.kind,
            "title": _("Issue slip of materials")
            if paper.kind == SlipKind.ISSUE
            else str(SLIP_KINDS[SlipKind(paper.kind)]),
            "number": thai_digits(paper.number),
            "date": _day(paper.posted_on),
            "office": paper.store.unit.name_th if paper.store.unit.kind == "school" else office,
            "store": paper.store.name_th,
            "to_store": paper.to_store.name_th if paper.to_store else "",
            "requester": paper.requester_name,
            "position": paper.requester_position,
            "unit": paper.requester_unit,
            "purpose": paper.purpose,
            "reference": thai_digits(paper.reference),
            "document": thai_digits(paper.doc_no),
            "document_on": _day(paper.doc_on),
            "counterparty": paper.counterparty,
            "lines": [_line(number, line) for number, line in enumerate(lines, 1)],
            "total": _money(sum((line.value for line in lines), Decimal(0))),
            "places": _places(paper),
        }
    if paper.signature_key:
        pictures = {**pictures, "receiver.png": files().read(paper.signature_key)}
    return _render("slip", content, files_of=pictures)


def _line(number: int, line: StockSlipLine) -> dict[str, str]:
    return {
        "number": thai_digits(str(number)),
        "code": line.item.code,
        "name": f"{line.item.name_th} {line.item.size}".strip(),
        "unit": line.item.unit_th,
        "asked": _quantity(line.asked),
        "done": _quantity(line.done) if line.done else "",
        "left": _quantity(line.left_after) if line.left_after is not None else "",
        "value": _money(line.value),
        "note": thai_digits(" ".join(part for part in (line.said, line.note) if part)),
    }


def _places(paper: StockSlip) -> list[dict[str, str | None]]:
    """Return the places to sign of a document, with who is known already."""
    if paper.kind == SlipKind.ISSUE:
        return [
            _place("ผู้ขอเบิก", "Requester", paper.requester_name, paper.requester_position),
            _place("หัวหน้าหน่วยงานผู้เบิก", "Head of the unit"),
            _place("ผู้สั่งจ่าย", "Ordered by", paper.approver_name, paper.approver_position),
            _place("ผู้จ่าย", "Issued by", paper.issuer_name),
            {
                **_place("ผู้รับของ", "Received by", paper.receiver_name, paper.receiver_position),
                "drawn": "/files/receiver.png" if paper.signature_key else None,
            },
        ]
    if paper.approval is not None:
        return [
            _place("เจ้าหน้าที่พัสดุ", "Supply officer", paper.issuer_name),
            *approvals.places(paper.approval),
        ]
    if paper.kind == SlipKind.TRANSFER:
        return [
            _place("ผู้ส่ง", "Sent by", paper.issuer_name),
            _place("ผู้รับ", "Received by", paper.answered_by_name),
        ]
    return [
        _place("ผู้จัดทำ", "Prepared by", paper.issuer_name),
        _place("หัวหน้าเจ้าหน้าที่", "Head of supplies"),
    ]


def _place(role: str, gloss: str, name: str = "", position: str = "") -> dict[str, str | None]:
    return {
        "role": role,
        "gloss": gloss,
        "note": None,
        "name": name,
        "position": position,
        "date": "",
    }


def card(found: Card, balance: StockBalance | None, bins: Sequence[str], *, office: str) -> bytes:
    """Print the stock card of one fiscal year (R-K1): one line for each price."""
    item, unit = found.item, found.store.unit
    with speaking("th"):
        quantity, value = found.closing
        came, came_value = found.sums(came_in=True)
        went, went_value = found.sums(came_in=False)
        content = {
            "office": unit.name_th if unit.kind == "school" else office,
            "store": found.store.name_th,
            "year": thai_digits(str(found.year)),
            "class": str(CLASSES[SupplyClass(item.supply_class)]),
            "name": item.name_th,
            "code": item.code,
            "size": item.size,
            "unit": item.unit_th,
            "place": ", ".join([*bins] or [found.store.place]),
            "minimum": _quantity(balance.minimum) if balance else "",
            "target": _quantity(balance.target) if balance and balance.target else "",
            "first": _day(found.first, "short"),
            "printed": _day(clock.today()),
            "brought": _quantity(found.brought),
            "brought_value": _money(found.brought_value),
            "lines": [_card_line(line) for line in found.lines],
            "sums": [_quantity(came), _money(came_value), _quantity(went), _money(went_value)],
            "closing": [_quantity(quantity), _money(value)],
            "average": _money(balance.average_value) if balance else "",
        }
    return _render("card", content)


def _card_line(line: CardLine) -> dict[str, Any]:
    moved = [_quantity(abs(line.quantity)), _money(abs(line.value))]
    return {
        "on": _day(line.on, "short"),
        "party": line.party,
        "document": thai_digits(line.document),
        "price": _money(line.unit_cost) if line.unit_cost is not None else "",
        "in": moved if line.came_in else ["", ""],
        "out": ["", ""] if line.came_in else moved,
        "left": [_quantity(line.balance), _money(line.balance_value)],
        "note": thai_digits(line.note),
    }


def _render(
    name: str, content: Mapping[str, Any], *, files_of: Mapping[str, bytes] | None = None
) -> bytes:
    at = clock.now().replace(microsecond=0)
    return engine.render(FOLDER / f"{name}.typ", content, files=files_of, made_at=at)


def _quantity(quantity: Decimal | None) -> str:
    return thai_digits(shown(quantity))


def _money(amount: Decimal) -> str:
    return thai_digits(f"{amount:,.2f}")


def _day(day: date | None, style: Any = "long") -> str:  # noqa: ANN401 - one of thai.Style
    return "" if day is None else format_date(day, language="th", style=style, digits="thai")
