"""Stock counts: a frozen list, what was found, the differences, their approval (clause 213; R-S2).

What moves while people count is no difference: the approved differences are added to the balance
of that day, each as a movement of its own. Kind "stock_count" of ``office.approvals``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from assets.stock import access
from assets.stock.asked import Line
from assets.stock.costs import share
from assets.stock.count_models import StockCount, StockCountLine
from assets.stock.models import StockBalance, StockItem, Store
from assets.stock.quantities import checked
from assets.stock.rules import correcting, ledger, slips, writing_off
from assets.stock.rules.ledger import Post
from assets.stock.states import COUNTS, CountAction, CountState, Kind, SlipKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext, speaking
from kernel.i18n import lazy_gettext as _l
from office.approvals import kinds, papers
from office.approvals.kinds import StepPlan
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.approvals.states import Place
from office.bookkeeping import audit

KIND = "stock_count"
PAPER = _l("Stock count")


def start(store: Store, name: str, *, by: Viewer) -> StockCount:
    """Open a count of a store; the list is frozen as the book stands now.

    Refuses a blank name, an empty store, and a store that is being counted already.
    """
    by.demand(access.MOVE, store.unit_id)
    slips.check_open(store)
    if not name.strip():
        raise Refusal(_("Please give the count a name."), field="name")
    balances = db.session.scalars(
        select(StockBalance)
        .join(StockItem, StockItem.id == StockBalance.item_id)
        .where(StockBalance.store_id == store.id, StockItem.retired_on.is_(None))
    ).all()
    if not balances:
        raise Refusal(_("There is nothing in this store to count."))
    count = StockCount(
        store=store,
        name=name.strip()[:120],
        frozen_at=clock.now(),
        opened_by_id=by.id,
        opened_by_name=by.name[:200],
    )
    db.session.add(count)
    try:
        db.session.flush()  # the database decides between two who open a count at once
    except IntegrityError as error:
        if violates(error, "uq_stock_count_open", "stock_count.store_id"):
            raise Refusal(_("This store is being counted already.")) from error
        raise
    db.session.add_all(
        StockCountLine(
            count_id=count.id,
            item_id=one.item_id,
            expected=one.quantity,
            expected_value=one.value,
        )
        for one in balances
    )
    audit.record("started", count, by=by, after={"name": count.name, "lines": len(balances)})
    return count


def count_line(
    line_id: int, found: Decimal | None, note: str, count: StockCount, *, by: Viewer
) -> None:
    """Write down how much of an item is there; the last word counts.

    Args:
        found: in the base unit, zero for none; None takes an earlier figure back.
        by: needs ``assets:stock_count:count``.

    Refuses when the count is not open, an item of another count, and what is out of measure.
    """
    by.demand(access.COUNT, count.store.unit_id)
    _lock(count)
    COUNTS.target(CountState(count.state), CountAction.COUNT)
    line = db.session.get(StockCountLine, line_id)
    if line is None or line.count_id != count.id:
        raise Refusal(_("This item is not on the list."))
    if found is not None:
        found = checked(found, whole=line.item.whole_only, zero=True, field="counted")
    line.counted, line.note = found, note.strip()[:200]
    line.counted_at = clock.now() if found is not None else None
    line.counted_by_name = by.name[:200] if found is not None else ""
    told = {"item": line.item.code, "counted": found, "expected": line.expected}
    audit.record("counted", count, by=by, after=told)


def finish(count: StockCount, *, by: Viewer) -> None:
    """End the counting. Refuses as long as items are not counted: they are not taken for found."""
    by.demand(access.COUNT, count.store.unit_id)
    _lock(count)
    target = COUNTS.target(CountState(count.state), CountAction.FINISH)
    missing = [line for line in lines_of(count) if line.counted is None]
    if missing:
        raise Refusal(
            ngettext(
                "%(number)s item is not counted yet. Write 0 where there is none.",
                "%(number)s items are not counted yet. Write 0 where there is none.",
                len(missing),
            )
        )
    _go(count, target, "finished", by)


def reopen(count: StockCount, *, by: Viewer) -> None:
    """Count on."""
    by.demand(access.COUNT, count.store.unit_id)
    _lock(count)
    _go(count, COUNTS.target(CountState(count.state), CountAction.REOPEN), "reopened", by)


def submit(count: StockCount, reason: str, *, by: Viewer) -> Approval:
    """Ask the head to approve the differences. Refuses a count without any, and a blank reason."""
    by.demand(access.MOVE, count.store.unit_id)
    _lock(count)
    target = COUNTS.target(CountState(count.state), CountAction.SUBMIT)
    if by.id is None:
        raise NotAllowed(_("Only a person can ask for approval."))
    differing = differences(count)
    if not differing:
        raise Refusal(_("There is no difference; close the count."))
    if not reason.strip():
        raise Refusal(_("Please write where the differences come from."), field="reason")
    count.reason = reason.strip()[:400]
    approval = asking.submit(_request(count, differing, by.id), by=by)
    count.approval_id = approval.id
    _go(count, target, "submitted", by)
    return approval


def take_back(count: StockCount, *, by: Viewer) -> None:
    """Take the request for approval back. Only who asked may."""
    approval = db.session.get(Approval, count.approval_id) if count.approval_id else None
    if approval is None or count.state != CountState.SUBMITTED:
        raise Refusal(_("Nothing waits for approval."))
    asking.recall(approval, by=by)


def close(count: StockCount, *, by: Viewer) -> None:
    """Close a count that found no difference."""
    by.demand(access.MOVE, count.store.unit_id)
    _lock(count)
    target = COUNTS.target(CountState(count.state), CountAction.CLOSE)
    if differences(count):
        raise Refusal(_("There are differences; ask for their approval."))
    count.closed_at = clock.now()
    _go(count, target, "closed", by)


def cancel(count: StockCount, *, by: Viewer) -> None:
    """Give a count up; nothing changes in the book."""
    by.demand(access.MOVE, count.store.unit_id)
    _lock(count)
    _go(count, COUNTS.target(CountState(count.state), CountAction.CANCEL), "cancelled", by)


def lines_of(count: StockCount) -> Sequence[StockCountLine]:
    """Return the frozen list of a count, by name."""
    return db.session.scalars(
        select(StockCountLine)
        .join(StockCountLine.item)
        .options(joinedload(StockCountLine.item))
        .where(StockCountLine.count_id == count.id)
        .order_by(StockItem.name_sort, StockItem.id)
    ).all()


def differences(count: StockCount) -> list[StockCountLine]:
    """Return the lines where something else was found than the book said."""
    return [line for line in lines_of(count) if line.difference]


def worth(line: StockCountLine) -> Decimal:
    """Return the worth of a line's difference in baht at what one cost on the day of freezing."""
    difference = abs(line.difference or Decimal(0))
    if not line.expected:
        return Decimal("0.00")
    return share(line.expected_value, difference, line.expected)


