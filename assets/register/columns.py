"""The columns a list of items may show: what each reads, how it is ordered, what it hands out.

A column may hold several parts (an item's brand and model stand under its name); a download gives
each part a column of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, literal_column
from sqlalchemy.orm import aliased

from assets.catalogue.models import AssetClass
from assets.register import availability, custodians, valuation
from assets.register.models import CUSTODIAN_SORT, SORT_KEYS, Asset
from assets.register.states import ACQUIRE_METHODS, CONDITIONS, FUND_TYPES, LIFECYCLES, OBSTACLES
from assets.register.worth_models import AssetWorth
from kernel import clock
from kernel.db import thai_order, unindexed
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.tables import Column, Kind, Value
from office.people.models import Person
from office.places.models import Room, Unit

Owner = aliased(Unit, name="owner")
Holder = aliased(Unit, name="holder")
EXTRA = "x-"
AVAILABLE = "available"
NEWEST = "newest"
# The value of today is counted by a function; its order is kept or counted (``list_queries``).
WORTH = "net"
# Written out: engines plan for the word that they read.
_NOTHING: ColumnElement[str] = literal_column("''")
MOST_COLUMNS = 30
DEFAULT = ("number", "name", "place", "quantity", "condition", "available")
# Each table a column may need, and how it is joined to the item; "wider" stands on "class".
JOINS: dict[str, tuple[Any, Any]] = {
    "holder": (Holder, Holder.id == Asset.holding_unit_id),
    "owner": (Owner, Owner.id == Asset.owner_unit_id),
    "room": (Room, Room.id == Asset.room_id),
    "class": (AssetClass, AssetClass.id == Asset.class_id),
    "wider": (valuation.Wider, valuation.Wider.id == AssetClass.parent_id),
    "custodian": (Person, Person.id == Asset.custodian_id),
    "worth": (AssetWorth, AssetWorth.asset_id == Asset.id),
}


@dataclass(frozen=True)
class Part:
    """One value of a column, as a download hands it out."""

    label: Any
    value: Callable[[Any], Value]
    kind: Kind = Kind.TEXT
    width: int = 18


@dataclass(frozen=True, eq=False)
class ListColumn:
    """One column of the list.

    Attributes:
        key: its name in the address.
        label: its heading.
        parts: what it hands out.
        reads: what is selected for it, by the name the row has it under.
        order: what it is ordered by, None where the database cannot tell (``WORTH``).
        joins: the tables it needs (``JOINS``).
        group: for a column that is ordered by names of other tables: for each, which column of
            the item leads there, that table's id, and the name. Items of one name lie together,
            so that a page is found group by group. Its tables stand in ``joins`` in their order.
    """

    key: str
    label: Any
    parts: tuple[Part, ...]
    reads: tuple[tuple[str, Any], ...]
    order: tuple[Any, ...] | None
    joins: tuple[str, ...] = ()
    group: tuple[tuple[Any, Any, Any], ...] = ()
    is_kept: bool = False

    @property
    def filled(self) -> ColumnElement[bool] | None:
        """Tell in SQL that a row has something here, None where every row has.

        Blanks come last, so a page full of rows that have something is found by an index; where
        words are greater than none, it is entered behind the blanks.
        """
        column = _own_column(self.order[0]) if self.order else None
        if column is None:
            return None
        if column.nullable:
            term: ColumnElement[bool] = column.is_not(None)
            return term
        return column > _NOTHING if _is_blank_text(column) else None

    @property
    def blank(self) -> ColumnElement[bool]:
        """Tell in SQL that a row has nothing here, where some rows have (``filled``)."""
        column = _own_column((self.order or ())[0])
        term: ColumnElement[bool] = column.is_(None) if column.nullable else column == _NOTHING
        return term

    @property
    def is_own(self) -> bool:
        """It is ordered by a column of the item itself."""
        return bool(self.order) and _own_column((self.order or ())[0]) is not None

    @property
    def may_order(self) -> bool:
        """The list can be ordered by it."""
        return self.order is not None or self.key == WORTH

    @property
    def is_number(self) -> bool:
        """It is set at the right."""
        return self.parts[0].kind in (Kind.WHOLE, Kind.MONEY)


def _plain(
    key: str,
    label: Any,  # noqa: ANN401 - a lazy text
    name: str,
    kind: Kind = Kind.TEXT,
    *,
    order: Any = None,  # noqa: ANN401 - a SQL expression
    width: int = 18,
) -> ListColumn:
    """Return a column that shows one column of the item."""
    stored = getattr(Asset, name)
    part = Part(label, lambda row: getattr(row, name), kind, width)
    return ListColumn(key, label, (part,), ((name, stored),), (stored if order is None else order,))


def _worded(
    key: str,
    label: Any,  # noqa: ANN401 - a lazy text
    name: str,
    words: Callable[[], Mapping[Any, Any]],
) -> ListColumn:
    """Return a column that holds a code and shows its word."""
    part = Part(label, lambda row: _word(words(), getattr(row, name)))
    stored = getattr(Asset, name)
    return ListColumn(key, label, (part,), ((name, stored),), (stored,))


def _word(words: Mapping[Any, Any], code: Any) -> str:  # noqa: ANN401 - a member of a StrEnum
    said = words.get(code)
    return str(getattr(said, "label", said)) if said is not None else str(code or "")


def spoken(row: Any, stem: str) -> str:  # noqa: ANN401 - a row of the list
    """Return a name in the reader's language, Thai where there is no English one."""
    english = getattr(row, f"{stem}_en") if language() == "en" else ""
    return str(english or getattr(row, f"{stem}_th") or "")


