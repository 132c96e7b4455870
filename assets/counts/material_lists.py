"""What stands in the working papers on materials: receipts and issues (ก), and the count (ค)."""

from __future__ import annotations

from decimal import Decimal

from assets.counts.list_fields import Field
from assets.counts.queries.materials import Left, Moved
from assets.stock.models import StockItem
from assets.stock.quantities import shown
from assets.stock.states import CLASSES, SLIP_KINDS, SlipKind, SupplyClass
from kernel.i18n import gettext as _
from kernel.i18n import pgettext
from kernel.pages import show_date
from kernel.tables import Kind

MOVES, LEFT = "material_moves", "materials"


def class_name(row: Left | Moved) -> str:
    """Return the class of materials of a row, in words."""
    return str(CLASSES[SupplyClass(row.item.supply_class)])


def over(row: Left | Moved, name: str, *, several_units: bool) -> str:
    """Return what stands over the lines of one kind: unit and class, as far as they tell apart."""
    words = [row.unit] if several_units else []
    return " · ".join([*words, class_name(row)] if name == LEFT else words)


def fields_of(name: str) -> list[Field]:
    """Return the columns of a list after its running number, in the language that is spoken."""
    return _move_fields() if name == MOVES else _left_fields()


def _item(item: StockItem) -> str:
    return f"{item.name} {item.size}".strip()


def _plain(quantity: Decimal | None) -> Decimal | int | None:
    """Return a quantity as a number for people: without a fraction where it has none."""
    whole = quantity is not None and quantity == quantity.to_integral_value()
    return int(quantity) if quantity is not None and whole else quantity


def _move_fields() -> list[Field]:
    def came(row: Moved) -> Decimal | int | None:
        return _plain(row.quantity) if row.quantity > 0 else None

    def went(row: Moved) -> Decimal | int | None:
        return _plain(-row.quantity) if row.quantity < 0 else None

    return [
        Field(pgettext("materials", "Day"), lambda row: row.on, 19, kind=Kind.DAY),
        Field(_("Document"), _document, 34),
        Field(_("Item"), lambda row: _item(row.item)),
        Field(_("Counted in"), lambda row: row.item.unit, 16),
        Field(pgettext("materials", "Received"), came, 16, "right", Kind.WHOLE),
        Field(pgettext("materials", "Handed out"), went, 16, "right", Kind.WHOLE),
        Field(_("Value"), lambda row: abs(row.value), 22, "right", Kind.MONEY),
        Field(pgettext("materials", "From or to"), _party, 46),
        Field(pgettext("materials", "Correct"), lambda _row: None, 13, "center", ticks=True),
        Field(pgettext("materials", "Not correct"), lambda _row: None, 15, "center", ticks=True),
        Field(_("Remark"), lambda _row: None, 24),
    ]


def _document(row: Moved) -> str:
    words = str(SLIP_KINDS[SlipKind(row.slip.kind)])
    return " ".join(part for part in (words, row.slip.number, row.slip.doc_no) if part)


def _party(row: Moved) -> str:
    slip = row.slip
    who = slip.counterparty or " ".join(
        part for part in (slip.requester_name, slip.requester_unit) if part
    )
    return who or slip.purpose


def _left_fields() -> list[Field]:
    return [
        Field(_("Item"), lambda row: _item(row.item)),
        Field(_("Counted in"), lambda row: row.item.unit, 22),
        Field(
            pgettext("materials", "In the book"),
            lambda row: _plain(row.quantity),
            24,
            "right",
            Kind.WHOLE,
        ),
        Field(pgettext("materials", "Counted"), _counted, 24, "right", Kind.WHOLE),
        Field(pgettext("materials", "Short or over"), _difference, 24, "right", Kind.WHOLE),
        Field(_("Usable"), lambda _row: None, 18, "center", ticks=True),
        Field(pgettext("materials", "Not usable"), lambda _row: None, 18, "center", ticks=True),
        Field(_("Cause and remark"), _remark, 72),
    ]


def _counted(row: Left) -> Decimal | int | None:
    return _plain(row.count.counted) if row.count else None


def _difference(row: Left) -> Decimal | int | None:
    return _plain(row.count.difference) if row.count else None


def _remark(row: Left) -> str:
    """Return when it was counted, and what the book said then where it had moved since."""
    if row.count is None or row.counted_on is None:
        return ""
    day = show_date(row.counted_on, "short")
    said = _("counted on %(day)s", day=day)
    if row.count.expected != row.quantity:
        said = _(
            "counted on %(day)s, when the book said %(quantity)s",
            day=day,
            quantity=shown(row.count.expected),
        )
    return " ".join(part for part in (row.count.note, said) if part)
