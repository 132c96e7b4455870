"""The pages of a round as every role meets them, in both languages, with a fixed cost."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from assets.counts.models import Member, Proposal, Result, Round, Scan, ScanPhoto
from assets.counts.rules import reviewing
from assets.counts.states import ProposalState, RoundState
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.counts import make_round, open_round, room_in, scan, sent, store_officer
from tests.factories.office import make_person, make_room, sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag

MOST_QUERIES = 14


class Walk:
    """An open round of a school with one room, its chair and three things."""

    def __init__(self, cast: Cast) -> None:
        self.room: Room = make_room(cast.school, "ห้องสมุด")
        self.chair: Person = make_person(unit=cast.other_school)
        self.assets = [make_asset(cast.school, room_id=self.room.id) for _n in range(3)]
        self.one: Round = open_round(cast.school, self.chair)
        self.place = room_in(self.one, self.room)

    def pages(self) -> list[str]:
        at = f"/counts/{self.one.id}"
        return [
            at,
            f"{at}/progress",
            f"{at}/scans",
            f"{at}/review",
            f"{at}/report",
            f"{at}/rooms/{self.place.id}",
            f"{at}/papers",
            f"{at}/papers/count.pdf",
            f"{at}/papers/receipts.xlsx",
            f"{at}/report?group=strangers",
            f"{at}/proposal.pdf",
            f"{at}/order.pdf",
            f"{at}/report.pdf",
            f"{at}/report.xlsx",
        ]


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_a_round(client: FlaskClient, cast: Cast, walk: Walk, role: Role) -> None:
    sign_in(client, cast.by_role()[role])
    sees = role not in (Role.REQUESTER, Role.TECHNICIAN)
    answers = {page: client.get(page).status_code for page in walk.pages()}
    assert answers == dict.fromkeys(walk.pages(), 200 if sees else 404)


def test_a_member_reads_the_round_without_any_role(client: FlaskClient, walk: Walk) -> None:
    sign_in(client, walk.chair)
    assert {client.get(page).status_code for page in walk.pages()} == {200}
    assert "ปีงบประมาณ 2569" in client.get("/counts").get_data(as_text=True)


def test_a_coordinator_of_another_school_sees_nothing_of_it(
    client: FlaskClient, cast: Cast, walk: Walk
) -> None:
    stranger = make_person(Role.COORDINATOR, unit=cast.other_school, over=cast.other_school)
    sign_in(client, stranger)
    assert {client.get(page).status_code for page in walk.pages()} == {404}
    assert cast.school.name_th not in client.get("/counts").get_data(as_text=True)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_but_members_scans(client: FlaskClient, cast: Cast, walk: Walk, role: Role) -> None:
    sign_in(client, cast.by_role()[role])
    sent_form = {"code": walk.assets[0].asset_no, "client_id": "a-number-of-its-own"}
    answer = client.post(f"/counts/{walk.one.id}/rooms/{walk.place.id}", data=sent_form)
    assert answer.status_code in (403, 404)
    assert db.session.scalars(select(Scan)).all() == []


def test_a_form_sent_twice_is_one_scan_with_one_photo(client: FlaskClient, walk: Walk) -> None:
    sign_in(client, walk.chair)
    for _time in range(2):
        form = {
            "code": walk.assets[0].asset_no,
            "client_id": "a-number-of-its-own",
            "condition": "damaged",
            "remark": "ขาหัก",
            "photos": (io.BytesIO(picture()), "a.jpg"),
        }
        answer = client.post(
            f"/counts/{walk.one.id}/rooms/{walk.place.id}",
            data=form,
            content_type="multipart/form-data",
        )
        assert answer.status_code == 302
    assert len(db.session.scalars(select(Scan)).all()) == 1
    photo = db.session.scalars(select(ScanPhoto)).one()
    shown = client.get(f"/counts/photos/{photo.id}?small=1")
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    page = client.get(f"/counts/{walk.one.id}/rooms/{walk.place.id}").get_data(as_text=True)
    assert "ขาหัก" in page


def test_the_label_of_a_room_leads_into_that_room(
    client: FlaskClient, cast: Cast, walk: Walk
) -> None:
    first, second = (make_room(cast.other_school, name) for name in ("ห้อง ก", "ห้อง ข"))
    for room in (first, second):
        make_asset(cast.other_school, room_id=room.id)
    one = open_round(cast.other_school, walk.chair)
    make_tag(code="R00M2310", room_id=second.id)
    make_tag(code="R00M9990", room_id=walk.room.id)
    sign_in(client, walk.chair)
    here = f"/counts/{one.id}/rooms/{room_in(one, first).id}"
    place = room_in(one, second)
    for code in ("HTTPS://HOST/Q/R00M2310", "r00m-2310"):
        answer = client.post(here, data={"code": code, "client_id": "a-number-of-its-own"})
        assert answer.location == f"/counts/{one.id}/rooms/{place.id}"
    assert place.id in db.session.scalars(select(Member.room_id)).all()
    refused = client.post(here, data={"code": "R00M9990", "client_id": "another-number"})
    assert (refused.status_code, walk.room.name in refused.text) == (422, True)
    assert db.session.scalars(select(Scan)).all() == []


def test_a_photo_is_not_shown_to_other_schools(client: FlaskClient, cast: Cast, walk: Walk) -> None:
    test_a_form_sent_twice_is_one_scan_with_one_photo(client, walk)
    photo = db.session.scalars(select(ScanPhoto.id)).one()
    stranger = make_person(Role.COORDINATOR, unit=cast.other_school, over=cast.other_school)
    sign_in(client, stranger)
    assert client.get(f"/counts/photos/{photo}").status_code == 404


def test_a_round_is_planned_named_opened_and_called(client: FlaskClient, cast: Cast) -> None:
    make_asset(cast.school)
    sign_in(client, cast.sri)
    answer = client.post(
        "/counts/new",
        data={
            "key": "a-key-that-is-long-enough",
            "unit_id": cast.school.id,
            "covers": "unit",
            "fiscal_year": "๒๕๖๙",
            "order_no": "45/2569",
            "ordered_on": "15/9/2569",
            "appointer_name": "ผู้อำนวยการ ตัวอย่าง",
            "first_day_counts": "y",
        },
    )
    one = db.session.scalars(select(Round)).one()
    assert answer.location.endswith(f"/counts/{one.id}")
    refused = client.post(
        f"/counts/{one.id}/committee", data={"person_id": cast.sri.id, "duty": "member"}
    )
    assert refused.status_code == 422
    client.post(f"/counts/{one.id}/committee", data={"person_id": cast.malee.id, "duty": "chair"})
    client.post(f"/counts/{one.id}/open", data={"version": one.version})
    db.session.expire_all()
    assert db.session.scalars(select(Member.name)).all() == [cast.malee.name_th]
    assert db.session.get_one(Round, one.id).state == RoundState.OPEN
    told = db.session.scalars(select(OutgoingMessage).where(OutgoingMessage.kind == "count_open"))
    assert [message.person_id for message in told] == [cast.malee.id]


def test_a_late_order_is_warned_of(client: FlaskClient, cast: Cast) -> None:
    one = make_round(cast.school, ordered_on=date(2026, 10, 2))
    sign_in(client, cast.sri)
    assert "ข้อ 213" in client.get(f"/counts/{one.id}").get_data(as_text=True)


def test_the_review_page_puts_forward_and_approves(
    client: FlaskClient, cast: Cast, walk: Walk
) -> None:
    scan(walk.one, sent(walk.assets[0].asset_no or "", walk.place, condition="damaged"))
    with work():
        reviewing.end_counting(db.session.get_one(Round, walk.one.id), by=store_officer())
    ids = list(db.session.scalars(select(Proposal.id)))
    at = f"/counts/{walk.one.id}/review"
    sign_in(client, cast.chai)
    assert client.post(at, data={"chosen": ids, "act": "put_forward"}).status_code == 403
    sign_in(client, cast.sri)
    assert client.post(at, data={"chosen": ids, "act": "dismiss"}).status_code == 422
    assert client.post(at, data={"chosen": ids, "act": "put_forward"}).status_code == 302
    assert client.post(at, data={"chosen": ids, "act": "approve"}).status_code == 403
    sign_in(client, cast.chai)
    assert client.post(at, data={"chosen": ids, "act": "approve"}).status_code == 302
    db.session.expire_all()
    assert set(db.session.scalars(select(Proposal.state))) == {ProposalState.APPLIED}
    assert client.get(f"{at}?state=applied").status_code == 200


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pages_stand_in_both_languages(
    client: FlaskClient, cast: Cast, walk: Walk, language: str
) -> None:
    scan(walk.one, sent(walk.assets[0].asset_no or "", walk.place), sent("UNKNOWN 1"))
    with work():
        db.session.get_one(Person, cast.sri.id).language = language
        reviewing.end_counting(db.session.get_one(Round, walk.one.id), by=store_officer())
    sign_in(client, cast.sri)
    words = {"th": "ไม่พบ", "en": "Missing"}[language]
    at = f"/counts/{walk.one.id}"
    for page in ("/counts", "/counts/new", *walk.pages(), f"{at}/memo.pdf", "/counts/offline/"):
        assert client.get(page).status_code == 200, page
    report = client.get(f"{at}/report").get_data(as_text=True)
    assert words in report


def test_the_workbook_holds_every_item_and_no_formula(
    client: FlaskClient, cast: Cast, walk: Walk
) -> None:
    scan(walk.one, sent(walk.assets[0].asset_no or "", walk.place, remark="=1+1"))
    sign_in(client, cast.sri)
    book = load_workbook(io.BytesIO(client.get(f"/counts/{walk.one.id}/report.xlsx").data))
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert len(rows) == 1 + len(walk.assets)
    assert "'=1+1" in rows[1]


def test_a_room_costs_the_same_with_more_things(
    client: FlaskClient, cast: Cast, walk: Walk
) -> None:
    sign_in(client, walk.chair)
    at = f"/counts/{walk.one.id}/rooms/{walk.place.id}"
    client.get(at)
    with counted() as few:
        client.get(at)
    codes = [sent(asset.asset_no or "", walk.place) for asset in walk.assets]
    scan(walk.one, *codes)
    with counted() as more:
        client.get(at)
    assert len(more) <= len(few) + 1
    assert len(more) <= MOST_QUERIES


def test_the_progress_costs_the_same_with_more_scans(
    client: FlaskClient, cast: Cast, walk: Walk
) -> None:
    sign_in(client, walk.chair)
    at = f"/counts/{walk.one.id}/progress"
    with counted() as few:
        client.get(at)
    scan(walk.one, *(sent(asset.asset_no or "", walk.place) for asset in walk.assets))
    with counted() as more:
        page = client.get(at).get_data(as_text=True)
    assert len(more) == len(few)
    assert "3 จาก 3" in page
    assert db.session.scalars(select(Result)).all()