def _named(stem: str, table: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 - an alias
    return ((f"{stem}_th", table.name_th), (f"{stem}_en", table.name_en))


def _place(key: str, label: Any, table: Any, leads: Any) -> ListColumn:  # noqa: ANN401 - a unit's alias
    part = Part(label, lambda row: spoken(row, key), width=30)
    order, group = (thai_order(table.name_th),), ((leads, table.id, table.name_th),)
    return ListColumn(key, label, (part,), _named(key, table), order, (key,), group)


_BRAND = _plain("brand", _l("Brand"), "brand", order=Asset.brand_sort)
_MODEL = _plain("model", _l("Model"), "model", order=Asset.model_sort)
_HOLDER = _place("holder", _l("Unit"), Holder, Asset.holding_unit_id)
_ROOM = ListColumn(
    "room",
    _l("Room"),
    (Part(_l("Room"), lambda row: row.room),),
    (("room", Room.name),),
    (thai_order(Room.name),),
    ("room",),
    ((Asset.room_id, Room.id, Room.name),),
)


def _net(row: Any) -> Decimal | None:  # noqa: ANN401 - a row of the list
    worth = valuation.of_row(row, clock.today())
    return worth.net if worth else None


def _custodian(row: Any) -> str:  # noqa: ANN401 - a row of the list
    return spoken(row, "custodian") or row.custodian_text


COLUMNS: dict[str, ListColumn] = {
    column.key: column
    for column in (
        _plain("number", _l("Asset number"), "asset_no", order=Asset.asset_no_sort, width=24),
        ListColumn(
            "name",
            _l("Item"),
            (Part(_l("Item"), lambda row: row.name, width=44), *_BRAND.parts, *_MODEL.parts),
            (("name", Asset.name), *_BRAND.reads, *_MODEL.reads),
            (Asset.name_sort,),
        ),
        ListColumn(
            "place",
            _l("Place"),
            (*_HOLDER.parts, *_ROOM.parts),
            (*_HOLDER.reads, *_ROOM.reads),
            (thai_order(Holder.name_th), thai_order(Room.name)),
            ("holder", "room"),
            _HOLDER.group + _ROOM.group,
        ),
        ListColumn(
            "quantity",
            _l("Quantity"),
            (
                Part(_l("Quantity"), lambda row: row.quantity, Kind.WHOLE, 10),
                Part(_l("Counted in"), lambda row: row.unit_word, width=10),
            ),
            (("quantity", Asset.quantity), ("unit_word", Asset.unit_word)),
            (Asset.quantity,),
        ),
        _worded("condition", _l("Condition"), "condition", lambda: CONDITIONS),
        ListColumn(
            AVAILABLE,
            _l("Availability"),
            (Part(_l("Availability"), lambda row: _word(OBSTACLES, row.obstacle)),),
            (("obstacle", availability.obstacle()),),
            (Asset.obstacle_sort,),
        ),
        ListColumn(
            "class",
            _l("Class"),
            (Part(_l("Class"), lambda row: spoken(row, "class") or row.class_text, width=26),),
            (*_named("class", AssetClass), ("class_text", Asset.class_text)),
            (AssetClass.code,),
            ("class",),
            ((Asset.class_id, AssetClass.id, AssetClass.code),),
        ),
        _BRAND,
        _MODEL,
        _plain("serial", _l("Serial number"), "serial_no", order=Asset.serial_key),
        _HOLDER,
        _ROOM,
        _place("owner", _l("Owner"), Owner, Asset.owner_unit_id),
        ListColumn(
            "custodian",
            _l("Person in charge"),
            (Part(_l("Person in charge"), _custodian, width=26),),
            (*_named("custodian", Person), ("custodian_text", Asset.custodian_text)),
            (custodians.ORDERED_BY,),
            ("custodian",),
        ),
        _worded("lifecycle", _lp("item", "Standing"), "lifecycle", lambda: LIFECYCLES),
        _plain("price", _l("Price of one (baht)"), "price", Kind.MONEY),
        ListColumn(
            WORTH,
            _l("Book value today"),
            (Part(_l("Book value today"), _net, Kind.MONEY),),
            (*valuation.READ.items(), ("unit", Owner.code)),
            None,
            ("owner", "class", "wider"),
        ),
        _plain("acquired", _l("Acquired on"), "acquired_on", Kind.DAY, width=14),
        _worded("fund", _l("Paid from"), "fund_type", lambda: FUND_TYPES),
        _worded("method", _l("How acquired"), "acquire_method", lambda: ACQUIRE_METHODS),
        _plain("vendor", _l("Vendor or donor"), "vendor_name", width=26),
        _plain("document", _l("Document"), "doc_ref"),
        _plain("warranty", _l("Warranty until"), "warranty_until", Kind.DAY, width=14),
        _plain("service", _l("Next service on"), "next_service_on", Kind.DAY, width=14),
        _plain("life", _l("Useful life (years)"), "useful_life_years", Kind.WHOLE, width=10),
        _plain("lendable", _l("May be lent"), "lendable", width=10),
        _plain("low", _l("Low-value item"), "below_threshold", width=10),
        _plain("note", _l("Note"), "note", order=Asset.note_sort, width=30),
        # Cards are numbered as they come in, so their ids tell the order of the moments.
        _plain("entered", _l("Entered on"), "created_at", Kind.MOMENT, order=Asset.id),
    )
}


def keys_in(text: str) -> tuple[str, ...]:
    """Return the keys of columns that an address or a memory names, each once."""
    return tuple(dict.fromkeys(key for key in text.split(",") if key))[:MOST_COLUMNS]


def chosen(keys: Sequence[str], extras: Sequence[ListColumn] = ()) -> tuple[ListColumn, ...]:
    """Return the columns of these keys in their order; one that there is not is passed over."""
    known = {**COLUMNS, **{column.key: column for column in extras}}
    found = tuple(known[key] for key in keys if key in known)
    return found or tuple(COLUMNS[key] for key in DEFAULT)


def handed_out(shown: Sequence[ListColumn]) -> list[Column[Any]]:
    """Return the columns of a download: every part of what is shown, once."""
    parts = {id(part): part for column in shown for part in column.parts}
    return [Column(str(part.label), part.value, part.kind, part.width) for part in parts.values()]


def order_of(
    sort: str,
    by: ListColumn | None,
    *,
    filled: bool = False,
    gathered: bool = False,
    turned: bool = False,
) -> tuple[Any, ...]:
    """Return the ORDER BY terms of a list; blanks come last in both directions.

    Args:
        sort: led by ``-`` for the other direction; ``newest`` for the order of taking in.
        by: the column; None is the order of numbers.
        filled: only rows that have something in the column are listed (``ListColumn.filled``).
        gathered: the rows are few beside the register: they are gathered first and ordered then.
        turned: from the end of the list to its beginning.
    """
    if sort == NEWEST:
        return (Asset.id.asc() if turned else Asset.id.desc(),)
    keys = (by.order if by else None) or (Asset.asset_no_sort,)
    further: tuple[Any, ...] = (Asset.asset_no_sort, Asset.id)
    if keys[0] is Asset.id:
        further = ()
    elif keys[0] is Asset.asset_no_sort:
        further = (Asset.id,)
    elif by and not by.is_own:
        further = tuple(unindexed(key) for key in further)
    if gathered:
        keys, further = (tuple(unindexed(key) for key in part) for part in (keys, further))
    down = sort.startswith("-") != turned
    plain = tuple(key.desc() if down else key.asc() for key in further)
    if filled:
        return (*(key.desc() if down else key.asc() for key in keys), *plain)
    ordered = (term for key in keys for term in _blanks_apart(key, down=down, first=turned))
    return (*ordered, *plain)


def _blanks_apart(key: Any, *, down: bool, first: bool) -> tuple[Any, ...]:  # noqa: ANN401 - a SQL expression
    """Return the terms of one key; engines use an index only where nothing is said of NULL."""
    way = key.desc() if down else key.asc()
    column = _own_column(key)
    if column is None or column.nullable:
        return (way.nulls_first() if first else way.nulls_last(),)
    if not _is_blank_text(column):
        return (way,)
    return ((column == "").desc() if first else column == "", way)


def _own_column(key: Any) -> Any:  # noqa: ANN401 - a SQL expression
    """Return the column of the item that a key orders by, None for anything else."""
    column = getattr(key, "column", key)  # as a Thai dictionary does: the column inside
    mapped = getattr(column, "property", None)
    column = mapped.columns[0] if mapped is not None else column
    return column if getattr(column, "table", None) is Asset.__table__ else None


def _is_blank_text(column: Any) -> bool:  # noqa: ANN401 - a column of the item
    """Tell whether a text column is left empty where nothing is known."""
    kept = (*SORT_KEYS.values(), CUSTODIAN_SORT)
    return column.name in kept or getattr(column.default, "arg", None) == ""
