"""The method, and the approval of the head of the agency: kind "disposal" of the approvals.

Nobody approves what they proposed or submitted. Where the approval is not given, taken back or
made void, the method is chosen anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assets.disposals import access, methods, queries
from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import cards, notices
from assets.disposals.states import (
    CASES,
    CAUSES,
    METHODS,
    Action,
    Cause,
    LineState,
    Method,
    State,
)
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking
from kernel.pages import show_money
from office.approvals import papers
from office.approvals.kinds import Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.approvals.states import Place
from office.bookkeeping import audit

KIND = "disposal"
PAPER = _l("Memo for approval of the method")
MOST_NAMED = 60


def submit(case: Disposal, method: Method, recipient: str, reason: str, *, by: Viewer) -> Approval:
    """Choose the method and ask the head of the agency for approval.

    Args:
        case: one whose cause is settled.
        method: how the things go; see ``methods.check`` for what is refused.
        recipient: who is to get them, where the method says so.
        reason: why this way.
        by: who submits; neither they nor who proposed may approve.

    Refuses a case without the inspection or fact-finding it rests on (R-D1), and without items.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.SUBMIT)
    if by.id is None:
        raise NotAllowed(_("Only a person can ask for approval."))
    if not case.reference.strip() or case.cause is None:
        raise Refusal(_("Please write what the case rests on."), field="reference")
    lines = cards.listed_lines(case)
    if not lines:
        raise Refusal(_("Choose at least one item."))
    assets = [line.asset for line in lines]
    methods.check(method, recipient, assets)
    case.method, case.recipient = method, recipient.strip()[:200]
    case.method_reason = reason.strip()[:400]
    case.state = target
    told = {"method": method, "recipient": case.recipient, "why": case.method_reason}
    audit.record("submitted", case, by=by, after=told)
    approval = asking.submit(_request(case, lines, by.id), by=by)
    case.approval_id = approval.id
    return approval


def take_back(case: Disposal, *, by: Viewer) -> None:
    """Take the request back before it is decided; the method can be chosen anew.

    Only who submitted may.
    """
    cards.lock(case)
    CASES.target(State(case.state), Action.RETURN)
    approval = db.session.get(Approval, case.approval_id)
    if case.state != State.SUBMITTED or approval is None:
        raise Refusal(_("Nothing waits for approval."))
    asking.recall(approval, by=by)


def content_of(case: Disposal, lines: Sequence[DisposalLine]) -> dict[str, Any]:
    """Return what the head approves, in plain values."""
    return {
        "number": case.number,
        "unit": case.unit.name_th,
        "cause": str(case.cause or ""),
        "reference": case.reference,
        "findings": case.findings,
        "liable": case.liable,
        "compensation": case.compensation,
        "method": str(case.method or ""),
        "recipient": case.recipient,
        "reason": case.method_reason,
        "items": [
            {
                "id": line.asset_id,
                "number": line.asset.asset_no or "",
                "name": line.asset.name,
                "quantity": line.asset.quantity,
                "price": line.asset.price,
            }
            for line in lines
        ],
    }


def _request(case: Disposal, lines: Sequence[DisposalLine], asker_id: int) -> Request:
    with speaking("th"):
        title = _("Disposal of %(count)s items: %(name)s", count=len(lines), name=_names(lines))
    return Request(
        kind=KIND,
        subject_id=case.id,
        number=case.number,
        title=title,
        content=content_of(case, lines),
        asker_id=asker_id,
        unit_id=case.unit_id,
        responsible_unit_id=queries.agency_of(case.unit).id,
        amount=queries.cost_of(lines),
    )


def _names(lines: Sequence[DisposalLine]) -> str:
    name = lines[0].asset.name
    return name if len(lines) == 1 else f"{name[:MOST_NAMED]} …"


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    items = content.get("items", [])
    cost = sum(
        (Decimal(one["price"]) * one["quantity"] for one in items if one["price"]), Decimal(0)
    )
    method, cause = content.get("method", ""), content.get("cause", "")
    facts = [
        (_("Unit"), content.get("unit", "")),
        (_("Method"), str(METHODS[Method(method)]) if method else ""),
        (_("Items"), f"{len(items):,}"),
        (_("Bought for"), _("%(amount)s baht", amount=show_money(cost))),
        (_("Cause"), str(CAUSES[Cause(cause)]) if cause else ""),
        (_("Rests on"), content.get("reference", "")),
        (_("Findings"), content.get("findings", "")),
        (_("Recipient"), content.get("recipient", "")),
        (_("Reason"), content.get("reason", "")),
    ]
    return [(label, said) for label, said in facts if said]


def _approved(approval: Approval, by: Viewer) -> None:
    case = _case(approval)
    proposers = {
        line.proposed_by_id for line in queries.lines_of(case) if line.state == LineState.LISTED
    }
    if by.id in {case.proposed_by_id, *proposers} - {None}:
        raise NotAllowed(_("You proposed this; somebody else approves it."))
    case.state = CASES.target(State(case.state), Action.APPROVE)
    audit.record("approved", case, by=by, after={"state": case.state})
    papers.issue(approval, PAPER, by=by)
    notices.decided(case, asker_id=approval.asker_id)


def _returned(approval: Approval, by: Viewer) -> None:
    case = _case(approval)
    if CASES.allows(State(case.state), Action.RETURN):
        case.state = CASES.target(State(case.state), Action.RETURN)
        audit.record("returned", case, by=by, after={"state": case.state})
    papers.void(approval, by=by)


def _case(approval: Approval) -> Disposal:
    case = db.session.get_one(Disposal, approval.subject_id)
    cards.lock(case)
    return case


def _title(content: Mapping[str, Any], _kept: str) -> str:
    items = content["items"]
    name = items[0]["name"] if items else ""
    named = name if len(items) == 1 else f"{name[:MOST_NAMED]} …"
    return _("Disposal of %(count)s items: %(name)s", count=len(items), name=named)


DISPOSAL = Kind(
    key=KIND,
    label=_l("Disposal of equipment"),
    facts=_facts,
    title=_title,
    page=lambda subject_id: f"/disposals/{subject_id}",
    first_path=(StepPlan("หัวหน้าหน่วยงานของรัฐ", "Head of the agency", Place.RESPONSIBLE),),
    approved=_approved,
    rejected=_returned,
    recalled=_returned,
    voided=_returned,
)
