"""What an import did to each item, kept so that it can be told and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from assets.register.import_models import ImportedItem
from assets.register.models import Asset
from kernel.db import db


@dataclass
class Trail:
    """The touched items of the present step; ``keep`` writes them down."""

    _made: list[Asset] = field(default_factory=list)
    _changed: dict[int, tuple[Asset, dict[str, Any]]] = field(default_factory=dict)
    _left: dict[int, int] = field(default_factory=dict)

    def made(self, asset: Asset) -> None:
        """Note that an item was made."""
        self._made.append(asset)

    def changed(self, asset: Asset, before: Mapping[str, Any]) -> None:
        """Note that fields of an item were changed; the first value counts as the one before."""
        known = self._changed.setdefault(asset.id, (asset, {}))[1]
        for name, value in before.items():
            known.setdefault(name, as_kept(value))

    def left(self, asset: Asset) -> bool:
        """Tell whether an item is as this import left it, in an earlier step or in this one."""
        return asset.id in self._changed or self._left.get(asset.id) == asset.version

    def keep(self, import_id: int) -> None:
        """Write the touched items down with the version in which they are left."""
        db.session.flush()  # the versions of what was changed
        made = {asset.id for asset in self._made}
        changed = {key: pair for key, pair in self._changed.items() if key not in made}
        known = self._known(import_id, changed.keys())
        rows = [_row(import_id, asset, made=True, before={}) for asset in self._made]
        for key, (asset, before) in changed.items():
            entry = known.get(key)
            if entry is None:
                rows.append(_row(import_id, asset, made=False, before=before))
                continue
            entry.version = asset.version
            if not entry.made:
                entry.before = {**before, **entry.before}
        if rows:
            db.session.execute(insert(ImportedItem), rows)
        self._left |= {asset.id: asset.version for asset in self._made}
        self._left |= {key: asset.version for key, (asset, _before) in changed.items()}
        self._made, self._changed = [], {}

    @staticmethod
    def _known(import_id: int, ids: Any) -> dict[int, ImportedItem]:  # noqa: ANN401 - keys of a dict
        if not ids:
            return {}
        found = db.session.scalars(
            select(ImportedItem).where(
                ImportedItem.import_id == import_id, ImportedItem.asset_id.in_(ids)
            )
        )
        return {entry.asset_id: entry for entry in found}


def _row(import_id: int, asset: Asset, *, made: bool, before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "asset_id": asset.id,
        "asset_no": asset.asset_no or "",
        "name": asset.name[:200],
        "made": made,
        "before": dict(before),
        "version": asset.version,
        "undone": False,
        "reason": "",
    }


def as_kept(value: Any) -> Any:  # noqa: ANN401 - any column of an item
    """Return a column's value as JSON holds it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def as_column(name: str, value: Any) -> Any:  # noqa: ANN401 - any column of an item
    """Return a kept value as the column holds it (see ``as_kept``)."""
    if not isinstance(value, str):
        return value
    kind = Asset.__table__.c[name].type.python_type
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return Decimal(value) if name in ("price", "dep_rate") else value
