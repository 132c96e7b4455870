"""The main journey: scan, report, follow, repair, confirm.

A teacher without an account scans a label and reports a fault with a photo. A colleague adds to
it. A technician takes it from the queue, asks, waits, resolves. The teacher confirms. The item's
availability and condition follow by themselves.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.availability import obstacle_of
from assets.register.models import Asset
from assets.register.states import Condition, Obstacle
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel.db import db
from office.bookkeeping import audit
from office.bookkeeping.models import OutgoingMessage
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room, sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_symptom, make_tag


@dataclass
class Story:
    """The people of the story with their browsers, and the label they meet at."""

    teacher: FlaskClient
    colleague: FlaskClient
    technician: FlaskClient
    code: str
    asset_id: int
    chip_id: int

    def now_is(self, state: State) -> Ticket:
        """Return the one ticket, which must be in this state."""
        db.session.rollback()
        ticket = db.session.scalars(select(Ticket)).one()
        assert ticket.state == state
        return ticket

    def item(self) -> Asset:
        """Return the item as it is now."""
        db.session.rollback()
        return db.session.get_one(Asset, self.asset_id)


def begin(app: Flask) -> Story:
    cast = make_cast()
    kind = make_class()
    chip = make_symptom(kind.id)
    asset = make_asset(cast.school, class_id=kind.id, room_id=make_room(cast.school).id)
    browsers = [app.test_client() for _number in range(3)]
    sign_in(browsers[2], cast.thep)
    return Story(*browsers, code=make_tag(asset).code, asset_id=asset.id, chip_id=chip.id)


def scan_and_report(story: Story) -> None:
    """The teacher scans, taps a symptom, adds a photo, sends; a colleague adds to it."""
    assert f"/q/{story.code}/report" in story.teacher.get(f"/Q/{story.code}").text
    sent = story.teacher.post(
        f"/q/{story.code}/report",
        data={
            "symptoms": str(story.chip_id),
            "photos": (io.BytesIO(picture("HEIF")), "IMG_0001.HEIC"),
            "name": "ครูสมมติ",
            "contact": "teacher@example.test",
        },
    )
    ticket = story.now_is(State.NEW)
    assert ticket.number in story.teacher.get(sent.location).text
    assert obstacle_of(story.item()) is None

    assert "รอช่างรับเรื่อง" in story.colleague.get(f"/q/{story.code}").text
    added = {"detail": "ห้องข้าง ๆ ด้วย", "name": "ครูอีกคน"}
    story.colleague.post(f"/q/{story.code}/report", data=added)
    story.now_is(State.NEW)


def take_and_ask(story: Story, clock: Clock) -> None:
    """The technician takes it from the queue; the item cannot be lent; a question is answered."""
    ticket = story.now_is(State.NEW)
    page, link = f"/tickets/{ticket.id}", f"/t/{ticket.token}"
    assert ticket.number in story.technician.get("/tickets").text
    story.technician.post(f"{page}/take", data={"version": ticket.version})
    ticket = story.now_is(State.ACCEPTED)
    assert obstacle_of(story.item()) == Obstacle.IN_REPAIR
    assert "ห้องข้าง ๆ ด้วย" in story.technician.get(page).text

    clock.forward(hours=1)
    ask = {"version": ticket.version, "action": "ask_requester", "reason": "เสียบปลั๊กหรือยัง"}
    story.technician.post(f"{page}/wait", data=ask)
    story.now_is(State.WAITING_REQUESTER)
    assert "เสียบปลั๊กหรือยัง" in story.teacher.get(link).text
    story.teacher.post(f"{link}/answer", data={"body": "เสียบแล้ว"})
    story.now_is(State.IN_PROGRESS)


def resolve_and_confirm(story: Story) -> None:
    """Resolved: the item is good and free again, and the teacher confirms."""
    ticket = story.now_is(State.IN_PROGRESS)
    done = {"outcome": "fixed", "cause": "hardware", "action_taken": "เปลี่ยนสายไฟ"}
    path = f"/tickets/{ticket.id}/resolve"
    story.technician.post(path, data={"version": ticket.version, **done})
    ticket = story.now_is(State.RESOLVED)
    item = story.item()
    assert (item.condition, obstacle_of(item)) == (Condition.GOOD, None)
    link = f"/t/{ticket.token}"
    assert "เปลี่ยนสายไฟ" in story.teacher.get(link).text
    ticket = story.now_is(State.RESOLVED)
    story.teacher.post(f"{link}/close", data={"version": ticket.version})
    story.now_is(State.CLOSED)


def test_from_the_scan_of_a_label_to_a_closed_ticket(app: Flask, clock: Clock) -> None:
    story = begin(app)
    scan_and_report(story)
    take_and_ask(story, clock)
    resolve_and_confirm(story)
    kinds = db.session.scalars(
        select(OutgoingMessage.kind)
        .where(OutgoingMessage.address == "teacher@example.test")
        .order_by(OutgoingMessage.id)
    ).all()
    assert kinds == ["ticket_accepted", "ticket_waiting_requester", "ticket_resolved"]
    assert audit.verify().broken_id is None
