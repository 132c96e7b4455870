"""What the verbs share: locking a case and its items, letting items await disposal or go free."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from assets.disposals import queries
from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.states import LINES, LineAction, LineState
from assets.register.models import Asset, Hold
from assets.register.states import HoldKind, Lifecycle
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.models import Approval
from office.bookkeeping import audit


def lock(case: Disposal) -> None:
    """Read a case anew under its lock, so that of two who act at once one waits."""
    db.session.flush()  # reading anew would lose what this unit of work has changed of it
    if case.approval_id is not None:
        # Who signs holds the approval before the case; whoever takes both takes it first too.
        held = select(Approval.id).where(Approval.id == case.approval_id)
        db.session.execute(held.with_for_update())
    db.session.refresh(case, with_for_update={"of": Disposal})


def listed_lines(case: Disposal) -> list[DisposalLine]:
    """Return the open lines of a case as they stand now, their items locked, in a fixed order."""
    mine = (DisposalLine.disposal_id == case.id, DisposalLine.state == LineState.LISTED)
    lines = list(
        db.session.scalars(
            select(DisposalLine)
            .where(*mine)
            .order_by(DisposalLine.id)
            .execution_options(populate_existing=True)
        )
    )
    locked([line.asset for line in lines])
    return lines


def check_item(asset: Asset) -> None:
    """Refuse an item that is not in the register, is in a case, or is on its way elsewhere."""
    there = asset.is_in_register or queries.is_lost_without_papers(asset)
    if not there or asset.lifecycle == Lifecycle.DRAFT:
        raise Refusal(
            _("“%(name)s” is not in the register any more, or not yet.", name=asset.name),
            field="code",
        )
    number = number_of_case(asset)
    if number:
        raise Refusal(
            _("“%(name)s” is in the case %(number)s already.", name=asset.name, number=number),
            field="code",
        )
    going = hold_of(asset, (HoldKind.TRANSIT,))
    if going:
        raise Refusal(
            _(
                "“%(name)s” is on its way to another unit (%(number)s).",
                name=asset.name,
                number=going,
            ),
            field="code",
        )


def hold_of(asset: Asset, kinds: Sequence[HoldKind]) -> str | None:
    """Return the number of what holds an item in one of these ways; None where nothing does."""
    return db.session.scalar(
        select(Hold.reference)
        .where(Hold.asset_id == asset.id, Hold.ended_at.is_(None), Hold.kind.in_(kinds))
        .limit(1)
    )


def release(line: DisposalLine, reason: str, *, by: Viewer) -> None:
    """Take an item out of its open case; it is in service again."""
    line.state = LINES.target(LineState(line.state), LineAction.TAKE_OUT)
    line.ended_on, line.end_reason = clock.today(), reason.strip()[:400]
    if line.asset.lifecycle == Lifecycle.PENDING_DISPOSAL:
        line.asset.lifecycle = Lifecycle.IN_SERVICE
        audit.record(
            "taken_out_of_disposal",
            line.asset,
            by=by,
            before={"lifecycle": Lifecycle.PENDING_DISPOSAL},
            after={"lifecycle": Lifecycle.IN_SERVICE, "why": line.end_reason},
        )


def count_listed(case: Disposal) -> int:
    """Return how many items a case has that are neither taken out nor struck off."""
    mine = (DisposalLine.disposal_id == case.id, DisposalLine.state == LineState.LISTED)
    return db.session.scalar(select(func.count()).select_from(DisposalLine).where(*mine)) or 0


def locked(assets: Sequence[Asset]) -> list[Asset]:
    """Return the things, each once, as their cards stand now, locked in the order of their ids."""
    db.session.flush()  # reading anew would lose what this unit of work has changed of them
    ids = {asset.id for asset in assets}
    return list(
        db.session.scalars(
            select(Asset)
            .where(Asset.id.in_(ids))
            .order_by(Asset.id)
            .with_for_update(of=Asset)
            .execution_options(populate_existing=True)
        )
    )


def number_of_case(asset: Asset) -> str | None:
    """Return the number of the open case an item is in; None where it is in none."""
    return db.session.scalar(
        select(Disposal.number)
        .join(DisposalLine, DisposalLine.disposal_id == Disposal.id)
        .where(DisposalLine.asset_id == asset.id, DisposalLine.state == LineState.LISTED)
    )


def await_disposal(asset: Asset, case: Disposal, *, by: Viewer) -> None:
    """Let an item await its disposal, with the number of the case in its own trail."""
    before = asset.lifecycle
    asset.lifecycle = Lifecycle.PENDING_DISPOSAL
    audit.record(
        "proposed_for_disposal",
        asset,
        by=by,
        before={"lifecycle": before},
        after={"lifecycle": asset.lifecycle, "reference": case.number},
    )
