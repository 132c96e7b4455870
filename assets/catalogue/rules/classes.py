"""The verbs of a class: add, edit, retire; its symptoms: offer, take out, put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from assets.catalogue import queries
from assets.catalogue.models import AssetClass, Symptom
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.rules import take_turns


def add(fields: dict[str, Any], *, by: Viewer) -> AssetClass:
    """Add a class of items.

    Args:
        fields: columns of ``AssetClass``; ``code`` and ``name_th`` are needed.
        by: who does it.

    Refuses a code that another class has.
    """
    made = AssetClass(**fields)
    _check_code(made)
    db.session.add(made)
    _flush(made)
    audit.record("added", made, by=by, after={k: v for k, v in fields.items() if v})
    return made


def edit(asset_class: AssetClass, changes: dict[str, Any], *, by: Viewer) -> bool:
    """Change a class.

    Returns:
        whether anything changed. Refuses a code that is taken, and a place in the tree under the
        class itself.
    """
    if changes.get("parent_id", asset_class.parent_id) != asset_class.parent_id:
        # Two who hang two classes under each other at once must see each other.
        take_turns()
        if changes["parent_id"] in queries.below(asset_class.id):
            raise Refusal(
                _("A class cannot stand under itself or under one of its own classes."),
                field="parent_id",
            )
    changed = audit.record_changes("edited", asset_class, changes, by=by)
    _check_code(asset_class)
    _flush(asset_class)
    return changed


def retire(asset_class: AssetClass, *, by: Viewer) -> None:
    """Offer a class no more; items that have it keep it.

    Refuses while classes under it are in use.
    """
    under = db.session.scalar(
        select(func.count())
        .select_from(AssetClass)
        .where(AssetClass.parent_id == asset_class.id, AssetClass.retired_on.is_(None))
    )
    if under:
        raise Refusal(_("There are classes under this one; retire or move them first."))
    audit.record_changes("retired", asset_class, {"retired_on": clock.today()}, by=by)


def reopen(asset_class: AssetClass, *, by: Viewer) -> None:
    """Offer a retired class again."""
    audit.record_changes("reopened", asset_class, {"retired_on": None}, by=by)


def set_symptoms(asset_class: AssetClass, wanted: Sequence[tuple[str, str]], *, by: Viewer) -> None:
    """Offer these symptoms for a class, in this order.

    A symptom that was offered before and comes again is the same one; what does not come any more
    is retired, because reports speak of it.

    Args:
        asset_class: the class.
        wanted: Thai and English text of each.
        by: who does it.
    """
    known = db.session.scalars(select(Symptom).where(Symptom.class_id == asset_class.id)).all()
    before = [one.text_th for one in _in_use(known)]
    by_text = {thai.search_key(one.text_th): one for one in known}
    kept: set[str] = set()
    for position, (text_th, text_en) in enumerate(wanted, start=1):
        key = thai.search_key(text_th)
        if key in kept:
            continue
        kept.add(key)
        one = by_text.get(key)
        if one is None:
            one = Symptom(class_id=asset_class.id)
            db.session.add(one)
        one.text_th, one.text_en = text_th, text_en
        one.position, one.retired = position, False
    for key, one in by_text.items():
        one.retired = one.retired or key not in kept
    after = [text_th for text_th, _en in wanted]
    if before != after:
        said = {"before": {"symptoms": before}, "after": {"symptoms": after}}
        audit.record("edited", asset_class, by=by, **said)


def _in_use(known: Sequence[Symptom]) -> list[Symptom]:
    return sorted((one for one in known if not one.retired), key=lambda one: one.position)


def _check_code(asset_class: AssetClass) -> None:
    with db.session.no_autoflush:
        same = db.session.scalar(
            select(AssetClass.id).where(
                AssetClass.code == asset_class.code, AssetClass.id != (asset_class.id or 0)
            )
        )
    if same is not None:
        raise _taken(asset_class)


def _taken(asset_class: AssetClass) -> Refusal:
    return Refusal(
        _("The code %(code)s belongs to another class.", code=asset_class.code), field="code"
    )


def _flush(asset_class: AssetClass) -> None:
    taken = _taken(asset_class)
    try:
        db.session.flush()  # the database decides between two who give one code at once
    except IntegrityError as error:
        if violates(error, "uq_asset_class_code", "asset_class.code"):
            raise taken from error
        raise
