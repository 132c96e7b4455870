"""What an import must know of the register, read in bulk for the numbers of one file.

Only the items that the file may mean are read, a few hundred keys a query, so a large register
costs no more than a small one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from assets.register.models import Asset, EarlierNumber
from assets.register.own_columns import OwnFields
from assets.register.workbook.outcomes import Known
from assets.register.workbook.plan import Plan
from kernel.db import db
from kernel.thai import code_key, search_key
from office.places.models import Room, Unit

CHUNK = 400
COMPARED = (
    "asset_no", "name", "brand", "model", "serial_no", "unit_word", "acquired_on", "price",
    "fund_type", "acquire_method", "vendor_name", "vendor_address", "vendor_phone", "doc_ref",
    "warranty_until", "useful_life_years", "custodian_text", "description", "note", "condition",
)  # fmt: skip
COLUMNS = (
    *(Asset.id, Asset.version, Asset.serial_key, Asset.class_id, Asset.extra),
    *(getattr(Asset, name) for name in COMPARED),
    Room.name.label("room_text"),
)


class DatabaseIndex:
    """The register's answers for one plan.

    Args:
        plan: the file; its numbers, serials and names decide what is read.
        unit: the unit whose books (and those under it) the file is for.
        own: the extra fields of the catalogue.
    """

    def __init__(self, plan: Plan, unit: Unit, own: OwnFields) -> None:
        self._own = own
        self._units = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
        self._by_number: dict[str, Known] = {}
        self._by_serial: dict[str, list[Known]] = defaultdict(list)
        self._unnumbered: dict[str, list[Known]] = defaultdict(list)
        self._read(plan)

    def by_number(self, key: str) -> Known | None:
        """Return the item that has, or once had, the number."""
        return self._by_number.get(key)

    def by_serial(self, key: str) -> Sequence[Known]:
        """Return the items with the serial number."""
        return self._by_serial.get(key, ())

    def unnumbered(self, name_key: str) -> Sequence[Known]:
        """Return the items of that name that have no number."""
        return self._unnumbered.get(name_key, ())

    def own_changes(self, fields: Mapping[str, Any], known: Known) -> Mapping[str, tuple[Any, Any]]:
        """Return what a row says otherwise of the extra fields of an item's class."""
        said, _rest = self._own.said(fields, known.class_id)
        return {
            key: (known.own.get(key), value)
            for key, value in said.items()
            if value != str(known.own.get(key) or "")
        }

    def _read(self, plan: Plan) -> None:
        rows = [row for row in plan.rows if row.fields]
        numbers = {code_key(number) for row in rows for number in row.numbers}
        serials = {code_key(row.fields.get("serial_no") or "") for row in rows} - {""}
        nameless = [row for row in rows if not row.numbers]
        for known in self._where(Asset.asset_no_key, numbers):
            self._by_number[code_key(known.fields["asset_no"])] = known
        for key, known in self._once_numbered(numbers):
            self._by_number.setdefault(key, known)
        for known in self._where(Asset.serial_key, serials):
            self._by_serial[code_key(known.fields["serial_no"])].append(known)
        if nameless:
            names = {search_key(row.fields.get("name") or "") for row in nameless}
            for known in self._where(None, {""}, Asset.asset_no_key.is_(None)):
                key = search_key(known.fields["name"])
                if key in names:
                    self._unnumbered[key].append(known)

    def _where(
        self,
        column: Any,  # noqa: ANN401 - a mapped column
        keys: Iterable[str],
        *terms: ColumnElement[bool],
    ) -> Iterator[Known]:
        query = select(*COLUMNS).outerjoin(Room, Room.id == Asset.room_id)
        query = query.where(Asset.owner_unit_id.in_(self._units), *terms)
        for part in chunks(keys):
            wanted = query if column is None else query.where(column.in_(part))
            for row in self._ordered(wanted):
                yield self._known(row)

    @staticmethod
    def _ordered(query: Select[Any]) -> Iterator[Any]:
        yield from db.session.execute(query.order_by(Asset.id))

    def _once_numbered(self, keys: Iterable[str]) -> Iterator[tuple[str, Known]]:
        query = (
            select(EarlierNumber.key.label("earlier_key"), *COLUMNS)
            .join(Asset, Asset.id == EarlierNumber.asset_id)
            .outerjoin(Room, Room.id == Asset.room_id)
            .where(Asset.owner_unit_id.in_(self._units))
        )
        for part in chunks(keys):
            for row in self._ordered(query.where(EarlierNumber.key.in_(part))):
                yield row.earlier_key, self._known(row)

    @staticmethod
    def _known(row: Any) -> Known:  # noqa: ANN401 - a row of the columns above
        fields = {name: getattr(row, name) for name in (*COMPARED, "room_text")}
        return Known(row.id, fields, row.version, row.class_id, row.extra or {})


def chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    """Return the keys in lists short enough for one query."""
    rest = iter(sorted(keys))
    while part := list(islice(rest, CHUNK)):
        yield part


def count_items(unit: Unit) -> int:
    """Return how many items stand in the books of a unit and of what lies under it."""
    units = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
    query = select(func.count()).select_from(Asset).where(Asset.owner_unit_id.in_(units))
    return db.session.scalar(query) or 0
