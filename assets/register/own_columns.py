"""The extra fields of classes as columns of a file: what a row says of them, and of which item.

A column is a field's where a person chose that, or where its heading is the field's name and the
class of the item has the field. What cannot be a value of the field, or stands beside an item
whose class does not ask for it, stays under its heading as any other column does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.catalogue import extra_values
from assets.catalogue import queries as catalogue
from assets.catalogue.extra_values import PREFIX
from assets.catalogue.models import AssetClass, ExtraField
from assets.register.workbook.headings import SheetMapping
from assets.register.workbook.plan import Plan
from assets.register.workbook.reasons import Reason, shown
from assets.register.workbook.synonyms import heading_key
from kernel.db import db
from kernel.errors import Refusal

Said = tuple[dict[str, str], dict[str, Any]]


class OwnFields:
    """The extra fields of the catalogue that are asked for, read once for a file."""

    def __init__(self) -> None:
        self.fields: dict[str, ExtraField] = {
            one.key: one
            for one in db.session.scalars(
                select(ExtraField)
                .where(ExtraField.retired.is_(False))
                .options(joinedload(ExtraField.asset_class))
                .order_by(ExtraField.class_id, ExtraField.position, ExtraField.id)
            )
        }
        self._parents: dict[int, int | None] = {}
        if self.fields:
            rows = db.session.execute(select(AssetClass.id, AssetClass.parent_id))
            self._parents = {row.id: row.parent_id for row in rows}
        self._of_class: dict[int | None, dict[str, ExtraField]] = {}

    def by_heading(self) -> dict[str, str]:
        """Return the keys of fields by the headings that mean one field only."""
        named = [(name, one.key) for one in self.fields.values() for name in _names(one)]
        often = Counter(name for name, _key in named)
        return {name: key for name, key in named if often[name] == 1}

    def by_class(self) -> dict[str, dict[str, str]]:
        """Return the names of all fields by key, under the names of their classes."""
        found: dict[str, dict[str, str]] = {}
        for key, one in self.fields.items():
            found.setdefault(one.asset_class.name, {})[key] = one.name
        return found

    def only_known(self, mapping: SheetMapping) -> SheetMapping:
        """Return a reading without the columns of fields that are not asked for any more."""
        columns = {
            column: name
            for column, name in mapping.columns.items()
            if not name.startswith(PREFIX) or name in self.fields
        }
        return replace(mapping, columns=columns)

    def said(self, fields: Mapping[str, Any], class_id: int | None) -> Said:
        """Return what a row says of the fields of a class, and what stays under its heading.

        Args:
            fields: the row as read; ``own`` are columns that a person chose, ``extra`` the others.
            class_id: the class of the item.
        """
        if not self.fields:
            return {}, dict(fields.get("extra") or {})
        asked = self._asked_of(class_id)
        read: dict[str, str] = {}
        rest: dict[str, Any] = {}
        for heading, said in (fields.get("extra") or {}).items():
            field = asked.get(heading_key(heading))
            kept = _kept(field, said) if field else None
            if field and kept:
                read[field.key] = kept
            else:
                rest[heading] = said
        keys = {field.key for field in asked.values()}
        for key, said in (fields.get("own") or {}).items():
            kept = _kept(self.fields[key], said) if key in keys else None
            if kept:
                read[key] = kept
            else:
                rest[self.fields[key].name_th] = said
        return read, rest

    def remark(self, plan: Plan) -> None:
        """Say of every row which values of chosen columns cannot be values of their fields."""
        for row in plan.rows:
            strange = [
                Reason("ignored_value", {"value": shown(str(said))})
                for key, said in (row.fields.get("own") or {}).items()
                if _kept(self.fields[key], said) is None
            ]
            if strange:
                row.remarks = (*row.remarks, *strange)

    def _asked_of(self, class_id: int | None) -> dict[str, ExtraField]:
        if class_id not in self._of_class:
            line = catalogue.lineage_in(self._parents, class_id) if class_id else []
            self._of_class[class_id] = {
                name: one
                for one in self.fields.values()
                if one.class_id in line
                for name in _names(one)
            }
        return self._of_class[class_id]


def _names(field: ExtraField) -> set[str]:
    return {heading_key(name) for name in (field.name_th, field.name_en) if name}


def _kept(field: ExtraField, said: Any) -> str | None:  # noqa: ANN401 - what a cell holds
    try:
        return extra_values.read(field, said)
    except Refusal:
        return None
