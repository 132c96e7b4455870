"""The register of systems: the card with its data, risks and links; who writes it, who reads it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from helpdesk.access_rights import card_queries, states
from helpdesk.access_rights.card_models import SystemCard, SystemRisk
from helpdesk.access_rights.card_queries import Filter
from helpdesk.access_rights.rules import describing
from helpdesk.access_rights.rules.describing import CardDraft, LinkDraft, RiskDraft
from helpdesk.access_rights.states import Criticality, Data, Treatment, Way, Whose
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.factories.access_rights import Systems, make_systems
from tests.factories.office import make_person, sign_in, viewer_for

DRAFT = CardDraft(
    whose=Whose.OFFICE,
    criticality=Criticality.HIGH,
    data_held="รายชื่อบุคลากร",
    personal_data=True,
    data_kinds=(Data.NAMES, Data.CONTACT),
    users="บุคลากรทุกคน",
    decides="",
    platform="เครื่องแม่ข่ายของสำนักงาน",
    vendor_id=None,
    risks=(
        RiskDraft("ข้อมูลรั่วไหล", 2, 5, Treatment.REDUCE, "เปิดยืนยันตัวตนสองชั้น"),
        RiskDraft("ระบบหยุดทำงาน", 2, 2, Treatment.ACCEPT),
    ),
)


def described(place: Systems, **changes: Any) -> None:
    with work():
        describing.describe(place.system, replace(DRAFT, **changes), by=viewer_for(place.owner))


def names(viewer: Viewer, **wanted: Any) -> Sequence[str]:
    return [one.system.code for one in card_queries.register(viewer, Filter(**wanted))]


def test_a_card_that_cannot_be_true_is_refused(place: Systems) -> None:
    risk, link = DRAFT.risks[0], LinkDraft(None, "ระบบของ สพฐ.", Way.SENDS)
    wrong: dict[str, dict[str, Any]] = {
        "kinds": {"data_kinds": ()},
        "personal": {"personal_data": False},
        "vendor": {"vendor_id": 99},
        "grade": {"risks": [replace(risk, impact=6)]},
        "words": {"risks": [replace(risk, risk=" ")]},
        "nothing": {"links": [replace(link, other_name="")]},
        "itself": {"links": [replace(link, other_id=place.system.id)]},
        "unknown": {"links": [replace(link, other_id=99)]},
        "twice": {"links": [link, link]},
    }
    accepted = []
    for name, change in wrong.items():
        try:
            described(place, **change)
        except Refusal:
            continue
        accepted.append(name)
    assert accepted == []
    assert db.session.query(SystemCard).count() == 0


def test_writing_a_card_again_replaces_its_rows_and_moves_its_version(place: Systems) -> None:
    described(place)
    described(place, risks=DRAFT.risks[:1])
    card = db.session.query(SystemCard).one()
    assert (card.version, db.session.query(SystemRisk).count()) == (2, 1)


def test_a_link_is_seen_from_both_ends(place: Systems) -> None:
    with work():
        other = make_systems(place.ground, code="HR", name_th="ระบบบุคลากร", name_en="").system
    described(place, links=[LinkDraft(other.id, "", Way.SENDS, "รายชื่อ")])
    flows = card_queries.flows_of([place.system.id, other.id])
    assert [(one.name, one.way) for one in flows[place.system.id]] == [("ระบบบุคลากร", "sends")]
    assert [(one.name, one.way) for one in flows[other.id]] == [("อีเมลสำนักงาน", "receives")]


def test_a_risk_is_called_by_its_score() -> None:
    tones = [str(states.risk_level(score).tone) for score in (1, 3, 4, 9, 10, 16, 17, 25)]
    assert tones == ["ok", "ok", "info", "info", "warn", "warn", "danger", "danger"]


def test_facts_are_to_be_looked_through_as_often_as_rights(place: Systems) -> None:
    by = viewer_for(place.ground.admin)
    assert names(by, show="check") == ["MAIL"]
    described(place)
    with work():
        describing.confirm(place.system, by=viewer_for(place.owner))
    assert names(by, show="check") == []
    card, year = db.session.query(SystemCard).one(), date(clock.today().year + 1, 12, 31)
    assert card_queries.needs_check(place.system, card, year)


def test_the_register_is_narrowed_and_exported(place: Systems, client: FlaskClient) -> None:
    by = viewer_for(place.ground.admin)
    with work():
        make_systems(place.ground, code="WEB", name_th="เว็บไซต์", name_en="Website")
    described(place)
    assert names(by, words="แม่ข่าย") == ["MAIL"]
    assert names(by, words="web") == ["WEB"]
    assert names(by, criticality="high") == names(by, show="personal") == ["MAIL"]
    assert names(by, show="risk") == ["MAIL"]
    sign_in(client, place.ground.admin)
    page = client.get("/access/systems?show=risk&criticality=x&q=%20").text
    assert "อีเมลสำนักงาน" in page
    assert "เว็บไซต์" not in page.split("<main")[1]
    data = client.get("/access/systems.xlsx?criticality=high").data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["MAIL"]
    assert "ข้อมูลรั่วไหล (2 × 5 = 10" in " ".join(str(cell) for cell in rows[0])


def test_an_owner_writes_the_card_on_its_page(place: Systems, client: FlaskClient) -> None:
    sign_in(client, place.owner)
    here = f"/access/systems/{place.system.id}"
    form = {
        "whose": "office", "criticality": "vital", "personal_data": "y", "data_kinds": ["names"],
        "vendor_id": "0", "risks-0-risk": "แฮกบัญชี", "risks-0-likelihood": "4",
        "risks-0-impact": "5", "risks-0-treatment": "reduce", "links-0-way": "both",
        "links-0-other_id": "0", "links-0-other_name": "ระบบ สพฐ.", "version": "0",
    }  # fmt: skip
    assert client.post(here + "/card", data={**form, "more": "yes"}).status_code == 200
    assert client.post(here + "/card", data=form).status_code == 302
    assert client.post(here + "/card", data=form).status_code == 409
    page = client.get(here).text
    assert "4 × 5 = 20" in page
    assert "ระบบ สพฐ." in page
    client.post(here + "/card/confirm")
    db.session.rollback()
    assert db.session.query(SystemCard).one().checked_on == clock.today()
    assert "แฮกบัญชี" in client.get(here + "/card").text


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("technician", 200, 403),
        ("approver", 200, 403),
        ("admin", 200, 200),
        ("inspector", 404, 404),
    ],
)
def test_the_register_is_read_by_those_who_study_and_decide(
    place: Systems, client: FlaskClient, role: str, reads: int, writes: int
) -> None:
    described(place)
    sign_in(client, make_person(role))
    here = f"/access/systems/{place.system.id}"
    assert (client.get(here).status_code, client.get(here + "/card").status_code) == (reads, writes)
    listed = "อีเมลสำนักงาน" in client.get("/access/systems").text
    assert listed == (reads == 200)
