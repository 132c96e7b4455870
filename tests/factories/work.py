"""Vendors, and items on their way to and from them, for tests."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assets.register.models import Asset
from assets.vendors import rules as vendors
from assets.vendors.models import Vendor
from helpdesk.repairs.checklist_models import Checklist
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.rules import approving, checklists, outside
from helpdesk.repairs.states import Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from tests.factories.office import TESTER, in_work
from tests.factories.tickets import make_ticket

_count = itertools.count(1)


def make_vendor(**overrides: Any) -> Vendor:
    """Return a new vendor."""
    with in_work():
        fields = {"name": f"ร้านซ่อมตัวอย่างที่ {next(_count)}", "phone": "034-000-111", **overrides}
        return vendors.add(fields, by=TESTER)


def make_checklist(steps: int = 2, **overrides: Any) -> Checklist:
    """Return a checklist of the office; it fits computers unless told otherwise."""
    with in_work():
        fields = {
            "name_th": "ตรวจคอมพิวเตอร์",
            "name_en": "Check of a computer",
            "category": "computer",
            "class_id": None,
            "required": True,
            "steps": [(f"ขั้นที่ {number}", f"Step {number}") for number in range(1, steps + 1)],
            **overrides,
        }
        return checklists.add(checklists.Draft(**fields), by=TESTER)


def send_out(
    asset: Asset, by: Viewer, *, state: Outside = Outside.SENT, amount: int = 900
) -> tuple[Ticket, OutsideRepair]:
    """Return a ticket at work whose item is with a vendor, led along the rules to a state."""
    with in_work():
        vendor = make_vendor()
        ticket = make_ticket(asset, state=State.IN_PROGRESS, technician=by)
        day = clock.today() + timedelta(days=7)
        sending = outside.Sending(vendor, day, "เปิดไม่ติด มีรอยขีดข่วน", "สายไฟ")
        made = outside.send(ticket, sending, by=by)
        db.session.flush()
        lead_on(made, state, amount, by)
    return ticket, made


def lead_on(made: OutsideRepair, state: Outside, amount: int, by: Viewer) -> None:
    """Move what was sent out to a state; an approval is only asked for, never given."""
    if state in (Outside.QUOTED, Outside.SUBMITTED, Outside.AGREED):
        outside.quote(made, Decimal(amount), "ใบเสนอราคา 1", "", by=by)
    if state == Outside.AGREED:
        outside.agree(made, by=by)
    if state == Outside.SUBMITTED:
        approving.submit(made, by=by)
    if state == Outside.BACK:
        outside.take_back(made, outside.Return(works=True, paid=Decimal(amount)), by=by)
