"""Two tickets of one fault become one; a message of something else becomes a ticket of its own."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import intake, merging, talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import GUEST, RESULT, make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


def here(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def merged(ticket: Ticket, target: Ticket, by: Viewer) -> None:
    with work():
        merging.merge(here(ticket), here(target), by=by)


def test_words_and_reporters_go_along(cast: Cast, thep: Viewer) -> None:
    target = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    ticket = make_ticket(unit=cast.school, by=viewer_for(cast.malee), detail="เน็ตช้ามาก")
    with work():
        talk.answer(here(ticket), "ตั้งแต่เมื่อวาน", by=viewer_for(cast.malee))
    merged(ticket, target, thep)
    told = queries.story(target.id, public_only=False)
    assert {"เน็ตช้ามาก", "ตั้งแต่เมื่อวาน"} <= {entry.body for entry in told}
    assert [one.person_id for one in queries.followers_of(target.id)] == [cast.malee.id]
    with work():
        rules.resolve(here(target), RESULT, by=thep)
    people = db.session.scalars(
        select(OutgoingMessage.person_id).where(OutgoingMessage.person_id == cast.malee.id)
    )
    assert people.all() != []


def test_the_first_reporter_reads_no_words_of_a_stranger(cast: Cast, thep: Viewer) -> None:
    target = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    ticket = make_ticket(unit=cast.school, detail="เรื่องส่วนตัวของครูอีกคน")
    merged(ticket, target, thep)
    told = queries.story(target.id, public_only=True)
    assert all("ส่วนตัว" not in entry.body for entry in told)


def test_the_item_is_held_by_the_ticket_that_goes_on_only(cast: Cast, thep: Viewer) -> None:
    asset = make_asset(cast.school)
    target = make_ticket(asset, state=State.IN_PROGRESS, technician=thep)
    ticket = make_ticket(asset, state=State.ACCEPTED, technician=thep)
    merged(ticket, target, thep)
    found = here(ticket)
    assert (found.state, found.merged_into_id) == (State.CANCELLED, target.id)
    assert here(target).state == State.IN_PROGRESS


def test_a_chain_of_merged_tickets_leads_to_its_end(cast: Cast, thep: Viewer) -> None:
    first, second, third = (
        make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep) for _n in range(3)
    )
    merged(first, second, thep)
    merged(second, third, thep)
    assert here(first).merged_into_id == third.id
    fourth = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    merged(fourth, first, thep)
    assert here(fourth).merged_into_id == third.id


def test_what_makes_no_sense_is_refused(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    ended = make_ticket(unit=cast.school, state=State.CLOSED, technician=thep)
    stranger = make_ticket(unit=cast.other_school, state=State.ACCEPTED, technician=thep)
    gone = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    merged(gone, ticket, thep)
    for one, target in [(ticket, ticket), (ticket, ended), (ticket, stranger), (ticket, gone)]:
        with pytest.raises(Refusal):
            merged(one, target, thep)
        db.session.rollback()
    assert here(ticket).merged_into_id is None


def test_parts_of_a_merged_ticket_belong_to_the_other(cast: Cast, thep: Viewer) -> None:
    target, ticket, part = (
        make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep) for _n in range(3)
    )
    with work():
        here(part).parent_id = ticket.id
    merged(ticket, target, thep)
    assert here(part).parent_id == target.id


def test_a_message_becomes_a_ticket_of_its_own(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(unit=cast.school, by=viewer_for(cast.malee))
    with work():
        photo = intake.KeptPhoto("a.jpg", "b.jpg")
        entry = talk.answer(here(ticket), "เครื่องพิมพ์ก็เสีย", by=viewer_for(cast.malee), photos=[photo])
    with work():
        found = db.session.get_one(TicketEntry, entry.id)
        made = merging.split(here(ticket), found, "", by=thep)
    assert (here(made).detail, here(made).reporter_id) == ("เครื่องพิมพ์ก็เสีย", cast.malee.id)
    assert [one.key for one in queries.photos_of(made.id, public_only=True)[None]] == ["a.jpg"]


def test_a_merged_number_leads_on(cast: Cast, thep: Viewer, client: FlaskClient) -> None:
    target = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    ticket = make_ticket(unit=cast.school, by=GUEST)
    sign_in(client, cast.thep)
    typed = {"into": target.number, "key": "merge-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/merge", data=typed).status_code == 302
    page = client.get(f"/tickets/{ticket.id}").text
    assert (f'href="/tickets/{target.id}"' in page, target.number in page) == (True, True)
    assert f"/tickets/{ticket.id}/comment" not in page
    sent = client.post(f"/tickets/{ticket.id}/comment", data={"body": "ถึงแล้ว", "public": "yes"})
    assert (sent.status_code, target.number in sent.text) == (422, True)
    assert client.get(f"/t/{ticket.token}").status_code == 200


def test_the_reporter_of_a_merged_ticket_reads_how_the_other_goes(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    target = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    going_on = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    ticket = make_ticket(unit=cast.school, by=GUEST)
    merged(ticket, going_on, thep)
    client.set_cookie("language", "en")
    page = client.get(f"/t/{ticket.token}").text
    assert "A technician is working on it" in page
    assert target.number not in page
