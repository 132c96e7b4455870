"""Holds: how a loan, a repair or a count keeps an item from being available.

Loans and repairs know nothing of each other; both come here. What a hold means for a page is told
by ``assets.register.availability``.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from assets.register import in_step
from assets.register.models import Asset, Hold
from assets.register.states import HoldKind
from kernel import clock
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def hold(asset: Asset, kind: HoldKind, reference: str) -> None:
    """Keep an item from being available.

    Args:
        asset: the item.
        kind: loan, repair, maintenance, count, transit.
        reference: the number of the loan or ticket; the same one holds once.

    Raises:
        Refusal: another loan holds the item already, also one made at this very moment.
    """
    open_one = select(Hold.id).where(
        Hold.asset_id == asset.id,
        Hold.kind == kind,
        Hold.reference == reference,
        Hold.ended_at.is_(None),
    )
    if db.session.scalar(open_one):
        return
    just_lent = _("“%(name)s” has just been lent at another desk.", name=asset.name)
    db.session.add(Hold(asset_id=asset.id, kind=kind, reference=reference, since=clock.now()))
    try:
        db.session.flush()  # the database decides between two desks at the same moment
    except IntegrityError as error:
        if violates(error, "uq_hold_open_loan", "hold.asset_id"):
            raise Refusal(just_lent) from error
        raise


def release(asset: Asset, kind: HoldKind, reference: str) -> None:
    """End a hold; where there is none, nothing happens."""
    db.session.execute(
        update(Hold)
        .where(
            Hold.asset_id == asset.id,
            Hold.kind == kind,
            Hold.reference == reference,
            Hold.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
    )
    in_step.keep(db.session(), [asset.id])
