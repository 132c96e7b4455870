"""Checks of disposals: what awaits or has had its disposal has a case that says so."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, or_, select

from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.states import OPEN, REMOVED, LineState
from assets.register.models import Asset, Hold
from assets.register.states import GONE, HoldKind, Lifecycle
from helpdesk.doctor.findings import Check, named
from kernel.i18n import lazy_gettext as _l
from office.bookkeeping.models import AuditEntry

STRUCK = ("struck_off", "lost")
HELD = (HoldKind.LOAN, HoldKind.REPAIR, HoldKind.MAINTENANCE, HoldKind.TRANSIT)


def listed_items() -> Iterator[str]:
    """Yield lines of open cases whose item does not await disposal, and lines of ended cases."""
    lines = (
        select(DisposalLine.id)
        .join(Disposal, Disposal.id == DisposalLine.disposal_id)
        .join(Asset, Asset.id == DisposalLine.asset_id)
        .where(DisposalLine.state == LineState.LISTED)
    )
    wrong = or_(Disposal.state.not_in(OPEN), Asset.lifecycle != Lifecycle.PENDING_DISPOSAL)
    return named("disposal_line", lines.where(wrong))


def struck_off_items() -> Iterator[str]:
    """Yield lines that were struck off whose item is still there or whose case is not so far.

    And items that the service struck off without a line; what came in struck off needs none.
    """
    lines = (
        select(DisposalLine.id)
        .join(Disposal, Disposal.id == DisposalLine.disposal_id)
        .join(Asset, Asset.id == DisposalLine.asset_id)
        .where(DisposalLine.state == LineState.STRUCK_OFF)
    )
    wrong = or_(Disposal.state.not_in(REMOVED), Asset.lifecycle.not_in(GONE))
    yield from named("disposal_line", lines.where(wrong))
    line = exists().where(
        DisposalLine.asset_id == Asset.id, DisposalLine.state == LineState.STRUCK_OFF
    )
    struck = exists().where(
        AuditEntry.subject_kind == "asset",
        AuditEntry.subject_id == Asset.id,
        AuditEntry.act.in_(STRUCK),
    )
    items = select(Asset.id).where(Asset.lifecycle.in_(GONE), struck, ~line)
    yield from named("asset", items)


def struck_off_holds() -> Iterator[str]:
    """Yield open loans, repairs and transfers that hold an item which was struck off by a case."""
    line = exists().where(
        DisposalLine.asset_id == Asset.id, DisposalLine.state == LineState.STRUCK_OFF
    )
    query = select(Hold.id).join(Asset, Asset.id == Hold.asset_id)
    return named("hold", query.where(Hold.ended_at.is_(None), Hold.kind.in_(HELD), line))


CHECKS = (
    Check(
        "listed_items",
        _l("What is in an open disposal case awaits disposal."),
        _l("Take the item out of the case, or look in the trail who changed its card."),
        listed_items,
    ),
    Check(
        "struck_off_items",
        _l("What was struck off has a disposal case that struck it off."),
        _l(
            "Propose what is written down as lost for disposal on its page, so that its papers are "
            "made; compare other cards with the papers of their case."
        ),
        struck_off_items,
    ),
    Check(
        "struck_off_holds",
        _l("No loan, repair or transfer holds what was struck off."),
        _l("End the loan or the ticket; the thing is not in the register any more."),
        struck_off_holds,
    ),
)