def _request(count: StockCount, differing: Sequence[StockCountLine], asker_id: int) -> Request:
    with speaking("th"):
        title = _(
            "Differences of the stock count “%(name)s” in %(store)s",
            name=count.name,
            store=count.store.name_th,
        )
    return Request(
        kind=KIND,
        subject_id=count.id,
        title=title,
        content=content_of(count, differing),
        asker_id=asker_id,
        unit_id=count.store.unit_id,
        responsible_unit_id=count.store.unit_id,
        amount=sum((worth(line) for line in differing), Decimal(0)),
    )


def content_of(count: StockCount, differing: Sequence[StockCountLine]) -> dict[str, Any]:
    """Return what the head approves, in plain values."""
    return {
        "store": count.store.name_th,
        "reason": count.reason,
        "lines": [
            {
                "code": line.item.code,
                "name": line.item.name_th,
                "unit": line.item.unit_th,
                "expected": line.expected,
                "counted": line.counted,
                "quantity": line.difference,
                "value": worth(line),
            }
            for line in differing
        ],
    }


def _approved(approval: Approval, by: Viewer) -> None:
    """Post the differences; refuses where a store has less than what is missing by now."""
    count = _count(approval)
    target = COUNTS.target(CountState(count.state), CountAction.APPROVE)
    differing = differences(count)
    balances = ledger.lock(count.store, [line.item for line in differing])
    slip = slips.write(SlipKind.COUNT, count.store, by=by, purpose=f"{count.name}: {count.reason}")
    post = Post(slip, Kind.COUNTED, by, count.reason)
    for line in differing:
        difference = line.difference or Decimal(0)
        amount = abs(difference)
        made = slips.add_line(slip, Line(line.item, amount), amount, amount)
        moved = correcting.change(balances[line.item_id], line.item, difference, post)
        made.value = abs(sum((one.value for one in moved), Decimal(0)))
        made.left_after = balances[line.item_id].quantity
    db.session.flush()  # the count names the document by its id
    slip.approval_id, count.slip_id, count.closed_at = approval.id, slip.id, clock.now()
    slips.record("counted", slip, by=by)
    papers.issue(approval, PAPER, by=by)
    _go(count, target, "approved", by)


def _returned(approval: Approval, by: Viewer) -> None:
    count = _count(approval)
    if COUNTS.allows(CountState(count.state), CountAction.RETURN):
        _go(count, COUNTS.target(CountState(count.state), CountAction.RETURN), "returned", by)


def _count(approval: Approval) -> StockCount:
    count = db.session.get_one(StockCount, approval.subject_id)
    _lock(count)
    return count


def _go(count: StockCount, target: CountState, act: str, by: Viewer) -> None:
    before, count.state = count.state, target
    audit.record(act, count, by=by, before={"state": before}, after={"state": target})


def _lock(count: StockCount) -> None:
    """Read a count anew and let others who act on it wait."""
    db.session.flush()  # what this unit of work changed is not read over
    db.session.refresh(count, with_for_update={"of": StockCount})


def _title(content: Mapping[str, Any], kept: str) -> str:
    """Return the title; the snapshot does not hold the name of the count, the Thai title does."""
    if language() == "th":
        return kept
    return _("Differences of a stock count in %(store)s", store=content["store"])


COUNT = kinds.Kind(
    key=KIND,
    label=_l("Differences of a stock count"),
    facts=writing_off.facts,
    title=_title,
    page=lambda subject_id: f"/stock/counts/{subject_id}",
    first_path=(StepPlan("หัวหน้าหน่วยงานของรัฐ", "Head of the agency", Place.RESPONSIBLE),),
    approved=_approved,
    rejected=_returned,
    recalled=_returned,
    voided=_returned,
)
