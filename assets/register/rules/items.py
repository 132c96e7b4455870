"""The verbs of a card: take in, edit, judge its condition; ``moving`` changes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from assets.register.models import Asset, EarlierNumber
from assets.register.rules import moving, search_keys
from assets.register.states import Condition, MoveCause
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def take_in(fields: dict[str, Any], *, by: Viewer, earlier_numbers: tuple[str, ...] = ()) -> Asset:
    """Add an item to the register.

    Args:
        fields: columns of ``Asset``; ``name``, ``owner_unit_id`` are needed, ``holding_unit_id``
            is the owner where it is left out.
        by: who does it.
        earlier_numbers: numbers it carried before.

    Refuses a number that the owning unit has given before (R-N1, R-N2).
    """
    values = {"holding_unit_id": fields["owner_unit_id"], "created_at": clock.now(), **fields}
    asset = Asset(**values)
    _check_number_is_free(asset)
    _derive(asset)
    db.session.add(asset)
    _flush(asset)
    for number in earlier_numbers:
        _keep_earlier(asset, number)
    search_keys.derive(asset)
    audit.record("taken_in", asset, by=by, after={k: v for k, v in fields.items() if v})
    return asset


@dataclass(frozen=True)
class Card:
    """One item to take in: its columns, its room's name for the search, and earlier numbers."""

    fields: dict[str, Any]
    room_name: str = ""
    earlier_numbers: tuple[str, ...] = ()


def take_in_all(cards: Sequence[Card], *, by: Viewer) -> list[Asset | None]:
    """Add many items in a few statements.

    Args:
        cards: the items; each has ``name`` and ``owner_unit_id``.
        by: who does it.

    Returns:
        the items in the order of the cards, None where the number has been given before (R-N1,
        R-N2): a file may have been brought in at the same moment elsewhere.
    """
    made: list[Asset | None] = []
    taken = _taken_numbers(cards)
    for card in cards:
        owner = card.fields["owner_unit_id"]
        asset = Asset(**{"holding_unit_id": owner, "created_at": clock.now(), **card.fields})
        _derive(asset)
        numbered = (owner, asset.asset_no_key)
        if asset.asset_no_key and numbered in taken:
            made.append(None)
            continue
        taken.add(numbered)
        asset.search_key = search_keys.search_key_of(asset, card.room_name, card.earlier_numbers)
        made.append(asset)
    new = [asset for asset in made if asset is not None]
    db.session.add_all(new)
    db.session.flush()  # earlier numbers and the audit trail need the ids
    for card, taken_in in zip(cards, made, strict=True):
        if taken_in is not None:
            _keep_all_earlier(taken_in, card.earlier_numbers)
            after = {name: value for name, value in card.fields.items() if value}
            audit.record("taken_in", taken_in, by=by, after=after)
    return made


def _taken_numbers(cards: Sequence[Card]) -> set[tuple[int, str | None]]:
    keys = [thai.code_key(card.fields.get("asset_no") or "") for card in cards]
    owners = {card.fields["owner_unit_id"] for card in cards}
    now = select(Asset.owner_unit_id, Asset.asset_no_key).where(
        Asset.owner_unit_id.in_(owners), Asset.asset_no_key.in_(keys)
    )
    once = (
        select(Asset.owner_unit_id, EarlierNumber.key)
        .join(Asset, Asset.id == EarlierNumber.asset_id)
        .where(Asset.owner_unit_id.in_(owners), EarlierNumber.key.in_(keys))
    )
    return {(owner, key) for query in (now, once) for owner, key in db.session.execute(query)}


def _keep_all_earlier(asset: Asset, numbers: Sequence[str]) -> None:
    known = {asset.asset_no_key}
    for number in numbers:
        key = thai.code_key(number)[:60]
        if key and key not in known:
            known.add(key)
            db.session.add(EarlierNumber(asset_id=asset.id, number=number[:60], key=key))


