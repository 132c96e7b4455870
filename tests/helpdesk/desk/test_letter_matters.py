"""A letter belongs to loan requests, purchases, programmes and meetings that the viewer may see."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from office.letters import slots
from office.letters.models import Letter, LetterMatter
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.letters import make_letter
from tests.factories.meetings import make_meeting
from tests.factories.office import sign_in, viewer_for
from tests.factories.programmes import make_programme


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def test_every_kind_finds_what_its_viewer_may_see(app: Flask, cast: Cast) -> None:
    meeting = make_meeting(cast.office, cast.admin)
    programme = make_programme(cast.admin)
    typed: dict[str, tuple[str, Any]] = {
        "meeting": ("ระบบเครือข่าย 1/2569", meeting),
        "programme": (programme.name, programme),
    }
    with app.test_request_context():
        stranger, keeper = viewer_for(cast.malee), viewer_for(cast.admin)
        for kind, (words, row) in typed.items():
            known = slots.kinds()[kind]
            found = known.find(words, keeper)
            assert found is not None
            assert found.id == row.id
            assert known.find(words, stranger) is None
            assert slots.shown(kind, row.id, stranger) is None
        for kind in ("loan_request", "purchase"):
            assert slots.kinds()[kind].find("ไม่มี", keeper) is None


def test_a_letter_is_registered_from_the_page_of_its_meeting(
    cast: Cast, client: FlaskClient
) -> None:
    meeting = make_meeting(cast.office, cast.admin)
    sign_in(client, cast.admin)
    about = f"?matter=meeting-{meeting.id}"
    assert meeting.body in client.get(f"/letters/new/out{about}").text
    typed = {
        "unit_id": str(cast.office.id),
        "dated_on": "23/11/2569",
        "sender": "สำนักงาน",
        "recipient": "โรงเรียน",
        "subject": "ขอเชิญประชุม",
        "urgency": "normal",
    }
    assert client.post(f"/letters/new/out{about}", data=typed).status_code == 302
    made = db.session.scalars(select(Letter)).one()
    link = db.session.scalars(select(LetterMatter)).one()
    assert (link.letter_id, link.matter_id) == (made.id, meeting.id)
    assert meeting.body in client.get(f"/letters/{made.id}").text
    make_letter(cast.office, subject="เรื่องอื่นที่ไม่เกี่ยว")
    page = client.get(f"/letters/{about}").text
    assert ("ขอเชิญประชุม" in page, "เรื่องอื่นที่ไม่เกี่ยว" in page) == (True, False)
    other = {"kind": "programme", "typed": "ไม่มีแผนนี้"}
    assert client.post(f"/letters/{made.id}/matters", data=other).status_code == 422
    assert client.post(f"/letters/{made.id}/matters/{link.id}/drop").status_code == 302
    assert db.session.scalars(select(LetterMatter)).all() == []


def test_letters_and_meetings_are_found_by_their_words_within_the_rights(
    cast: Cast, client: FlaskClient
) -> None:
    make_letter(cast.school, subject="สำรวจห้องสมุดดิจิทัล")
    make_meeting(cast.school, cast.admin, body="คณะทำงานห้องสมุดดิจิทัล")
    seen = {}
    for person in (cast.admin, cast.kanda, cast.malee):
        sign_in(client, person)
        page = client.get("/find", query_string={"q": "ห้องสมุดดิจิทัล"}).text
        seen[person.username] = ("สำรวจห้องสมุด" in page, "คณะทำงานห้องสมุด" in page)
    assert list(seen.values()) == [(True, True), (True, False), (False, False)]
