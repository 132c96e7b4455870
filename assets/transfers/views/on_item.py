"""What movements tell on an item's page: where it was and whose, and the ways to move it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from sqlalchemy import ColumnElement, exists

from assets.register import access as register
from assets.register.models import Asset, Movement
from assets.register.slots import Act, Entry
from assets.register.states import MOVE_CAUSES, MoveCause
from assets.transfers import access
from assets.transfers.queries import movements
from kernel.access import Viewer
from kernel.i18n import gettext as _

MOST = 30


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: it moved."""
    return exists().where(Movement.asset_id == Asset.id)


def timeline(asset: Asset, viewer: Viewer) -> Iterable[Entry]:
    """Return the last movements of an item, for those who may see it."""
    if not viewer.may(register.SEE, asset.owner_unit_id, asset.holding_unit_id):
        return
    for one in movements.of_asset(asset.id, MOST):
        face = MOVE_CAUSES[MoveCause(one.cause)]
        yield Entry(
            at=one.at,
            text=_headline(one),
            who=one.by_name,
            who_id=one.by_id,
            body="\n".join(part for part in (*changes(one), one.reference, one.reason) if part),
            icon=face.icon,
            tone="neutral",
        )


def _headline(one: Movement) -> str:
    if one.changes_place and one.changes_custodian:
        return _("New place and person in charge")
    if one.changes_custodian:
        return _("New person in charge")
    if one.from_unit_id != one.to_unit_id:
        return _("Moved to another unit")
    return _("Moved to another room")


def changes(one: Movement) -> list[str]:
    """Return what changed, one line for the place and one for the person."""
    lines = []
    if one.changes_place:
        unknown = _("room not known")
        before, after = one.from_room_name or unknown, one.to_room_name or unknown
        if one.from_unit_id != one.to_unit_id:
            before = f"{one.from_unit_name} · {before}"
            after = f"{one.to_unit_name} · {after}"
        lines.append(f"{before} → {after}")
    if one.changes_custodian:
        nobody = _("nobody in charge")
        before, after = one.from_custodian_name or nobody, one.to_custodian_name or nobody
        lines.append(f"{before} → {after}")
    return lines


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the ways to move an item or to hand it over, for those who may."""
    if not asset.is_in_register:
        return ()
    units, found = (asset.owner_unit_id, asset.holding_unit_id), []
    if viewer.may(register.MOVE, *units):
        href = url_for("transfers.move", asset_id=asset.id)
        found.append(Act(_("Move"), href, "geo-alt", near=True))
    if viewer.may(access.PROPOSE, *units):
        href = url_for("transfers.propose", asset=asset.id)
        found.append(Act(_("Hand over"), href, "person-check"))
    return found
