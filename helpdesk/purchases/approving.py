"""What purchases tell the engine of approvals: the path by amount, the facts, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assets.stock.quantities import shown
from helpdesk.purchases import years
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import deciding, drafting
from helpdesk.purchases.states import INTO, METHODS, Into, Method
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import pgettext
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.states import Place
from office.people.access import Role

# Above this amount the head supply officer looks at it before the director does.
HEAD_OFFICER_ABOVE = Decimal(10_000)
PATH = (
    StepPlan("หัวหน้าหน่วยงานของผู้ขอ", "Head of the asker's unit", Place.OWN_UNIT),
    StepPlan("เจ้าหน้าที่", "Supply officer", Place.OFFICE, role=Role.STOREKEEPER),
    StepPlan("หัวหน้าเจ้าหน้าที่", "Head supply officer", Place.OFFICE, above=HEAD_OFFICER_ABOVE),
    StepPlan("ผู้อำนวยการสำนักงาน", "Director of the office", Place.OFFICE),
)


def register() -> None:
    """Make the path of purchases known to the engine."""
    kinds.register(
        Kind(
            key=drafting.KIND,
            label=_l("Purchases"),
            facts=_facts,
            page=lambda purchase_id: f"/purchases/{purchase_id}",
            first_path=PATH,
            may_repeat=True,
            approved=_approved,
            rejected=_rejected,
            recalled=_withdrawn,
            voided=_withdrawn,
        )
    )


def _facts(content: Content) -> Sequence[tuple[str, str]]:
    lines = [
        f"{what} × {shown(Decimal(quantity))} {unit} ({INTO[Into(into)]})"
        for what, into, quantity, unit, *_rest in content["lines"]
    ]
    facts = [
        (_("Reason"), str(content["reason"])),
        (_("What is bought"), "\n".join(lines)),
        (_("Costs, with VAT"), f"{Decimal(content['total']):,.2f}"),
        (pgettext("purchase", "Method"), str(METHODS[Method(content["method"])])),
    ]
    if content["budget"]:
        year = years.shown(int(content["budget"][0]))
        facts.append((_("Budget"), f"{content['budget'][2]} ({year})"))
    return facts


def _purchase(approval: Approval) -> Purchase | None:
    """Return the purchase, locked; None where another approval decides it by now."""
    purchase = drafting.locked(approval.subject_id)
    return purchase if purchase is not None and purchase.approval_id == approval.id else None


def _approved(approval: Approval, by: Viewer) -> None:
    purchase = _purchase(approval)
    if purchase is not None:
        deciding.approve(purchase, approval, by=by)


def _rejected(approval: Approval, by: Viewer) -> None:
    purchase = _purchase(approval)
    if purchase is not None:
        deciding.reject(purchase, deciding.last_words(approval), by=by)


def _withdrawn(approval: Approval, by: Viewer) -> None:
    purchase = _purchase(approval)
    if purchase is not None:
        deciding.withdraw(purchase, by=by)
