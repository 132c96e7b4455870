"""Items written down before they arrive: reserve with numbers, receive, cancel (R-N2, R-N5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assets.register.models import Asset
from assets.register.rules import items, lots, numbers
from assets.register.states import ARRIVALS, Arrival, Lifecycle, MoveCause
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.models import Unit

MOST_AT_ONCE = 200


def reserve(
    unit: Unit, fields: Mapping[str, Any], pieces: int, *, numbered: bool = True, by: Viewer
) -> list[Asset]:
    """Write down items that are expected, each with a number nobody else can get.

    Args:
        unit: in whose books they will be.
        fields: columns they have in common; ``name`` is needed, ``asset_class`` gives the number.
        pieces: how many, 200 at most.
        numbered: give numbers by the unit's pattern; else they have none yet.
        by: who does it.

    Refuses too many, and numbers that need a class where there is none.
    """
    if not 0 < pieces <= MOST_AT_ONCE:
        raise Refusal(_("Between 1 and %(most)s.", most=MOST_AT_ONCE), field="pieces")
    common = dict(fields)
    asset_class = common.pop("asset_class", None)
    given: Sequence[str | None] = [None] * pieces
    if numbered:
        given = numbers.reserve(unit, asset_class, pieces)
    common |= {"owner_unit_id": unit.id, "class_id": asset_class.id if asset_class else None}
    common |= {"lifecycle": Lifecycle.DRAFT, "lendable": common.get("lendable", True)}
    return [items.take_in({**common, "asset_no": number}, by=by) for number in given]


def receive(
    drafts: Sequence[Asset],
    fields: Mapping[str, Any],
    *,
    serials: Mapping[int, str],
    total: Decimal | None,
    by: Viewer,
) -> None:
    """Put expected items into service.

    Args:
        drafts: the items that came.
        fields: what they have in common: day, room, fund, document, vendor, warranty.
        serials: the serial number of each, by its id.
        total: what all of them cost together, in baht; shared by ``lots.shares`` (R-N5).
        by: who received them.

    Refuses an item that is not expected any more.
    """
    prices: Sequence[Decimal | None] = [None] * len(drafts)
    if total is not None and drafts:
        prices = lots.shares(total, len(drafts))
    for draft, price in zip(drafts, prices, strict=True):
        state = ARRIVALS.target(Lifecycle(draft.lifecycle), Arrival.RECEIVE)
        changes = {**fields, "serial_no": serials.get(draft.id, "")[:120] or draft.serial_no}
        if price is not None:
            changes["price"] = price
        items.edit(draft, changes, by=by, why=MoveCause.CARD)
        audit.record_changes("received", draft, {"lifecycle": state}, by=by)


def cancel(draft: Asset, why: str, *, by: Viewer) -> None:
    """Say that an expected item will not come; its number is never given again (R-N2).

    Refuses an item that has come, and a cancelling without a reason.
    """
    if not why.strip():
        raise Refusal(_("Please write down the reason."), field="why")
    state = ARRIVALS.target(Lifecycle(draft.lifecycle), Arrival.CANCEL)
    before = {"lifecycle": draft.lifecycle}
    draft.lifecycle = state
    db.session.flush()  # a version that somebody else changed meanwhile is refused here
    audit.record(
        "cancelled", draft, by=by, before=before, after={"lifecycle": state, "why": why.strip()}
    )
