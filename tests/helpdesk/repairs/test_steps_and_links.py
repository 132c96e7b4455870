"""Checklists, linked tickets and parts: what keeps a ticket from being resolved."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.repairs import queries
from helpdesk.repairs.checklist_models import Checklist, TicketStep
from helpdesk.repairs.models import TicketLink
from helpdesk.repairs.rules import checklists, links
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Category, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import RESULT, make_ticket
from tests.factories.work import make_checklist


def here(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def steps() -> list[TicketStep]:
    db.session.rollback()
    return list(db.session.scalars(select(TicketStep).order_by(TicketStep.id)))


def at_work(cast: Cast, thep: Viewer, **fields: object) -> Ticket:
    return make_ticket(
        unit=cast.school,
        state=State.IN_PROGRESS,
        technician=thep,
        category=Category.COMPUTER,
        **fields,
    )


def test_a_checklist_stands_on_the_tickets_it_fits_and_once_only(cast: Cast, thep: Viewer) -> None:
    made = make_checklist(steps=3)
    make_checklist(category="printer")
    ticket = at_work(cast, thep)
    with work():
        assert checklists.put_on(here(ticket), db.session.get_one(Checklist, made.id), by=thep) == 0
    assert [(step.ticket_id, step.position) for step in steps()] == [
        (ticket.id, 0),
        (ticket.id, 1),
        (ticket.id, 2),
    ]


def test_a_checklist_of_a_class_fits_its_items_only(cast: Cast, thep: Viewer) -> None:
    of_class = make_class()
    make_checklist(category="", class_id=of_class.id)
    make_ticket(make_asset(cast.school), state=State.ACCEPTED, technician=thep)
    assert steps() == []
    item = make_asset(cast.school, class_id=of_class.id)
    make_ticket(item, state=State.ACCEPTED, technician=thep)
    assert len(steps()) == 2


def test_required_steps_are_ticked_before_a_ticket_is_resolved(cast: Cast, thep: Viewer) -> None:
    make_checklist()
    ticket = at_work(cast, thep)
    for step in steps():
        with pytest.raises(Refusal), work():
            rules.resolve(here(ticket), RESULT, by=thep)
        with work():
            checklists.tick(
                here(ticket), db.session.get_one(TicketStep, step.id), done=True, by=thep
            )
    assert {step.done_by_name for step in steps()} == {thep.name}
    with work():
        rules.resolve(here(ticket), RESULT, by=thep)
    assert here(ticket).state == State.RESOLVED


def test_steps_that_are_not_required_hold_nothing_up(cast: Cast, thep: Viewer) -> None:
    make_checklist(required=False)
    ticket = at_work(cast, thep)
    with work():
        rules.resolve(here(ticket), RESULT, by=thep)
    assert here(ticket).state == State.RESOLVED


@pytest.mark.parametrize("count", [0, 41])
def test_a_checklist_has_1_to_40_steps(cast: Cast, count: int) -> None:
    with pytest.raises(Refusal):
        make_checklist(steps=count)


def test_a_checklist_is_written_as_lines(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.admin)
    typed = {
        "name_th": "ตรวจเครื่องพิมพ์",
        "category": "printer",
        "steps": "ตรวจหมึก | Check the toner\n\nพิมพ์หน้าทดสอบ",
        "required": "y",
    }
    assert client.post("/checklists/new", data=typed).status_code == 302
    made = db.session.scalars(select(Checklist)).one()
    assert made.steps == [
        {"th": "ตรวจหมึก", "en": "Check the toner"},
        {"th": "พิมพ์หน้าทดสอบ", "en": ""},
    ]


def test_a_ticket_waits_for_its_parts_where_it_says_so(cast: Cast, thep: Viewer) -> None:
    ticket = at_work(cast, thep)
    with work():
        part = links.make_part(here(ticket), "เดินสายใหม่", waits=True, by=thep)
    with pytest.raises(Refusal), work():
        rules.resolve(here(ticket), RESULT, by=thep)
    with work():
        links.let_wait(here(ticket), waits=False, by=thep)
    with work():
        rules.resolve(here(ticket), RESULT, by=thep)
    assert here(part).parent_id == ticket.id
    assert here(ticket).state == State.RESOLVED


def test_parts_have_no_parts_and_no_circles(cast: Cast, thep: Viewer) -> None:
    whole, other = at_work(cast, thep), at_work(cast, thep)
    with work():
        part = links.make_part(here(whole), "เดินสายใหม่", waits=True, by=thep)
    wrong = [(whole, whole), (whole, part), (part, other), (whole, other), (other, part)]
    for child, parent in wrong:
        with pytest.raises(Refusal), work():
            links.put_under(here(child), here(parent), by=thep)


def test_a_ticket_of_another_school_is_no_part(cast: Cast, thep: Viewer) -> None:
    whole = at_work(cast, thep)
    stranger = make_ticket(unit=cast.other_school, state=State.ACCEPTED, technician=thep)
    with pytest.raises(Refusal), work():
        links.put_under(here(stranger), here(whole), by=thep)


def test_a_link_is_one_whichever_side_made_it(cast: Cast, thep: Viewer) -> None:
    first, second = at_work(cast, thep), at_work(cast, thep)
    with work():
        links.link(here(second), here(first), by=thep)
        links.link(here(first), here(second), by=thep)
    assert len(db.session.scalars(select(TicketLink)).all()) == 1
    assert [row.tie for row in queries.relatives(here(first))] == ["linked"]
    with work():
        links.unlink(here(first), here(second), by=thep)
    assert queries.relatives(here(first)) == []


def test_numbers_are_found_as_people_type_them(cast: Cast, thep: Viewer) -> None:
    ticket = at_work(cast, thep)
    bare = ticket.number.partition(".")[2]
    typed = (
        ticket.number,
        bare,
        f" {bare} ",
        bare.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    )
    assert {found.id for one in typed if (found := queries.ticket_called(thep, one))} == {ticket.id}
    person = make_person(Role.TECHNICIAN, unit=cast.other_school, over=cast.other_school)
    assert queries.ticket_called(viewer_for(person), bare) is None


def test_what_was_split_off_and_where_it_came_from_lead_to_each_other(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = at_work(cast, thep)
    with work():
        entry = talk.comment(here(ticket), "เครื่องพิมพ์ก็เสีย", public=False, by=thep)
    sign_in(client, cast.thep)
    sent = {"entry": str(entry.id), "key": "split-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/split", data=sent).status_code == 302
    db.session.rollback()
    made = db.session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
    assert made is not None
    for one, other in ((ticket, made), (made, ticket)):
        assert f'href="/tickets/{other.id}"' in client.get(f"/tickets/{one.id}/work").text
