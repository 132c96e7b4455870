"""The rooms of a large round: page by page, by name, by state."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.counts.models import RoundRoom
from assets.counts.queries import rooms
from kernel.db import db
from kernel.work import work
from tests.factories.assets import make_asset
from tests.factories.counts import open_round
from tests.factories.office import make_person, make_room, make_unit, sign_in


def test_hundreds_of_rooms_come_page_by_page_and_are_found_by_name_and_state(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "PAGE", 8)
    school, chair = make_unit(), make_person()
    make_asset(school, room_id=make_room(school, "ห้องสมุด").id)
    one = open_round(school, chair)
    with work():
        for number in range(1, 18):
            made = RoundRoom(round_id=one.id, unit_id=school.id, expected_total=2)
            made.room_id = make_room(school, name=f"ห้อง {number}").id
            made.name, made.counted = f"ห้อง {number}", number % 3
            db.session.add(made)
    sign_in(client, chair)
    at = f"/counts/{one.id}"

    def shown(query: str) -> list[str]:
        page = client.get(f"{at}?{query}").get_data(as_text=True)
        assert page.count("<tr>") <= 9
        return re.findall(r"data-row-link>ห้อง (\d+)<", page)

    assert [shown(f"page={page}")[-1:] for page in (1, 2)] == [["8"], ["16"]]
    assert shown("q=ห้อง+๑๗") == ["17"]
    assert set(shown("state=left&q=ห้อง")) >= {"3", "6", "9", "12", "15"}
    assert shown("state=done") == ["2", "5", "8", "11", "14", "17"]
    part = client.get(f"{at}/progress?state=done&page=1").get_data(as_text=True)
    assert re.findall(r"data-row-link>ห้อง (\d+)<", part) == ["2", "5", "8", "11", "14", "17"]
    assert f"{at}/progress?page=1&amp;state=done" in part
