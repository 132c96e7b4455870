"""The queue of those who handle tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.tickets import queue_queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.queue_filters import Filters
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Priority, State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_room, sign_in, viewer_for
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


def found(viewer: Viewer, **filters: object) -> list[int]:
    rows = queue_queries.queue(viewer, Filters(**filters), 1, 50)  # type: ignore[arg-type]
    return [row.id for row in rows]


def test_what_is_due_next_stands_on_top(cast: Cast, thep: Viewer, clock: Clock) -> None:
    low = make_ticket(unit=cast.school, priority=Priority.LOW)
    urgent = make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(minutes=5)
    normal = make_ticket(unit=cast.school)
    assert found(thep) == [urgent.id, normal.id, low.id]


def test_each_view_holds_its_tickets_and_counts_them(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    late = make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(hours=3)
    new = make_ticket(unit=cast.school)
    mine = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    waiting = make_ticket(unit=cast.school, state=State.WAITING_PARTS, technician=thep)
    done = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    closed = make_ticket(unit=cast.school, state=State.CLOSED, technician=thep)
    assert set(found(thep)) == {late.id, new.id, mine.id, waiting.id}
    assert set(found(thep, view="mine")) == {mine.id, waiting.id}
    assert set(found(thep, view="unassigned")) == {late.id, new.id}
    assert late.id in found(thep, view="late")
    assert new.id not in found(thep, view="late")
    assert found(thep, view="waiting") == [waiting.id]
    assert found(thep, view="resolved") == [done.id]
    assert found(thep, view="closed") == [closed.id]
    counts = queue_queries.view_counts(thep)
    assert (counts["open"], counts["mine"], counts["unassigned"], counts["waiting"]) == (4, 2, 2, 1)
    assert counts["late"] == len(found(thep, view="late"))


def test_a_coordinator_sees_the_own_school_and_no_other(client: FlaskClient, cast: Cast) -> None:
    own = make_ticket(unit=cast.school, detail="ของโรงเรียนเรา")
    other = make_ticket(unit=cast.other_school, detail="ของโรงเรียนอื่น")
    sign_in(client, cast.kanda)
    page = client.get("/tickets").text
    assert "ของโรงเรียนเรา" in page
    assert "ของโรงเรียนอื่น" not in page
    assert client.get(f"/tickets/{own.id}").status_code == 200
    assert client.get(f"/tickets/{other.id}").status_code == 404
    assert found(viewer_for(cast.kanda), unit_id=cast.other_school.id) == []


MAY_SEE = {Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN}
MAY_TAKE = {Role.TECHNICIAN}


@pytest.mark.parametrize("role", Role)
def test_who_opens_the_queue_the_ticket_and_the_acts(
    client: FlaskClient, cast: Cast, role: Role
) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.by_role()[role])
    assert client.get("/tickets").status_code == (200 if role in MAY_SEE else 403)
    assert client.get(f"/tickets/{ticket.id}").status_code == (200 if role in MAY_SEE else 404)
    answer = client.post(f"/tickets/{ticket.id}/take", data={"version": ticket.version})
    assert answer.status_code == (302 if role in MAY_TAKE else 403)


@pytest.mark.parametrize(
    "path", ["/tickets", "/tickets/1", "/reports", "/tickets/1/photos/1", "/items/1/report"]
)
def test_a_guest_is_asked_to_sign_in(client: FlaskClient, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 302


def test_the_queue_asks_four_times_however_long_it_is(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    sign_in(client, cast.thep)
    asked_by_length = []
    for _round in range(3):
        for _number in range(6):
            make_ticket(make_asset(cast.school), state=State.ACCEPTED, technician=thep)
        with counted() as asked:
            assert client.get("/tickets").status_code == 200
        asked_by_length.append(len(asked))
    # The first one reads what the process then keeps for a minute: calendar, targets, choices.
    assert asked_by_length[1:] == [4, 4]
    assert asked_by_length[0] <= 13


def test_a_row_that_has_not_changed_is_drawn_anew_for_who_may_not_take(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    make_ticket(make_asset(cast.school))
    sign_in(client, cast.thep)
    assert "/take" in client.get("/tickets").text
    sign_in(client, cast.admin)
    assert "/take" not in client.get("/tickets").text


@pytest.mark.parametrize("language", ["th", "en"])
def test_empty_and_filtered_queues_say_what_to_do(
    client: FlaskClient, cast: Cast, language: str
) -> None:
    with work():
        db.session.merge(cast.thep).language = language
    sign_in(client, cast.thep)
    words = {
        "th": ("ไม่มีงานค้าง", "ไม่พบงานตามเงื่อนไขนี้"),
        "en": ("Nothing is waiting here.", "Nothing fits these filters."),
    }[language]
    assert words[0] in client.get("/tickets").text
    assert words[1] in client.get("/tickets?q=xyz").text


def test_each_order_is_the_same_page_by_page_as_in_one_piece(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    made = []
    for unit, room, state in (
        (cast.school, "ห้อง 2", State.IN_PROGRESS),
        (cast.other_school, "ห้อง 10", State.NEW),
        (cast.school, "ห้อง 10", State.ACCEPTED),
        (cast.office, "", State.NEW),
        (cast.other_school, "", State.IN_PROGRESS),
    ):
        place = {"room_id": make_room(unit, room).id} if room else {}
        made.append(make_ticket(make_asset(unit, **place), state=state, technician=thep))
        clock.forward(minutes=1)
    wrong = {}
    for key in ("unit", "who", "room", "state", "priority", "opened", "due", "number"):
        for sort in (key, f"-{key}"):
            filters = Filters(sort=sort)
            whole = [row.id for row in queue_queries.exported(thep, filters)]
            pages = [queue_queries.queue(thep, filters, number, 2)[:2] for number in range(1, 5)]
            paged = [row.id for page in pages for row in page]
            if paged != whole or sorted(whole) != [ticket.id for ticket in made]:
                wrong[sort] = (whole, paged)
    assert wrong == {}


@pytest.mark.parametrize(
    "query", ["view=zzz", "unit=abc", "unit=99999999999999", "page=-1", "q=%00"]
)
def test_nonsense_in_the_address_is_no_error(client: FlaskClient, cast: Cast, query: str) -> None:
    sign_in(client, cast.thep)
    assert client.get(f"/tickets?{query}").status_code == 200


def test_a_late_ticket_stays_late_after_a_break(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school, priority=Priority.URGENT)
    due = ticket.resolution_due_at
    clock.forward(hours=5)
    with work():
        rules.start(db.session.get_one(Ticket, ticket.id), by=thep)
    assert db.session.get_one(Ticket, ticket.id).next_due_at == due
    assert due == clock.now - timedelta(hours=3)
