"""A room of the tests' own that asks for approval: wishes for things, with everything that happens.

It does what a real room does: keeps the thing, hands a snapshot in, is called back when something
is decided, and tells an edit to the approval.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.approvals import kinds
from office.approvals.kinds import Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.approvals.states import Place
from office.people.models import Person
from tests.factories.office import viewer_for

HEAD = StepPlan("หัวหน้าหน่วยงาน", "Head of the unit", Place.OWN_UNIT)
DIRECTOR = StepPlan("ผู้อำนวยการ", "Director", Place.OFFICE)
BIG = StepPlan("เจ้าหน้าที่พัสดุ", "Storekeeper", Place.OFFICE, "storekeeper", above=Decimal(5000))


@dataclass
class Wishes:
    """What the room remembers: the called-back events as (event, subject)."""

    events: list[tuple[str, int]] = field(default_factory=list)

    def heard(self, event: str) -> Any:
        """Return a callback that notes an event."""
        return lambda approval, _by: self.events.append((event, approval.subject_id))


def _facts(content: Any) -> list[tuple[str, str]]:
    return [("ของ", content["thing"]), ("เหตุผล", content.get("why", "-"))]


@contextmanager
def registered(*steps: StepPlan, **more: Any) -> Iterator[Wishes]:
    """Register the kind of wishes with this first path, and take it away at the end."""
    room = Wishes()
    known = dict(kinds._kinds)
    kinds.register(
        Kind(
            key="wish",
            label="คำขอทดสอบ",
            facts=_facts,
            page=lambda subject_id: f"/?wish={subject_id}",
            first_path=steps or (HEAD, DIRECTOR),
            variants={"inside": "ในสถานที่", "outside": "นอกสถานที่"},
            slots={"owner": "เจ้าของระบบ"},
            approved=room.heard("approved"),
            rejected=room.heard("rejected"),
            sent_back=room.heard("sent_back"),
            recalled=room.heard("recalled"),
            voided=room.heard("voided"),
            **more,
        )
    )
    try:
        yield room
    finally:
        kinds._kinds.clear()
        kinds._kinds.update(known)


def wish(asker: Person, **changes: Any) -> Request:
    """Return what the room asks approval for."""
    plain = Request(
        kind="wish",
        subject_id=1,
        number="ข.1/2570",
        title="ขอเครื่องพิมพ์ใหม่",
        content={"thing": "เครื่องพิมพ์", "price": Decimal("4900.00"), "lines": [1, 2]},
        asker_id=asker.id,
    )
    return replace(plain, **changes)


def ask(asker: Person, **changes: Any) -> Approval:
    """Submit a wish in a unit of work of its own."""
    with work():
        return asking.submit(wish(asker, **changes), by=viewer_for(asker))


def act(verb: Any, approval: Approval, *args: Any, by: Person | Viewer, **more: Any) -> None:
    """Do one act in a unit of work of its own."""
    viewer = by if isinstance(by, Viewer) else viewer_for(by)
    approval_id = approval.id
    with work():
        verb(db.session.get_one(Approval, approval_id), *args, by=viewer, **more)
