"""The verbs of sets: add a part, take it out, let it move along or alone."""

from __future__ import annotations

from sqlalchemy import select

from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def add_part(whole: Asset, part: Asset, *, moves_along: bool = True, by: Viewer) -> None:
    """Make an item a part of a set.

    Args:
        whole: the set; any item may become one by getting its first part.
        part: the item.
        moves_along: it goes with the set when the set moves.
        by: who does it.

    Refuses an item as its own part, a set inside a set, a part of two sets, items of different
    books, and items that are not in the register any more.
    """
    _take_turns(whole, part)
    for one in (whole, part):
        if not one.is_in_register:
            raise Refusal(_("“%(name)s” is not in the register any more.", name=one.name))
    if whole.id == part.id:
        raise Refusal(_("An item cannot be a part of itself."), field="part")
    if whole.whole_id is not None:
        raise Refusal(_("“%(name)s” is itself a part of a set.", name=whole.name), field="part")
    if part.whole_id is not None:
        raise Refusal(_("“%(name)s” is a part of a set already.", name=part.name), field="part")
    if _has_parts(part):
        raise Refusal(_("“%(name)s” is a set itself.", name=part.name), field="part")
    if whole.owner_unit_id != part.owner_unit_id:
        raise Refusal(_("A set and its parts belong to the same books."), field="part")
    part.whole_id, part.moves_with_set = whole.id, moves_along
    _record("put_together", whole, part, by=by)


def take_out(part: Asset, *, by: Viewer) -> None:
    """Let a part be an item of its own again; it stays where it is.

    Refuses an item that is no part.
    """
    whole = db.session.get(Asset, part.whole_id) if part.whole_id else None
    if whole is None:
        raise Refusal(_("“%(name)s” is not a part of a set.", name=part.name))
    _record("taken_apart", whole, part, by=by)
    part.whole_id, part.moves_with_set = None, True


def let_move(part: Asset, *, along: bool, by: Viewer) -> None:
    """Say whether a part goes with its set when the set moves."""
    audit.record_changes("edited", part, {"moves_with_set": along}, by=by)


def _has_parts(asset: Asset) -> bool:
    return (
        db.session.scalar(select(Asset.id).where(Asset.whole_id == asset.id).limit(1)) is not None
    )


def _take_turns(*items: Asset) -> None:
    """Lock both in one order, so that two who put two items into each other see each other."""
    ids = sorted({item.id for item in items})
    db.session.scalars(
        select(Asset)
        .where(Asset.id.in_(ids))
        .order_by(Asset.id)
        .with_for_update(of=Asset)
        .execution_options(populate_existing=True)
    ).all()


def _record(act: str, whole: Asset, part: Asset, *, by: Viewer) -> None:
    """Write it into the history of both."""
    audit.record(act, whole, by=by, after={"why": _named(part)})
    audit.record(act, part, by=by, after={"whole_id": whole.id, "why": _named(whole)})


def _named(asset: Asset) -> str:
    return f"{asset.asset_no or ''} {asset.name}".strip()