def edit(
    asset: Asset, changes: dict[str, Any], *, by: Viewer, why: MoveCause = MoveCause.CARD
) -> bool:
    """Change fields of a card; the number it had is kept as an earlier one.

    Room, holding unit and person in charge among them go through ``moving``; ``why`` is the cause
    of that movement.

    Returns:
        whether anything changed. Refuses a number that is taken (R-N1), and what ``moving.move``
        refuses.
    """
    placed = {name: value for name, value in changes.items() if name in moving.PLACED}
    moved = bool(placed) and moving.move_by_columns(asset, placed, why=why, by=by) is not None
    number_before, owner_before = asset.asset_no, asset.owner_unit_id
    written = {name: value for name, value in changes.items() if name not in placed}
    if not audit.record_changes("edited", asset, written, by=by):
        return moved
    if (asset.asset_no, asset.owner_unit_id) != (number_before, owner_before):
        _check_number_is_free(asset)
        if number_before and asset.asset_no != number_before:
            _keep_earlier(asset, number_before)
    _derive(asset)
    _flush(asset)
    search_keys.derive(asset)
    return True


def judge(asset: Asset, condition: Condition, *, by: Viewer, why: str = "") -> None:
    """Set the condition of an item, with the reason in the audit trail."""
    if asset.condition != condition:
        audit.record(
            "judged",
            asset,
            by=by,
            before={"condition": asset.condition},
            after={"condition": condition, "why": why},
        )
        asset.condition = condition


def picture(asset: Asset, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
    """Put a photo on the card, in place of the one it had."""
    changes = {"photo_key": photo_key, "thumbnail_key": thumbnail_key}
    audit.record_changes("pictured", asset, changes, by=by)


def keys_of(asset_no: str | None, serial_no: str | None) -> dict[str, str | None]:
    """Return the columns of a card that are derived from its number and its serial number."""
    return {
        "asset_no_key": thai.code_key(asset_no) if asset_no else None,
        "asset_no_sort": thai.natural_key(asset_no)[:200] if asset_no else "~",
        "serial_key": thai.code_key(serial_no or ""),
    }


def _derive(asset: Asset) -> None:
    asset.asset_no = (asset.asset_no or "").strip() or None
    for name, key in keys_of(asset.asset_no, asset.serial_no).items():
        setattr(asset, name, key)


def _check_number_is_free(asset: Asset) -> None:
    key = thai.code_key(asset.asset_no) if asset.asset_no else ""
    if not key:
        return
    with db.session.no_autoflush:
        taken = db.session.scalar(
            select(Asset.name)
            .outerjoin(EarlierNumber, EarlierNumber.asset_id == Asset.id)
            .where(
                Asset.owner_unit_id == asset.owner_unit_id,
                Asset.id != (asset.id or 0),
                or_(Asset.asset_no_key == key, EarlierNumber.key == key),
            )
            .limit(1)
        )
    if taken is not None:
        raise _number_taken(asset, taken)


def _number_taken(asset: Asset, name: str) -> Refusal:
    return Refusal(
        _(
            "The number %(number)s belongs to “%(name)s” already and is never given twice.",
            number=asset.asset_no,
            name=name,
        ),
        field="asset_no",
    )


def _keep_earlier(asset: Asset, number: str) -> None:
    key = thai.code_key(number)
    known = db.session.scalar(
        select(EarlierNumber.id).where(EarlierNumber.asset_id == asset.id, EarlierNumber.key == key)
    )
    if key and not known:
        db.session.add(EarlierNumber(asset_id=asset.id, number=number[:60], key=key[:60]))


def _flush(asset: Asset) -> None:
    taken = _number_taken(asset, asset.name)
    try:
        db.session.flush()  # the database decides between two who give one number at once
    except IntegrityError as error:
        if violates(error, "uq_asset_owner_unit_id_asset_no_key", "asset.asset_no_key"):
            raise taken from error
        raise
