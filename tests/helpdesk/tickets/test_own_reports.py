"""The list of the own reports, and the figure of the first page that leads there."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.tickets.states import OPEN, State
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def test_own_reports_are_listed_for_a_signed_in_person_only(
    client: FlaskClient, cast: Cast
) -> None:
    mine = make_ticket(unit=cast.school, by=viewer_for(cast.malee), detail="เครื่องของมาลี")
    make_ticket(unit=cast.school, detail="ของคนอื่น")
    sign_in(client, cast.malee)
    page = client.get("/reports").text
    assert "เครื่องของมาลี" in page
    assert "ของคนอื่น" not in page
    assert mine.state == State.NEW


def test_the_figure_of_open_reports_leads_to_exactly_its_lines(
    client: FlaskClient, cast: Cast
) -> None:
    malee, thep = viewer_for(cast.malee), viewer_for(cast.thep)
    unit = cast.school
    for state in State:
        make_ticket(unit=unit, by=malee, technician=thep, state=state, detail=f"แจ้งไว้ {state}")
    sign_in(client, cast.malee)
    home = client.get("/").text
    found = re.search(r'href="(/reports\?show=open)"[^>]*>(?:(?!</a>).)*?>(\d+)<', home, re.DOTALL)
    assert found is not None, home
    listed = {
        show: {state for state in State if f"แจ้งไว้ {state}<" in client.get(f"/reports{show}").text}
        for show in ("", "?show=open", "?show=finished", "?show=nonsense")
    }
    assert listed == {
        "": set(State),
        "?show=open": set(OPEN),
        "?show=finished": set(State) - set(OPEN),
        "?show=nonsense": set(State),
    }
    assert int(found[2]) == len(OPEN)
