"""The approval of a quotation: kind "outside_repair" of the approvals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.rules import outside as repairs
from helpdesk.repairs.states import OUTSIDE, Action, Outside
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking
from kernel.pages import show_money
from office.approvals import papers
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.approvals.states import Place
from office.bookkeeping import audit

KIND = "outside_repair"
# What the approval stands on.
PAPER = _l("Repair notice")


def submit(outside: OutsideRepair, *, by: Viewer) -> Approval:
    """Ask for approval of a quotation; the ticket waits for it.

    Refuses one that is not quoted or waits already, and one that needs no approval.
    """
    if by.id is None:
        raise NotAllowed(_("Only a person can ask for approval."))
    target = OUTSIDE.target(Outside(outside.state), Action.SUBMIT)
    if not repairs.needs_approval(outside):
        raise Refusal(_("This amount needs no approval."))
    approval = asking.submit(_request(outside, by.id), by=by)
    outside.state, outside.approval_id = target, approval.id
    audit.record("submitted", outside, by=by, after={"amount": outside.quoted})
    repairs.wait_for_approval(outside, by)
    return approval


def take_back(outside: OutsideRepair, *, by: Viewer) -> None:
    """Take the request for approval back; only who asked may."""
    approval = db.session.get(Approval, outside.approval_id) if outside.approval_id else None
    if outside.state != Outside.SUBMITTED or approval is None:
        raise Refusal(_("Nothing waits for approval."))
    asking.recall(approval, by=by)


def _request(outside: OutsideRepair, asker_id: int) -> Request:
    ticket, asset = outside.ticket, outside.ticket.asset
    with speaking("th"):
        title = _(
            "Repair of %(item)s by %(vendor)s",
            item=asset.name if asset else ticket.subject,
            vendor=outside.vendor.name,
        )
    return Request(
        kind=KIND,
        subject_id=outside.id,
        number=outside.number,
        title=title,
        content={
            "ticket_id": ticket.id,
            "ticket": ticket.number,
            "item": asset.name if asset else "",
            "asset_no": (asset.asset_no or "") if asset else "",
            "fault": ticket.subject,
            "vendor": outside.vendor.name,
            "tax_id": outside.vendor.tax_id,
            "amount": outside.quoted,
            "quote_no": outside.quote_no,
            "quoted_on": outside.quoted_on,
            "spent_before": ticket.repair_cost,
            "cover_why": outside.cover_why,
        },
        asker_id=asker_id,
        unit_id=ticket.unit_id,
        responsible_unit_id=asset.owner_unit_id if asset else ticket.unit_id,
        amount=outside.quoted,
    )


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    def baht(amount: Any) -> str:  # noqa: ANN401 - as the snapshot holds it
        return _("%(amount)s baht", amount=show_money(Decimal(amount))) if amount else ""

    facts = [
        (_("Ticket"), content.get("ticket", "")),
        (_("Item"), content.get("item", "")),
        (_("Asset number"), content.get("asset_no", "")),
        (_("Fault"), content.get("fault", "")),
        (_("Vendor"), content.get("vendor", "")),
        (_("Quotation"), baht(content.get("amount"))),
        (_("Number of the quotation"), content.get("quote_no", "")),
        (_("Paid for this ticket before"), baht(content.get("spent_before"))),
        (_("Why it is paid although under warranty"), content.get("cover_why", "")),
    ]
    return [(label, said) for label, said in facts if said]


def _approved(approval: Approval, by: Viewer) -> None:
    if _decided(approval, Action.APPROVE, "approved", by):
        papers.issue(approval, PAPER, by=by)


def _rejected(approval: Approval, by: Viewer) -> None:
    _decided(approval, Action.REFUSE, "rejected", by)


def _returned(approval: Approval, by: Viewer) -> None:
    _decided(approval, Action.RETURN, "returned", by)
    papers.void(approval, by=by)


def _decided(approval: Approval, action: Action, act: str, by: Viewer) -> bool:
    """Take an outside repair a step on; tell whether its state allowed that."""
    outside = db.session.get_one(OutsideRepair, approval.subject_id)
    if not OUTSIDE.allows(Outside(outside.state), action):
        return False
    outside.state = OUTSIDE.target(Outside(outside.state), action)
    audit.record(act, outside, by=by, after={"state": outside.state})
    repairs.wait_for_vendor(outside, by)
    return True


def _title(content: Content, _kept: str) -> str:
    item, vendor = content["item"] or content["fault"], content["vendor"]
    return _("Repair of %(item)s by %(vendor)s", item=item, vendor=vendor)


OUTSIDE_REPAIR = Kind(
    key=KIND,
    label=_l("Repair by a company"),
    facts=_facts,
    title=_title,
    page=lambda subject_id: f"/outside-repairs/{subject_id}",
    first_path=(
        StepPlan("หัวหน้าหน่วยงานที่รับผิดชอบพัสดุ", "Head of the responsible unit", Place.RESPONSIBLE),
    ),
    approved=_approved,
    rejected=_rejected,
    recalled=_returned,
    voided=_returned,
)
