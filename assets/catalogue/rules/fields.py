"""The verbs of an extra field: add, edit, retire. No value is ever lost by them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from assets.catalogue.extra_values import PREFIX
from assets.catalogue.models import AssetClass, ExtraField
from assets.catalogue.states import FieldKind
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

Choice = tuple[str, str]


def add(
    asset_class: AssetClass, fields: dict[str, Any], choices: Sequence[Choice] = (), *, by: Viewer
) -> ExtraField:
    """Give a class, and the classes under it, a field of its own.

    Args:
        asset_class: the class.
        fields: columns of ``ExtraField``; ``name_th`` and ``kind`` are needed.
        choices: Thai and English word of each choice, where the kind is a choice.
        by: who does it.

    Refuses a choice without choices.
    """
    last = db.session.scalar(
        select(func.max(ExtraField.position)).where(ExtraField.class_id == asset_class.id)
    )
    made = ExtraField(
        class_id=asset_class.id,
        key=PREFIX + secrets.token_hex(6),
        position=(last or 0) + 1,
        **fields,
    )
    made.choices = _merged((), choices) if made.kind == FieldKind.CHOICE else []
    _check(made)
    db.session.add(made)
    db.session.flush()  # the audit trail names it by its id
    audit.record("added", made, by=by, after={**fields, "class": asset_class.code})
    return made


def edit(
    field: ExtraField, changes: dict[str, Any], choices: Sequence[Choice] = (), *, by: Viewer
) -> bool:
    """Change a field; its kind stays, because values of that kind are kept under it.

    A choice keeps its key while its Thai or its English word stays; one that is left out is not
    offered any more, and items that have it still show it.
    """
    wanted = dict(changes)
    if field.kind == FieldKind.CHOICE:
        wanted["choices"] = _merged(field.choices, choices)
    changed = audit.record_changes("edited", field, wanted, by=by)
    _check(field)
    return changed


def retire(field: ExtraField, *, by: Viewer) -> None:
    """Ask for a field no more; what was written into it stays on the items."""
    audit.record_changes("retired", field, {"retired": True}, by=by)


def reopen(field: ExtraField, *, by: Viewer) -> None:
    """Ask for a retired field again."""
    audit.record_changes("reopened", field, {"retired": False}, by=by)


def _check(field: ExtraField) -> None:
    in_use = [one for one in field.choices if not one["retired"]]
    if field.kind == FieldKind.CHOICE and not in_use:
        raise Refusal(_("Please write at least one choice, one on each line."), field="choices")


def _merged(known: Sequence[dict[str, Any]], wanted: Sequence[Choice]) -> list[dict[str, Any]]:
    left = [dict(one) for one in known]
    merged: list[dict[str, Any]] = []
    used = len(left)
    for text_th, text_en in wanted:
        same = _same(left, text_th, text_en)
        if same is not None:
            left.remove(same)
        else:
            used += 1
        key = same["key"] if same else f"c{used}"
        merged.append({"key": key, "th": text_th, "en": text_en, "retired": False})
    return [*merged, *({**one, "retired": True} for one in left)]


def _same(known: Sequence[dict[str, Any]], text_th: str, text_en: str) -> dict[str, Any] | None:
    for name, text in (("th", text_th), ("en", text_en)):
        key = thai.search_key(text)
        for one in known:
            if key and thai.search_key(one[name]) == key:
                return one
    return None
