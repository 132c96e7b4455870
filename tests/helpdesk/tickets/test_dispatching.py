"""The next job, acts on many, board, tour and colours of the queue."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import dispatching
from helpdesk.tickets.states import Priority, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_person, make_room, sign_in, viewer_for
from tests.factories.tickets import make_ticket
from tests.helpdesk.tickets.queue_steps import again


def ticked(*tickets: Ticket, **fields: str) -> MultiDict[str, str]:
    said = [("ticket", f"{one.id}.{one.version}") for one in tickets]
    return MultiDict([*said, ("key", "k" * 22), *fields.items()])


def test_the_next_job_is_the_free_one_that_is_due_first(cast: Cast, thep: Viewer) -> None:
    make_ticket(unit=cast.school)
    urgent = make_ticket(unit=cast.school, priority=Priority.URGENT)
    with work():
        taken = dispatching.take_next(by=thep)
        assert (taken.id, taken.assignee_id, taken.state) == (urgent.id, thep.id, State.ACCEPTED)


def test_the_next_job_lies_in_the_own_units_or_is_refused(cast: Cast) -> None:
    make_ticket(unit=cast.other_school)
    local = viewer_for(make_person(Role.TECHNICIAN, over=cast.school))
    with pytest.raises(Refusal), work():
        dispatching.take_next(by=local)


def test_a_double_tap_on_next_job_takes_one(client: FlaskClient, cast: Cast) -> None:
    tickets = [make_ticket(unit=cast.school) for _ in range(2)]
    sign_in(client, cast.thep)
    places = {client.post("/tickets/next", data={"key": "n" * 22}).location for _ in range(2)}
    assert places == {f"/tickets/{tickets[0].id}"}
    assert again(tickets[1]).assignee_id is None


def test_two_technicians_at_once_never_get_the_same_job(app: Flask, cast: Cast) -> None:
    tickets = {make_ticket(unit=cast.school).id for _ in range(6)}
    people = [viewer_for(make_person(Role.TECHNICIAN)) for _ in range(6)]
    db.session.rollback()
    taken: list[int] = []
    start = threading.Barrier(len(people))

    def ask(me: Viewer) -> None:
        with app.app_context():
            start.wait()
            with work():
                found = dispatching.take_next(by=me).id
            taken.append(found)

    threads = [threading.Thread(target=ask, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(tickets)


def test_one_that_is_refused_stops_no_other_and_each_is_told(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    free, finished, stale = (
        make_ticket(unit=cast.school),
        make_ticket(unit=cast.school, state=State.CLOSED, technician=thep),
        make_ticket(unit=cast.school),
    )
    data = ticked(free, finished, act="take")
    data.add("ticket", f"{stale.id}.{stale.version - 1}")
    sign_in(client, cast.thep)
    page = client.post("/tickets/together", data=data)
    assert page.status_code == 200
    assert (again(free).assignee_id, again(stale).assignee_id) == (cast.thep.id, None)
    assert [number.number in page.text for number in (free, finished, stale)] == [True] * 3
    assert "1" in page.text


ACTS = {
    "take": {},
    "assign": {"person": "thep"},
    "prioritize": {"priority": "urgent"},
    "wait": {"wait": "await_parts", "reason": "รอหลอดภาพ"},
    "note": {"note": "โทรแล้ว ไม่รับ"},
}


def test_each_act_reaches_all_that_are_ticked(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    found = {}
    for number, (act, fields) in enumerate(ACTS.items()):
        state = State.IN_PROGRESS if act == "wait" else State.NEW
        pair = [
            make_ticket(unit=cast.school, state=state, technician=viewer_for(cast.thep))
            for _ in range(2)
        ]
        data = ticked(*pair, act=act)
        for name, value in fields.items():
            data.add(name, str(cast.thep.id) if value == "thep" else value)
        data.setlist("key", [f"{number}" * 22])
        found[act] = client.post("/tickets/together", data=data).status_code
        for one in pair:
            entries = db.session.scalars(
                select(TicketEntry.act).where(TicketEntry.ticket_id == one.id)
            ).all()
            assert {"take": "assigned", "assign": "assigned", "prioritize": "prioritized",
                    "wait": "waited", "note": "noted"}[act] in entries  # fmt: skip
    assert set(found.values()) == {302}


def test_closing_together_closes_only_what_is_resolved(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    done = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    still = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    sign_in(client, cast.thep)
    assert (
        client.post("/tickets/together", data=ticked(done, still, act="close")).status_code == 200
    )
    assert (again(done).state, again(still).state) == (State.CLOSED, State.ACCEPTED)


def test_several_at_once_obey_the_rights_of_each_unit(client: FlaskClient, cast: Cast) -> None:
    local = make_person(Role.TECHNICIAN, over=cast.school)
    own, other = make_ticket(unit=cast.school), make_ticket(unit=cast.other_school)
    sign_in(client, local)
    page = client.post("/tickets/together", data=ticked(own, other, act="take"))
    assert (again(own).assignee_id, again(other).assignee_id) == (local.id, None)
    assert other.subject not in page.text or other.subject == own.subject
    sign_in(client, cast.orn)
    assert client.post("/tickets/together", data=ticked(own, act="take")).status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {"act": "take"},
        {"act": "fly", "ticket": "1.1"},
        {"act": "assign", "ticket": "1.1"},
        {"act": "wait", "ticket": "1.1", "wait": "zzz"},
        {"act": "prioritize", "ticket": "1.1", "priority": "zzz"},
        {"act": "note", "ticket": "1.1", "note": "  "},
    ],
)
def test_an_act_without_what_it_needs_is_refused(
    client: FlaskClient, cast: Cast, data: dict[str, str]
) -> None:
    sign_in(client, cast.thep)
    assert client.post("/tickets/together", data={"key": "k" * 22, **data}).status_code == 422


@pytest.mark.parametrize("page", ["board", "tour"])
def test_board_and_tour_ask_at_most_five_times_and_keep_to_the_own_school(
    client: FlaskClient, cast: Cast, thep: Viewer, page: str
) -> None:
    for number, state in enumerate(State):
        make_ticket(unit=cast.school, state=state, technician=thep, detail=f"งานที่ {number}")
    make_ticket(unit=cast.other_school, detail="ของโรงเรียนอื่น")
    sign_in(client, cast.thep)
    assert "ของโรงเรียนอื่น" in client.get(f"/tickets/{page}").text
    with counted() as asked:
        client.get(f"/tickets/{page}")
    assert len(asked) <= 4
    sign_in(client, cast.kanda)
    text = client.get(f"/tickets/{page}?show=open").text
    assert "งานที่ 1" in text
    assert "ของโรงเรียนอื่น" not in text


def test_a_button_moves_a_card_and_comes_back_to_the_board(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    sign_in(client, cast.thep)
    assert f"/tickets/{ticket.id}/start" in client.get("/tickets/board").text
    data = {"version": ticket.version, "key": "b" * 22, "next": "/tickets/board?show=mine"}
    answer = client.post(f"/tickets/{ticket.id}/start", data=data)
    assert answer.location == "/tickets/board?show=mine"
    assert again(ticket).state == State.IN_PROGRESS


def test_the_tour_groups_by_school_and_room_in_the_chosen_order_with_a_number_to_call(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    room = make_room(cast.other_school, "ห้องคอม 1", building="อาคาร 2")
    item = make_asset(cast.other_school, room_id=room.id)
    make_ticket(item, reporter_contact="081-000-0000")
    clock.forward(minutes=1)
    make_ticket(unit=cast.school)
    with work():
        db.session.merge(cast.other_school).phone = "02-000-0000"
    sign_in(client, cast.thep)
    page = client.get("/tickets/tour").text.partition('class="tour"')[2]
    names = (cast.other_school.name_th, cast.school.name_th)
    assert page.index(names[0]) < page.index(names[1])
    assert all(word in page for word in ("อาคาร 2 · ห้องคอม 1", "081-000-0000", "02-000-0000"))
    order = f"order={cast.school.id},{cast.other_school.id}"
    turned = client.get(f"/tickets/tour?{order}").text.partition('class="tour"')[2]
    assert turned.index(names[1]) < turned.index(names[0])
    sign_in(client, cast.orn)
    assert "081-000-0000" not in client.get("/tickets/tour?show=open").text


def test_a_saved_view_of_the_queue_keeps_its_filters(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = {"name_th": "งานด่วน", "query": "show=late&priority=urgent&page=3", "begin": "y"}
    place = client.post("/views/tickets/save", data=data).location
    assert "show=late" in place
    assert "page=3" not in place
    assert client.get("/tickets").location == place
    assert "งานด่วน" in client.get(place).text


def test_a_row_turns_amber_and_red_before_it_is_late(
    client: FlaskClient, cast: Cast, thep: Viewer, clock: Clock
) -> None:
    make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep, priority=Priority.URGENT)
    sign_in(client, cast.thep)
    seen = []
    for minutes in (80, 15, 20):
        clock.set(clock.now + timedelta(minutes=minutes))
        page = client.get("/tickets").text
        seen.append([tone for tone in ("due-warn", "due-danger") if tone in page])
    assert seen == [[], ["due-warn"], ["due-danger"]]
