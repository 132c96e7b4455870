"""Parts of sets in a round: offered when their set is scanned, never found of themselves."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.counts.codes import part_code
from assets.counts.models import Result, Round, RoundRoom, Scan
from assets.counts.queries import sets, walking
from assets.counts.states import Outcome
from kernel.db import db
from office.people.models import Person
from office.places.models import Unit
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import open_round, room_in, scan, sent
from tests.factories.office import make_person, make_room, make_unit, sign_in


class Kit:
    """A computer with a screen without a number, a mouse that stays apart, in one room."""

    def __init__(self, school: Unit) -> None:
        room = make_room(school)
        self.whole = make_asset(school, name="ชุดคอมพิวเตอร์", room_id=room.id)
        own = {"room_id": room.id, "whole_id": self.whole.id}
        self.screen = make_asset(school, name="จอภาพ", asset_no=None, **own)
        self.mouse = make_asset(school, name="เมาส์", moves_with_set=False, **own)
        away = make_room(school, "ห้องอื่น")
        self.away = make_asset(school, name="ลำโพง", room_id=away.id, whole_id=self.whole.id)
        self.chair: Person = make_person()
        self.one: Round = open_round(school, self.chair)
        self.place: RoundRoom = room_in(self.one, room)

    def scan_whole(self) -> None:
        scan(self.one, sent(self.whole.asset_no or "", self.place))

    def offered(self) -> list[int]:
        found = sets.parts_to_confirm(self.one, [self.whole.id])
        return [part.asset_id for part in found.get(self.whole.id, [])]


@pytest.fixture
def kit(app: Flask, clock: Clock) -> Kit:
    return Kit(make_unit())


def test_only_parts_that_move_along_are_offered(kit: Kit) -> None:
    assert kit.offered() == [kit.screen.id]


def test_scanning_the_set_finds_no_part_of_itself(kit: Kit) -> None:
    kit.scan_whole()
    assert list(db.session.scalars(select(Result.asset_id))) == [kit.whole.id]
    assert kit.offered() == [kit.screen.id]


def test_one_tap_confirms_a_part_that_has_no_number(client: FlaskClient, kit: Kit) -> None:
    kit.scan_whole()
    sign_in(client, kit.chair)
    at = f"/counts/{kit.one.id}/rooms/{kit.place.id}"
    page = client.get(at).get_data(as_text=True)
    assert f'value="{part_code(kit.screen.id)}"' in page
    assert part_code(kit.mouse.id) not in page
    form = {"client_id": "tap-on-a-part", "code": part_code(kit.screen.id), "condition": ""}
    for _time in range(2):
        assert client.post(at, data=form).status_code == 302
    result = db.session.scalars(select(Result).where(Result.asset_id == kit.screen.id)).one()
    assert result.outcome == Outcome.FOUND
    assert len(db.session.scalars(select(Scan)).all()) == 2
    after = client.get(at).get_data(as_text=True)
    assert kit.offered() == []
    assert "ยืนยันพร้อมชุด" in after
    assert "ยืนยันพร้อมชุด" in client.get(f"/counts/{kit.one.id}/scans").get_data(as_text=True)


def test_a_part_of_no_list_of_this_round_is_not_told(kit: Kit) -> None:
    secret = make_asset(make_unit(), name="ของลับ")
    (answer,) = scan(kit.one, sent(part_code(secret.id), kit.place))
    assert (answer.outcome, answer.thing) == (Outcome.UNKNOWN, None)


def test_the_list_for_a_phone_names_the_parts_with_their_set(kit: Kit) -> None:
    lines = {line["id"]: line for line in walking.lines_for_phone(kit.one, [kit.place.id])}
    assert [part["id"] for part in lines[kit.whole.id]["parts"]] == [kit.screen.id]
    assert lines[kit.screen.id]["parts"] == []
    scan(kit.one, sent(part_code(kit.screen.id), kit.place))
    lines = {line["id"]: line for line in walking.lines_for_phone(kit.one, [kit.place.id])}
    assert lines[kit.whole.id]["parts"] == []
