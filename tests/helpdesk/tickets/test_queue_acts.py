"""Acting from the queue: the next job, several tickets at once, the board and the tour."""

from __future__ import annotations

from io import BytesIO

from flask.testing import FlaskClient
from openpyxl import load_workbook

from helpdesk.tickets import queue_columns
from helpdesk.tickets.queue_views import VIEWS
from helpdesk.tickets.states import Kind, Priority, State
from kernel.access import Viewer
from office.people.access import Role
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import make_person, make_room, sign_in, viewer_for
from tests.factories.tickets import make_ticket
from tests.helpdesk.tickets.queue_steps import again


def test_every_view_opens_full_and_empty_sorted_by_everything(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    sign_in(client, cast.thep)
    sorts = [f"{sign}{key}" for key in queue_columns.COLUMNS for sign in ("", "-")]
    addresses = [f"/tickets?show={view}" for view in VIEWS] + [f"/tickets?sort={s}" for s in sorts]
    empty = [a for a in addresses if client.get(a).status_code != 200]
    for state in State:
        make_ticket(unit=cast.school, state=state, technician=thep, kind=Kind.ADVICE)
    full = [a for a in addresses if client.get(a).status_code != 200]
    assert (empty, full) == ([], [])


def test_every_filter_narrows(client: FlaskClient, cast: Cast, thep: Viewer, clock: Clock) -> None:
    asset = make_asset(cast.school, room_id=make_room(cast.school).id)
    wanted = make_ticket(
        asset, detail="จอฟ้า", priority=Priority.HIGH, state=State.ACCEPTED, technician=thep
    )
    clock.forward(days=4)
    make_ticket(unit=cast.other_school, detail="เครื่องช้า")
    sign_in(client, cast.thep)
    queries = [
        f"unit={cast.school.id}",
        f"room={again(wanted).room_id}",
        f"who={cast.thep.id}",
        "priority=high",
        "state=accepted",
        "age=3",
        "due=late",
        "q=จอฟ้า",
    ]
    wrong = []
    for query in queries:
        page = client.get(f"/tickets?{query}").text
        if "จอฟ้า" not in page or "เครื่องช้า" in page:
            wrong.append(query)
    assert wrong == []
    assert "จอฟ้า" not in client.get("/tickets?who=0").text


def test_the_school_tour_holds_what_is_mine_or_nobodys_at_schools(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    other = viewer_for(make_person(Role.TECHNICIAN))
    make_ticket(unit=cast.school, detail="งานว่าง")
    make_ticket(unit=cast.school, detail="งานของฉัน", state=State.ACCEPTED, technician=thep)
    make_ticket(unit=cast.school, detail="งานของคนอื่น", state=State.ACCEPTED, technician=other)
    make_ticket(unit=cast.office, detail="งานที่สำนักงาน")
    sign_in(client, cast.thep)
    page = client.get("/tickets?show=tour").text
    found = [word for word in ("งานว่าง", "งานของฉัน", "งานของคนอื่น", "งานที่สำนักงาน") if word in page]
    assert found == ["งานว่าง", "งานของฉัน"]


def test_columns_of_the_address_are_shown_and_handed_out(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    make_ticket(unit=cast.school, detail="=จอฟ้า")
    make_ticket(unit=cast.other_school, detail="เครื่องช้า")
    sign_in(client, cast.thep)
    assert "<th" in client.get("/tickets?cols=number,priority,reporter").text
    query = f"unit={cast.school.id}&cols=number,priority,reporter"
    csv = client.get(f"/tickets/list.csv?{query}").text
    assert csv.count("\r\n") == 2
    assert "ครูสมมติ" in csv
    book = load_workbook(BytesIO(client.get(f"/tickets/list.xlsx?{query}").data))
    assert book.active.max_row == 2
    assert client.get("/tickets/list.pdf").status_code == 404
