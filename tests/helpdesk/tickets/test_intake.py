"""What becomes of a report."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.register.availability import obstacle_of
from assets.register.models import Asset
from assets.register.states import Condition, Lifecycle, Obstacle
from helpdesk.tickets import queries, queue_queries
from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower, TicketPhoto
from helpdesk.tickets.queue_filters import Filters
from helpdesk.tickets.rules import intake, joining
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Category, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import AuditEntry, OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room, viewer_for
from tests.factories.tickets import RESULT, make_symptom, make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def test_a_report_takes_place_and_category_from_the_item(cast: Cast) -> None:
    room = make_room(cast.school)
    kind = make_class(icon="printer")
    asset = make_asset(cast.school, class_id=kind.id, room_id=room.id)
    ticket = make_ticket(asset)
    assert ticket.number == "\u0e0b.1/2570"
    assert (ticket.unit_id, ticket.room_id) == (cast.school.id, room.id)
    assert ticket.category == Category.PRINTER


def test_tokens_are_long_and_never_the_same(cast: Cast) -> None:
    tokens = {make_ticket(unit=cast.school).token for _number in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 32


def test_the_subject_is_made_of_the_chips_in_both_languages(cast: Cast) -> None:
    chip = make_symptom(None)
    with work():
        fields = intake.Report(unit_id=cast.school.id, symptoms=[db.session.merge(chip)])
        ticket = intake.report(fields, by=Viewer())
    assert (ticket.subject, ticket.subject_en) == ("เปิดไม่ติด", "Does not turn on")


def test_a_report_that_says_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal), work():
        intake.report(intake.Report(unit_id=cast.school.id), by=Viewer())
    assert db.session.scalar(select(func.count(Ticket.id))) == 0


def test_a_refused_report_uses_up_no_number(cast: Cast) -> None:
    asset = make_asset(cast.school, lifecycle=Lifecycle.DISPOSED)
    with pytest.raises(Refusal):
        make_ticket(asset)
    assert make_ticket(unit=cast.school).number == "\u0e0b.1/2570"


def test_a_damaged_return_marks_the_item_at_once(cast: Cast) -> None:
    asset = make_asset(cast.school)
    make_ticket(asset, by=viewer_for(cast.sri), source="return")
    assert db.session.get_one(Asset, asset.id).condition == Condition.DAMAGED
    assert obstacle_of(asset) == Obstacle.NOT_USABLE


def test_joining_makes_no_second_ticket_and_keeps_the_words(cast: Cast) -> None:
    asset = make_asset(cast.school)
    first = make_ticket(asset)
    with work():
        fields = intake.Report(asset=db.session.merge(asset), detail="ของฉันก็เสีย")
        photo = intake.KeptPhoto("a" * 64 + ".jpg", "b" * 64 + ".jpg")
        open_one = queries.open_ticket_on(asset.id)
        assert open_one is not None
        joining.join(open_one, fields, by=viewer_for(cast.malee), photos=[photo])
    assert db.session.scalar(select(func.count(Ticket.id))) == 1
    entry = db.session.scalars(select(TicketEntry)).one()
    assert (entry.ticket_id, entry.act, entry.body) == (first.id, "joined", "ของฉันก็เสีย")
    assert db.session.scalars(select(TicketPhoto)).one().entry_id == entry.id


def test_the_words_of_one_who_joined_are_not_on_the_first_reporters_page(cast: Cast) -> None:
    asset = make_asset(cast.school)
    ticket = make_ticket(asset)
    with work():
        fields = intake.Report(asset=db.session.merge(asset), detail="ความลับ")
        joining.join(db.session.get_one(Ticket, ticket.id), fields, by=Viewer())
    assert queries.story(ticket.id, public_only=True) == []
    assert len(queries.story(ticket.id, public_only=False)) == 1


def test_those_who_joined_hear_how_it_ended(cast: Cast) -> None:
    asset = make_asset(cast.school)
    thep = viewer_for(cast.thep)
    ticket = make_ticket(asset, state=State.IN_PROGRESS, technician=thep)
    with work():
        fields = intake.Report(asset=db.session.merge(asset), detail="ด้วยคน")
        joining.join(db.session.get_one(Ticket, ticket.id), fields, by=viewer_for(cast.malee))
    with work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), RESULT, by=thep)
    told = db.session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.kind == "ticket_resolved")
    ).all()
    own = db.session.scalars(select(TicketFollower)).one()
    assert {(m.person_id, m.link) for m in told} == {
        (None, ticket.tracking_path),
        (cast.malee.id, f"/j/{own.token}"),
    }


def test_joining_a_finished_ticket_is_refused(cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school, state=State.RESOLVED, technician=viewer_for(cast.thep))
    fields = intake.Report(unit_id=cast.school.id, detail="ด้วยคน")
    with pytest.raises(Refusal), work():
        joining.join(db.session.get_one(Ticket, ticket.id), fields, by=Viewer())


def test_a_report_is_in_the_audit_trail(cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "reported")).one()
    assert (entry.subject_kind, entry.subject_id) == ("ticket", ticket.id)


def test_search_finds_a_ticket_by_words_number_and_item(cast: Cast) -> None:
    asset = make_asset(cast.school, serial_no="XK-4411")
    ticket = make_ticket(asset)
    thep = viewer_for(cast.thep)
    for typed in ("จอไม่ติด", ticket.number, "XK-4411", "โน้ตบุ๊ก"):
        found = queue_queries.queue(thep, Filters(text=typed), 1, 50)
        assert [row.id for row in found] == [ticket.id], typed
    assert queue_queries.queue(thep, Filters(text="ไม่มีคำนี้"), 1, 50) == []
