"""The pages of the work on a ticket: what they show, and how they grow."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.office import make_room, sign_in
from tests.factories.tickets import make_ticket
from tests.factories.work import make_checklist, make_vendor

FORMS = (
    "time",
    "timer/stop",
    "costs",
    "outside",
    "checklist",
    "link",
    "parts",
    "under",
    "merge",
    "split",
    "replacement",
    "work-photos",
    "sign",
    "sign-by-card",
    "replies",
)
LISTS = ("/outside-repairs", "/vendors", "/vendors/new", "/checklists", "/checklists/new")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_opens_in_both_languages(
    cast: Cast, client: FlaskClient, thep: Viewer, language: str
) -> None:
    make_checklist()
    make_vendor()
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    with work():
        db.session.get_one(Person, cast.thep.id).language = language
    sign_in(client, cast.thep)
    paths = [f"/tickets/{ticket.id}/{name}" for name in FORMS]
    paths += [f"/tickets/{ticket.id}", f"/tickets/{ticket.id}/work", *LISTS, "/saved-replies"]
    wrong = [(path, client.get(path).status_code) for path in paths]
    assert [one for one in wrong if one[1] != 200] == []


def test_another_ticket_of_the_item_or_the_room_is_chosen_by_a_tap(
    cast: Cast, client: FlaskClient
) -> None:
    room = make_room(cast.school)
    item, beside = (make_asset(cast.school, room_id=room.id) for _one in range(2))
    first, again, near = make_ticket(item), make_ticket(item), make_ticket(beside)
    elsewhere = make_ticket(make_asset(cast.school))
    sign_in(client, cast.thep)
    for name in ("merge", "link", "under"):
        page = client.get(f"/tickets/{again.id}/{name}").text
        numbers = {one: f'">{one.number}</span>' in page for one in (first, again, near, elsewhere)}
        assert list(numbers.values()) == [True, False, True, False], name
        chosen = client.get(f"/tickets/{again.id}/{name}", query_string={"number": first.number})
        assert f'value="{first.number}"' in chosen.text
