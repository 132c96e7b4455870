"""The columns of the extra fields that a class of items has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Numeric, case, cast

from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from assets.register.columns import EXTRA, ListColumn, Part
from assets.register.models import Asset
from kernel.db import thai_order
from kernel.i18n import language
from kernel.tables import Kind, Value

_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


def of_field(field: ExtraField) -> ListColumn:
    """Return the column of an extra field of a class."""
    kinds = {FieldKind.NUMBER: Kind.MONEY, FieldKind.DATE: Kind.DAY}
    english = language() == "en"
    words = {one["key"]: (one.get("en") if english else "") or one["th"] for one in field.choices}
    kind = FieldKind(field.kind)
    label = f"{field.name} ({field.unit_word})" if field.unit_word else field.name

    def value(row: Any) -> Value:  # noqa: ANN401 - a row of the list
        raw = (row.extra or {}).get(field.key)
        return None if raw in (None, "") else _read(str(raw), kind, words)

    part = Part(label, value, kinds.get(kind, Kind.TEXT))
    order = _order_of_field(field, kind)
    return ListColumn(EXTRA + field.key, label, (part,), (("extra", Asset.extra),), (order,))


def _order_of_field(field: ExtraField, kind: FieldKind) -> Any:  # noqa: ANN401 - a SQL expression
    """Return the order of a field's values: numbers by size, choices as the field has them."""
    said = Asset.extra[field.key].as_string()
    if kind == FieldKind.NUMBER:
        # The engine must not try to read as a number what is none.
        return case((said.regexp_match(_NUMBER), cast(said, Numeric)))
    if kind == FieldKind.CHOICE and field.choices:
        return case({one["key"]: place for place, one in enumerate(field.choices)}, value=said)
    return said if kind == FieldKind.DATE else thai_order(said)


def _read(raw: str, kind: FieldKind, words: Mapping[str, str]) -> Value:
    try:
        if kind == FieldKind.NUMBER:
            return Decimal(raw)
        if kind == FieldKind.DATE:
            return date.fromisoformat(raw)
    except (ValueError, InvalidOperation):
        return raw
    return words.get(raw, raw)
