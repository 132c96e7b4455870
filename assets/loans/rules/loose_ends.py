"""What still waits for a line when it ends: a wish for a later date, an offer to hand it on."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import update

from assets.loans.later_models import ExtensionWish, HandingOn
from assets.loans.later_states import OfferState, WishState
from kernel import clock
from kernel.db import db


def withdraw(line_ids: Iterable[int]) -> None:
    """Withdraw what waits for these lines: they are back, gone, or somebody else's now."""
    ids, now = list(line_ids), clock.now()
    db.session.execute(
        update(ExtensionWish)
        .where(ExtensionWish.line_id.in_(ids), ExtensionWish.state == WishState.WAITING)
        .values(state=WishState.WITHDRAWN, decided_at=now, version=ExtensionWish.version + 1)
    )
    db.session.execute(
        update(HandingOn)
        .where(HandingOn.line_id.in_(ids), HandingOn.state == OfferState.OFFERED)
        .values(state=OfferState.WITHDRAWN, decided_at=now, version=HandingOn.version + 1)
    )
