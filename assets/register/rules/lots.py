"""Lots: things counted together on one card, taken apart; a total shared among pieces (R-N5)."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from assets.register.models import Asset, Hold
from assets.register.rules import items
from assets.register.states import HoldKind
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

SATANG = Decimal("0.01")
# What the new card does not take over: what is of this card alone, and what is derived.
OWN = frozenset(
    {"id", "asset_no", "asset_no_key", "asset_no_sort", "serial_no", "serial_key", "quantity"}
    | {"search_key", "created_at", "version", "import_id", "whole_id", "moves_with_set"}
)


def shares(total: Decimal, pieces: int) -> list[Decimal]:
    """Return what each of some pieces cost; satang that are left over go to the first (R-N5).

    Args:
        total: in baht, no finer than a satang.
        pieces: how many.
    """
    satang, left = divmod(int(total / SATANG), pieces)
    each = satang * SATANG
    return [each + left * SATANG, *([each] * (pieces - 1))]


def split(asset: Asset, pieces: int, *, asset_no: str | None = None, by: Viewer) -> Asset:
    """Take some pieces out of a lot into a card of their own.

    The lot keeps its number; the new card has the same class, price, day and place.

    Args:
        asset: the lot.
        pieces: how many to take out, fewer than there are.
        asset_no: the number of the new card; none yet where it is left out.
        by: who does it.

    Refuses a lot that is lent or on its way, all pieces at once, and a number that is taken.
    """
    if not asset.is_in_register:
        raise Refusal(_("“%(name)s” is not in the register any more.", name=asset.name))
    if not 0 < pieces < asset.quantity:
        raise Refusal(
            _("Take out between 1 and %(most)s pieces.", most=asset.quantity - 1), field="pieces"
        )
    away = (HoldKind.LOAN, HoldKind.TRANSIT)
    held = db.session.scalar(
        select(Hold.reference).where(
            Hold.asset_id == asset.id, Hold.kind.in_(away), Hold.ended_at.is_(None)
        )
    )
    if held is not None:
        raise Refusal(_("The lot is away (%(number)s); take it back first.", number=held))
    columns = [column.key for column in Asset.__mapper__.column_attrs if column.key not in OWN]
    fields = {name: getattr(asset, name) for name in columns}
    made = items.take_in({**fields, "quantity": pieces, "asset_no": asset_no}, by=by)
    before, left = asset.quantity, asset.quantity - pieces
    asset.quantity = left
    source = f"{asset.asset_no or ''} {asset.name}".strip()
    target = f"{made.asset_no or ''} {made.name}".strip()
    told = {"quantity": left, "why": f"{pieces} → {target}"}
    audit.record("split", asset, by=by, before={"quantity": before}, after=told)
    audit.record("split_off", made, by=by, after={"quantity": pieces, "why": f"← {source}"})
    return made
