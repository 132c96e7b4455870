"""The pages of the room, for who may open them and in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select, update

from assets.register.models import Asset, Movement
from assets.transfers.models import Handover, HandoverLine, Remark
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_person, make_room, sign_in
from tests.factories.transfers import make_handover
from tests.office.papers.paper_reading import bare

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def english(person: Person) -> Person:
    with work():
        db.session.execute(update(Person).where(Person.id == person.id).values(language="en"))
    return person


def asset_now(asset: Asset) -> Asset:
    return db.session.get_one(Asset, asset.id)


def test_my_equipment_shows_what_is_mine_and_nothing_else(client: FlaskClient, cast: Cast) -> None:
    make_asset(cast.school, name="ของฉัน", custodian_id=cast.malee.id)
    make_asset(cast.school, name="ของคนอื่น", custodian_id=cast.kanda.id)
    sign_in(client, cast.malee)
    page = client.get("/my-equipment").text
    assert "ของฉัน" in page
    assert "ของคนอื่น" not in page
    sign_in(client, english(cast.malee))
    assert "In my name" in client.get("/my-equipment").text


def test_my_equipment_asks_the_same_number_of_questions(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.malee)
    for _one in range(2):
        make_asset(cast.school, custodian_id=cast.malee.id)
    make_handover(make_asset(), to=cast.malee)
    client.get("/my-equipment")
    with counted() as few:
        client.get("/my-equipment")
    for _one in range(6):
        make_asset(cast.school, custodian_id=cast.malee.id)
    make_handover(make_asset(), make_asset(), make_asset(), to=cast.malee)
    with counted() as many:
        client.get("/my-equipment")
    assert len(many) == len(few) <= 8


def test_accepting_twice_by_a_double_tap_is_one_act(client: FlaskClient, cast: Cast) -> None:
    handover = make_handover(asset := make_asset(), to=cast.malee)
    line = db.session.scalars(select(HandoverLine.id)).one()
    sign_in(client, cast.malee)
    sent = {"lines": [line], "key": KEY}
    answers = [client.post(f"/handovers/{handover.id}/accept", data=sent) for _tap in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert asset_now(asset).custodian_id == cast.malee.id
    assert len(db.session.scalars(select(Movement)).all()) == 1


def test_declining_without_a_reason_keeps_the_page(client: FlaskClient, cast: Cast) -> None:
    handover = make_handover(to=cast.malee)
    line = db.session.scalars(select(HandoverLine.id)).one()
    sign_in(client, cast.malee)
    answer = client.post(f"/handovers/{handover.id}/decline", data={"lines": [line]})
    assert answer.status_code == 422
    assert handover.number in answer.text


def test_a_refused_answer_keeps_the_ticks_and_what_was_typed(
    client: FlaskClient, cast: Cast
) -> None:
    handover = make_handover(make_asset(), make_asset(), to=cast.malee, by=cast.sri)
    first, second = db.session.scalars(
        select(HandoverLine.id).where(HandoverLine.handover_id == handover.id)
    )
    sign_in(client, cast.malee)
    answer = f"/handovers/{handover.id}/decline"
    page = client.post(answer, data={"key": KEY, "lines": [second], "reason": " "}).text
    assert f'value="{second}" checked' in page
    assert f'value="{first}" checked' not in page
    page = client.post(answer, data={"key": KEY, "reason": "ไม่ใช่ของห้องนี้"}).text
    assert "ไม่ใช่ของห้องนี้</textarea>" in page


def test_the_store_hears_of_a_remark_and_who_made_it_of_the_answer(
    client: FlaskClient, cast: Cast
) -> None:
    asset = make_asset(custodian=cast.malee)
    sign_in(client, cast.malee)
    client.post(f"/my-equipment/{asset.id}/remark", data={"kind": "not_mine", "said": "ของครูเทพ"})
    remark = db.session.scalars(select(Remark.id)).one()
    sign_in(client, cast.sri)
    answer = {"act": "dismiss", "answer": "ใบส่งมอบมีชื่อท่าน"}
    client.post(f"/remarks/{remark}/settle", data=answer)
    kinds = OutgoingMessage.kind.in_(("handover_remarked", "handover_settled"))
    told = select(OutgoingMessage.kind, OutgoingMessage.person_id, OutgoingMessage.body)
    (asked, keeper, said), (settled, person, why) = db.session.execute(
        told.where(kinds).order_by(OutgoingMessage.id)
    )
    assert (asked, keeper) == ("handover_remarked", cast.sri.id)
    assert (settled, person) == ("handover_settled", cast.malee.id)
    assert "ของครูเทพ" in said
    assert "ใบส่งมอบมีชื่อท่าน" in why


def test_a_paper_about_things_of_a_school_is_headed_by_the_school(
    client: FlaskClient, cast: Cast
) -> None:
    asset = make_asset(cast.school)
    handover = make_handover(asset, to=cast.malee, by=cast.sri)
    sign_in(client, cast.sri)
    paper = PdfDocument(client.get(f"/handovers/{handover.id}/paper.pdf").data)
    assert bare(cast.school.name_th) in bare(paper[0].get_textpage().get_text_bounded())


def test_a_stranger_does_not_find_the_handover(client: FlaskClient, cast: Cast) -> None:
    handover = make_handover(to=cast.kanda)
    sign_in(client, cast.malee)
    for path in ("", "/paper.pdf"):
        assert client.get(f"/handovers/{handover.id}{path}").status_code == 404
    assert client.post(f"/handovers/{handover.id}/accept", data={"lines": [1]}).status_code == 404


def test_everything_of_a_person_is_proposed_to_another_one(client: FlaskClient, cast: Cast) -> None:
    things = [make_asset(custodian_id=cast.thep.id) for _one in range(3)]
    sign_in(client, cast.sri)
    page = client.get(f"/handovers/new?person={cast.thep.id}&who=มาลี").text
    assert "มาลี ตัวอย่าง" in page
    sent = {"items": [one.id for one in things], "to_person": cast.malee.id, "key": KEY}
    first, second = (client.post("/handovers/new", data=sent) for _tap in range(2))
    assert first.location == second.location
    assert len(db.session.scalars(select(HandoverLine)).all()) == 3


def test_a_remark_waits_for_the_storekeeper(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.school, custodian_id=cast.malee.id)
    sign_in(client, cast.malee)
    sent = {"kind": "not_mine", "said": "ของครูเทพ", "key": KEY}
    for _tap in range(2):
        assert client.post(f"/my-equipment/{asset.id}/remark", data=sent).status_code == 302
    assert asset_now(asset).custodian_id == cast.malee.id
    remark = db.session.scalars(select(Remark.id)).one()
    sign_in(client, cast.sri)
    assert "ของครูเทพ" in client.get("/remarks").text
    assert client.post(f"/remarks/{remark}/settle", data={"act": "follow"}).status_code == 302
    assert asset_now(asset).custodian_id is None


def test_nobody_remarks_on_what_is_not_in_the_own_name(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.school, custodian_id=cast.kanda.id)
    sign_in(client, cast.malee)
    sent = {"kind": "not_here"}
    assert client.post(f"/my-equipment/{asset.id}/remark", data=sent).status_code == 404


def test_movements_are_narrowed_by_unit_cause_and_day(client: FlaskClient, cast: Cast) -> None:
    asset, room = make_asset(cast.school, name="โต๊ะ"), make_room(cast.school)
    sign_in(client, cast.sri)
    client.post("/moves", data={"room": room.id, "code": asset.asset_no, "key": KEY})
    for query, shown in (
        ("", True),
        (f"?unit={cast.school.id}", True),
        (f"?unit={cast.other_school.id}", False),
        ("?cause=hand", True),
        ("?cause=transfer", False),
        ("?since=1/1/2540", True),
        ("?since=1/1/2600", False),
        ("?since=นานมาก&unit=x&cause=x", True),
    ):
        assert (f"/items/{asset.id}" in client.get(f"/movements{query}").text) == shown, query


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("/my-equipment", set(Role)),
        ("/my-equipment.pdf", set(Role)),
        ("/handovers", {Role.STOREKEEPER, Role.AUDITOR, Role.ADMIN, Role.COORDINATOR}),
        ("/handovers/new", {Role.STOREKEEPER, Role.ADMIN}),
        ("/remarks", {Role.STOREKEEPER, Role.ADMIN}),
        ("/moves", {Role.STOREKEEPER, Role.ADMIN}),
        (
            "/movements",
            {Role.STOREKEEPER, Role.COORDINATOR, Role.INSPECTOR, Role.AUDITOR, Role.ADMIN},
        ),
        (
            "/transfers",
            {Role.STOREKEEPER, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN},
        ),
        ("/transfers/new", {Role.STOREKEEPER, Role.COORDINATOR, Role.ADMIN}),
    ],
)
def test_every_page_opens_for_its_roles_only(
    client: FlaskClient, cast: Cast, path: str, roles: set[Role]
) -> None:
    opened = set()
    for role, person in cast.by_role().items():
        sign_in(client, person)
        answer = client.get(path)
        assert answer.status_code in (200, 403)
        if answer.status_code == 200:
            opened.add(role)
    assert opened == roles


def test_who_leaves_with_things_is_led_to_the_handover(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.school, custodian_id=cast.malee.id)
    sign_in(client, cast.admin)
    answer = client.post(f"/people/{cast.malee.id}/leave")
    assert answer.status_code == 422
    assert asset.asset_no in answer.text
    assert f"/handovers/new?person={cast.malee.id}" in answer.text
    assert db.session.get_one(Person, cast.malee.id).left_on is None


def test_who_is_asked_to_take_something_over_cannot_leave_yet(
    client: FlaskClient, cast: Cast
) -> None:
    handover = make_handover(to=cast.malee, by=cast.sri)
    sign_in(client, cast.admin)
    answer = client.post(f"/people/{cast.malee.id}/leave")
    assert answer.status_code == 422
    assert f"/handovers/{handover.id}" in answer.text
    line = db.session.scalars(select(HandoverLine.id)).one()
    client.post(f"/handovers/{handover.id}/recall", data={"lines": [line]})
    assert client.post(f"/people/{cast.malee.id}/leave").status_code == 302


@pytest.mark.parametrize("person", ["malee", "sri"])
def test_the_handover_paper_is_a_pdf(client: FlaskClient, cast: Cast, person: str) -> None:
    handover = make_handover(make_asset(custodian_id=cast.thep.id), to=cast.malee, by=cast.sri)
    sign_in(client, getattr(cast, person))
    answer = client.get(f"/handovers/{handover.id}/paper.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_nonsense_in_addresses_and_forms_breaks_nothing(client: FlaskClient, cast: Cast) -> None:
    handover = make_handover(to=cast.malee)
    sign_in(client, cast.admin)
    for path in (
        "/handovers/new?person=x&to=-1&who=%00",
        "/moves?room=99999999999999999999&unit=x&from=0",
        "/transfers?which=x&page=-1",
        "/movements?q=%00&page=zzz",
    ):
        assert client.get(path).status_code in (200, 404), path
    bad = {"lines": ["x"], "items": ["y"], "room": "z", "code": "", "to_person": "½"}
    for path in (f"/handovers/{handover.id}/recall", "/handovers/new", "/moves", "/moves/bring"):
        assert client.post(path, data=bad).status_code in (404, 422), path
    assert db.session.scalars(select(Handover)).one().number == handover.number


def test_a_guest_is_sent_to_the_sign_in(client: FlaskClient, cast: Cast) -> None:
    assert make_person(unit=cast.school).id
    assert client.get("/my-equipment").status_code == 302


def test_a_teacher_reports_a_fault_on_the_own_item_only(client: FlaskClient, cast: Cast) -> None:
    mine = make_asset(cast.school, custodian_id=cast.malee.id)
    other = make_asset(cast.school, custodian_id=cast.kanda.id)
    sign_in(client, cast.malee)
    assert client.get(f"/items/{mine.id}/report").status_code == 200
    assert client.get(f"/items/{other.id}/report").status_code == 404
