"""Write-offs: damaged, expired or lost materials leave the book once the head has approved.

Kind "stock_loss" of ``office.approvals``. Until then what is proposed stays in the balance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assets.stock import access
from assets.stock.asked import Line
from assets.stock.costs import share
from assets.stock.ledger_models import StockSlip
from assets.stock.models import Store
from assets.stock.quantities import shown
from assets.stock.rules import ledger, slips
from assets.stock.rules.ledger import Post
from assets.stock.states import SLIPS, Kind, SlipAction, SlipKind, SlipState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking
from kernel.pages import show_money
from office.approvals import kinds, papers
from office.approvals.kinds import StepPlan
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.approvals.states import Place

KIND = "stock_loss"
PAPER = _l("Write-off of materials")


def lose(store: Store, lines: Sequence[Line], reason: str, *, by: Viewer) -> StockSlip:
    """Propose a write-off and ask the head for approval; it is posted when that is given.

    Args:
        reason: what happened to the materials.
        by: who proposes; needs ``assets:stock:move``, and does not approve.

    Refuses a blank reason, and more than there is and is not promised to others (R-S1).
    """
    by.demand(access.MOVE, store.unit_id)
    if by.id is None:
        raise NotAllowed(_("Only a person can ask for approval."))
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    slips.check_lines(lines, retired=False)
    quantities = [slips.base_quantity(line) for line in lines]
    balances = ledger.lock(store, [line.item for line in lines])
    slip = slips.write(SlipKind.LOSS, store, by=by, state=SlipState.SUBMITTED, purpose=reason)
    for line, quantity in zip(lines, quantities, strict=True):
        balance = balances[line.item.id]
        ledger.demand(balance, line.item, quantity, promised=Decimal(0))
        made = slips.add_line(slip, line, quantity, Decimal(0))
        made.value = share(balance.value, quantity, balance.quantity)
    db.session.flush()  # the approval names the document by its id
    slip.approval_id = asking.submit(_request(slip, by.id), by=by).id
    slips.record("submitted", slip, by=by, reason=slip.purpose)
    return slip


def take_back(slip: StockSlip, *, by: Viewer) -> None:
    """Take a proposed write-off back before it is decided. Only who proposed it may."""
    approval = db.session.get(Approval, slip.approval_id) if slip.approval_id else None
    if approval is None or slip.state != SlipState.SUBMITTED:
        raise Refusal(_("Nothing waits for approval."))
    asking.recall(approval, by=by)


def _request(slip: StockSlip, asker_id: int) -> Request:
    with speaking("th"):
        title = _(
            "Write-off of %(count)s items from %(store)s",
            count=len(slip.lines),
            store=slip.store.name_th,
        )
    return Request(
        kind=KIND,
        subject_id=slip.id,
        number=slip.number,
        title=title,
        content=content_of(slip),
        asker_id=asker_id,
        unit_id=slip.store.unit_id,
        responsible_unit_id=slip.store.unit_id,
        amount=sum((line.value for line in slip.lines), Decimal(0)),
    )


def content_of(slip: StockSlip) -> dict[str, Any]:
    """Return what the head approves, in plain values."""
    return {
        "number": slip.number,
        "store": slip.store.name_th,
        "reason": slip.purpose,
        "lines": [
            {
                "code": line.item.code,
                "name": line.item.name_th,
                "unit": line.item.unit_th,
                "quantity": line.asked,
                "value": line.value,
            }
            for line in slip.lines
        ],
    }


def facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a signer reads of a write-off or of the differences of a count."""
    lines = content.get("lines", [])
    worth = sum((Decimal(one["value"]) for one in lines), Decimal(0))
    said = "; ".join(
        f"{one['name']} {shown(Decimal(one['quantity']))} {one['unit']}" for one in lines
    )
    found = [
        (_("Store"), content.get("store", "")),
        (_("Reason"), content.get("reason", "")),
        (_("Items"), said),
        (_("Worth"), _("%(amount)s baht", amount=show_money(worth))),
    ]
    return [(label, text) for label, text in found if text]


def _approved(approval: Approval, by: Viewer) -> None:
    slip = _slip(approval)
    target = SLIPS.target(SlipState(slip.state), SlipAction.APPROVE)
    balances = ledger.lock(slip.store, [line.item for line in slip.lines])
    post = Post(slip, Kind.LOST, by, slip.purpose)
    for line in slip.lines:
        balance = balances[line.item_id]
        moved = ledger.take_out(balance, line.item, line.asked, post, promised=Decimal(0))
        line.value = -sum((one.value for one in moved), Decimal(0))
        line.done, line.left_after = line.asked, balance.quantity
    slip.state = target
    slip.answered_at, slip.answered_by_name = clock.now(), by.name[:200]
    slips.record("written_off", slip, by=by)
    papers.issue(approval, PAPER, by=by)


def _refused(approval: Approval, by: Viewer) -> None:
    slip = _slip(approval)
    if SLIPS.allows(SlipState(slip.state), SlipAction.REFUSE):
        slip.state = SLIPS.target(SlipState(slip.state), SlipAction.REFUSE)
        slip.answered_at, slip.answered_by_name = clock.now(), by.name[:200]
        slips.record("refused", slip, by=by)


def _slip(approval: Approval) -> StockSlip:
    slip = db.session.get_one(StockSlip, approval.subject_id)
    db.session.flush()  # what this unit of work changed is not read over
    db.session.refresh(slip, with_for_update={"of": StockSlip})
    return slip


def _title(content: Mapping[str, Any], _kept: str) -> str:
    return _(
        "Write-off of %(count)s items from %(store)s",
        count=len(content["lines"]),
        store=content["store"],
    )


LOSS = kinds.Kind(
    key=KIND,
    label=_l("Write-off of materials"),
    facts=facts,
    title=_title,
    page=lambda subject_id: f"/stock/documents/{subject_id}",
    first_path=(StepPlan("หัวหน้าหน่วยงานของรัฐ", "Head of the agency", Place.RESPONSIBLE),),
    approved=_approved,
    rejected=_refused,
    recalled=_refused,
    voided=_refused,
)
