"""Out of the books: striking off, telling the auditors, closing; and what is found again.

The row and the number of an item stay for ever (R-D3, R-N2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from assets.disposals import access, methods
from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import cards, ending
from assets.disposals.states import (
    CASES,
    LINES,
    Action,
    LineAction,
    LineState,
    Method,
    State,
)
from assets.register import valuation
from assets.register.models import Asset
from assets.register.rules import items, moving, sets
from assets.register.states import GONE, Condition, HoldKind, Lifecycle, MoveCause
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

HOLDING = (HoldKind.LOAN, HoldKind.REPAIR, HoldKind.MAINTENANCE, HoldKind.TRANSIT)


@dataclass(frozen=True)
class Reports:
    """When and with which letters the State Audit Office and the parent agency were told."""

    audit_on: date | None = None
    audit_letter: str = ""
    parent_on: date | None = None
    parent_letter: str = ""


def strike_off(case: Disposal, *, by: Viewer) -> int:
    """Strike the items of a case off the register today; return how many (R-D2, clause 218).

    Each leaves its room and the name of the person in charge; its value of the day is kept on the
    line. Parts of a set that do not go with it become items of their own. Refuses an item that a
    loan, a ticket or a transfer still holds: what is out or open comes to its end first.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.STRIKE_OFF)
    method = Method(case.method or "")
    lines = cards.listed_lines(case)
    for line in lines:
        _check_free(line.asset)
    case.state, case.struck_off_on = target, clock.today()
    for line in lines:
        _strike(case, line, method, by)
    _let_parts_stay([line.asset_id for line in lines], by)
    told = {"items": [line.asset_id for line in lines], "struck_off_on": case.struck_off_on}
    audit.record("struck_off", case, by=by, after=told)
    return len(lines)


def _let_parts_stay(set_ids: Sequence[int], by: Viewer) -> None:
    staying = select(Asset).where(Asset.whole_id.in_(set_ids), Asset.lifecycle.not_in(GONE))
    for part in db.session.scalars(staying.order_by(Asset.id)):
        sets.take_out(part, by=by)


def notify(case: Disposal, sent: Reports, *, by: Viewer) -> None:
    """Write down the reports of a striking-off; within 30 days of it (clause 218, R-D2).

    Refuses a day before the striking-off or of the future.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    case.state = CASES.target(State(case.state), Action.NOTIFY)
    for name, day in (("audit_on", sent.audit_on), ("parent_on", sent.parent_on)):
        if day is None:
            continue
        if day > clock.today():
            raise Refusal(_("This day has not come yet."), field=name)
        if case.struck_off_on is not None and day < case.struck_off_on:
            raise Refusal(_("This day is before the striking-off."), field=name)
    changes = {
        "audit_on": sent.audit_on,
        "audit_letter": sent.audit_letter.strip()[:80],
        "parent_on": sent.parent_on,
        "parent_letter": sent.parent_letter.strip()[:80],
    }
    audit.record_changes("notified", case, changes, by=by)


def close(case: Disposal, *, by: Viewer) -> None:
    """Close a case whose reports are both sent. Refuses before that."""
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.CLOSE)
    if case.audit_on is None or case.parent_on is None:
        raise Refusal(
            _("First the State Audit Office and the parent agency are told (clause 218).")
        )
    case.state, case.closed_at = target, clock.now()
    audit.record("closed", case, by=by, after={"state": case.state})


def take_back(asset: Asset, condition: Condition, why: str, *, by: Viewer) -> None:
    """Take a lost item back that was found: it is in service again, its case says so.

    Args:
        asset: written off as lost, or missing and in an open case.
        condition: how it is.
        why: where and by whom it was found.
        by: who does it; the door, or the room that calls, has asked the right.

    Refuses an item that is not written down as lost, and a blank reason.
    """
    (asset,) = cards.locked([asset])
    if asset.lifecycle == Lifecycle.PENDING_DISPOSAL and asset.condition == Condition.MISSING:
        ending.let_go(asset, why, by=by)
        items.judge(asset, condition, by=by, why=why.strip()[:400])
        return
    if asset.lifecycle != Lifecycle.LOST:
        raise Refusal(_("“%(name)s” is not written down as lost.", name=asset.name))
    if not why.strip():
        raise Refusal(_("Please write where it was found."), field="reason")
    line = db.session.scalar(
        select(DisposalLine)
        .where(DisposalLine.asset_id == asset.id, DisposalLine.state == LineState.STRUCK_OFF)
        .order_by(DisposalLine.id.desc())
        .limit(1)
    )
    after = {"lifecycle": Lifecycle.IN_SERVICE, "why": why.strip()[:400]}
    if line is not None:
        CASES.target(State(line.disposal.state), Action.FIND)
        line.state = LINES.target(LineState.STRUCK_OFF, LineAction.FIND)
        line.ended_on, line.end_reason = clock.today(), why.strip()[:400]
        after["reference"] = line.disposal.number
        audit.record(
            "found", line.disposal, by=by, after={"item": asset.id, "why": line.end_reason}
        )
    audit.record("found", asset, by=by, before={"lifecycle": asset.lifecycle}, after=after)
    asset.lifecycle = Lifecycle.IN_SERVICE
    items.judge(asset, condition, by=by, why=why.strip()[:400])


def _check_free(asset: Asset) -> None:
    number = cards.hold_of(asset, HOLDING)
    if number is not None:
        raise Refusal(
            _(
                "“%(name)s” is still held by %(number)s. End that first.",
                name=asset.name,
                number=number,
            )
        )


def _strike(case: Disposal, line: DisposalLine, method: Method, by: Viewer) -> None:
    asset = line.asset
    worth = valuation.of_item(asset, clock.today())
    if worth is not None:
        line.cost, line.accumulated, line.net = worth.cost, worth.accumulated, worth.net
    line.condition = Condition(asset.condition)
    line.state = LINES.target(LineState(line.state), LineAction.STRIKE_OFF)
    line.ended_on = case.struck_off_on
    moving.move(
        asset,
        room=None,
        custodian=None,
        why=MoveCause.DISPOSAL,
        reason=case.result_doc,
        reference=case.number,
        by=by,
    )
    before = asset.lifecycle
    asset.lifecycle = methods.lifecycle_after(method, Condition(asset.condition))
    audit.record(
        "struck_off",
        asset,
        by=by,
        before={"lifecycle": before},
        after={
            "lifecycle": asset.lifecycle,
            "disposed_on": case.struck_off_on,
            "reference": case.number,
            "doc_ref": case.result_doc,
        },
    )
