"""The verbs of a card: take in, edit, judge its condition; ``moving`` changes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from assets.catalogue import extra_values
from assets.catalogue import queries as catalogue
from assets.catalogue.models import ExtraField, ProductModel
from assets.register import slots, standing
from assets.register.models import Asset, EarlierNumber
from assets.register.rules import moving, search_keys
from assets.register.states import Condition, MoveCause, Standing
from assets.register.workbook.synonyms import heading_key
from assets.register.workbook.vocabulary import NOTHING
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

OF_STANDING = frozenset({"price", "acquired_on", "standing_override"})
OF_KEYS = frozenset({"asset_no", "serial_no"})


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
    asset = Asset(**{"extra": {}, "brand": "", "model": "", **values})
    _snapshot(asset)
    _derive(asset)
    _check_number_is_free(asset)
    asset.below_threshold = bool(asset.below_threshold) or standing.is_low(asset)
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
    taken, own_words = _taken_numbers(cards), _OwnWords()
    for card in cards:
        owner = card.fields["owner_unit_id"]
        asset = Asset(**{"holding_unit_id": owner, "created_at": clock.now(), **card.fields})
        _derive(asset)
        asset.below_threshold = bool(asset.below_threshold) or standing.is_low(asset)
        numbered = (owner, asset.asset_no_key)
        if asset.asset_no_key and numbered in taken:
            made.append(None)
            continue
        taken.add(numbered)
        words = own_words.of(asset)
        asset.search_key = search_keys.search_key_of(
            asset, card.room_name, card.earlier_numbers, words
        )
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


class _OwnWords:
    """The words of the fields of many classes, each class asked for once."""

    def __init__(self) -> None:
        self._fields: dict[int, list[ExtraField]] = {}

    def of(self, asset: Asset) -> str:
        """Return the words an item is found by through the fields of its class."""
        extra = asset.extra or {}
        if not asset.class_id or not any(key.startswith(extra_values.PREFIX) for key in extra):
            return ""
        if asset.class_id not in self._fields:
            self._fields[asset.class_id] = catalogue.extra_fields_for(asset.class_id)
        return extra_values.words_of(self._fields[asset.class_id], extra)


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
    numbered = (asset.asset_no, asset.owner_unit_id) != (number_before, owner_before)
    if numbered:
        _check_number_is_free(asset)
        if number_before and asset.asset_no != number_before:
            _keep_earlier(asset, number_before)
    _snapshot(asset)
    if OF_KEYS & written.keys():
        _derive(asset)
    if OF_STANDING & written.keys():
        _settle_standing(asset)
    if numbered:
        _flush(asset)
    if not moved or written.keys() & search_keys.READ:
        search_keys.derive(asset)
    return True


def decide_standing(asset: Asset, decided: Standing | None, reason: str, *, by: Viewer) -> None:
    """Keep an item with the capital or the low-value items whatever the threshold says (R-A1).

    Args:
        asset: the item.
        decided: where it is kept; None follows the threshold again.
        reason: why; asked for with every decision against or for the rule.
        by: who decides.

    Refuses a decision without a reason.
    """
    reason = reason.strip()
    if decided is not None and not reason:
        raise Refusal(_("Please write down the reason."), field="reason")
    before = {"standing": asset.standing_override, "why": asset.standing_reason}
    asset.standing_override = decided
    asset.standing_reason = reason if decided else ""
    _settle_standing(asset)
    after = {"standing": decided, "why": reason}
    audit.record("decided_standing", asset, by=by, before=before, after=after)


def keep_earlier_numbers(asset: Asset, numbers: Sequence[str], *, by: Viewer) -> None:
    """Write down numbers that an item carried before, so that it is found by them.

    Refuses a number that belongs, or once belonged, to another item of the same books (R-N2).
    """
    known = set(
        db.session.scalars(select(EarlierNumber.key).where(EarlierNumber.asset_id == asset.id))
    ) | {asset.asset_no_key}
    new = [number for number in numbers if thai.code_key(number) not in {*known, ""}]
    for number in new:
        name = _holder_of(asset, thai.code_key(number))
        if name is not None:
            raise _number_taken(number, name, "earlier_numbers")
        _keep_earlier(asset, number)
    if new:
        db.session.flush()  # the search key is made of the numbers in the table
        search_keys.derive(asset)
        audit.record("edited", asset, by=by, after={"earlier_numbers": new})


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
    """Make a photo the one on the card; what it had stays among the photos of the item."""
    changes = {"photo_key": photo_key, "thumbnail_key": thumbnail_key}
    if audit.record_changes("pictured", asset, changes, by=by):
        slots.pictured(asset, photo_key, thumbnail_key, by=by)


def keys_of(asset_no: str | None, serial_no: str | None) -> dict[str, str | None]:
    """Return the columns of a card that are derived from its number and its serial number."""
    return {
        "asset_no_key": thai.code_key(asset_no) if asset_no else None,
        "asset_no_sort": thai.natural_key(asset_no)[:200] if asset_no else "~",
        "serial_key": thai.code_key(serial_no or ""),
    }


def _derive(asset: Asset) -> None:
    asset.asset_no = (asset.asset_no or "").strip() or None
    if asset.asset_no and heading_key(asset.asset_no) in NOTHING:
        asset.asset_no = None  # people write that there is none (R-N3)
    for name, key in keys_of(asset.asset_no, asset.serial_no).items():
        setattr(asset, name, key)


def _snapshot(asset: Asset) -> None:
    """Let a card that names no brand and model say those of the record it belongs to."""
    if asset.model_id and not (asset.brand or asset.model):
        with db.session.no_autoflush:
            product = db.session.get_one(ProductModel, asset.model_id)
        asset.brand, asset.model = product.brand, product.name


def _settle_standing(asset: Asset) -> None:
    """Bring the standing in force up to the decision, else to price and day (R-A1)."""
    ruled = asset.standing_override or standing.by_rule(asset.price, asset.acquired_on)
    if ruled is not None:
        asset.below_threshold = ruled == Standing.LOW_VALUE


def _check_number_is_free(asset: Asset) -> None:
    key = thai.code_key(asset.asset_no) if asset.asset_no else ""
    name = _holder_of(asset, key) if key else None
    if name is not None:
        raise _number_taken(asset.asset_no or "", name)


def _holder_of(asset: Asset, key: str) -> str | None:
    """Return the name of another item of the same books that has, or once had, a number."""
    with db.session.no_autoflush:
        return db.session.scalar(
            select(Asset.name)
            .outerjoin(EarlierNumber, EarlierNumber.asset_id == Asset.id)
            .where(
                Asset.owner_unit_id == asset.owner_unit_id,
                Asset.id != (asset.id or 0),
                or_(Asset.asset_no_key == key, EarlierNumber.key == key),
            )
            .limit(1)
        )


def _number_taken(number: str, name: str, field: str = "asset_no") -> Refusal:
    return Refusal(
        _(
            "The number %(number)s belongs to “%(name)s” already and is never given twice.",
            number=number,
            name=name,
        ),
        field=field,
    )


def _keep_earlier(asset: Asset, number: str) -> None:
    key = thai.code_key(number)
    known = db.session.scalar(
        select(EarlierNumber.id).where(EarlierNumber.asset_id == asset.id, EarlierNumber.key == key)
    )
    if key and not known:
        db.session.add(EarlierNumber(asset_id=asset.id, number=number[:60], key=key[:60]))


def _flush(asset: Asset) -> None:
    taken = _number_taken(asset.asset_no or "", asset.name)
    try:
        db.session.flush()  # the database decides between two who give one number at once
    except IntegrityError as error:
        if violates(error, "uq_asset_owner_unit_id_asset_no_key", "asset.asset_no_key"):
            raise taken from error
        raise
