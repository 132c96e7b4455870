"""The report form as a guest with a phone meets it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from assets.labels.models import Tag
from config import Settings
from helpdesk.tickets.models import Ticket, TicketEntry, TicketPhoto
from helpdesk.tickets.states import Category, Kind
from kernel.db import db
from kernel.files import store
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room, sign_in
from tests.factories.pictures import ENDINGS, GPS, picture
from tests.factories.tickets import make_symptom, make_tag, make_ticket

GUEST = {"detail": "จอไม่ติด", "name": "ครูสมมติ", "contact": "teacher@example.test"}
KEY = "a key of twenty letters"


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def tag(cast: Cast) -> Tag:
    return make_tag(make_asset(cast.school, room_id=make_room(cast.school).id))


def send(client: FlaskClient, code: str, **fields: Any) -> TestResponse:
    return client.post(f"/q/{code}/report", data={**GUEST, **fields})


def tickets() -> list[Ticket]:
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def kept_of(page: str) -> str:
    found = re.search(r'name="kept"[^>]*value="([^"]+)"', page)
    return found.group(1) if found else ""


def test_a_guest_gets_a_number_and_a_private_link(client: FlaskClient, tag: Tag) -> None:
    answer = send(client, tag.code)
    [ticket] = tickets()
    assert answer.location == f"/t/{ticket.token}/sent"
    page = client.get(answer.location).text
    assert ticket.number in page
    assert f"http://localhost/t/{ticket.token}" in page
    assert (ticket.reporter_name, ticket.reporter_contact) == ("ครูสมมติ", "teacher@example.test")


def test_the_form_offers_the_symptoms_of_the_class_first(client: FlaskClient, cast: Cast) -> None:
    kind, other = make_class(), make_class()
    make_symptom(None, text_th="อื่น ๆ ทั่วไป")
    make_symptom(kind.id, text_th="แป้นพิมพ์เสีย")
    make_symptom(other.id, text_th="กระดาษติด")
    tag = make_tag(make_asset(cast.school, class_id=kind.id))
    page = client.get(f"/q/{tag.code}/report").text
    assert page.index("แป้นพิมพ์เสีย") < page.index("อื่น ๆ ทั่วไป")
    assert "กระดาษติด" not in page


def test_a_chip_alone_is_a_report(client: FlaskClient, tag: Tag) -> None:
    chip = make_symptom(None)
    send(client, tag.code, detail="", symptoms=[str(chip.id)])
    [ticket] = tickets()
    assert (ticket.symptoms, ticket.subject) == ([chip.id], "เปิดไม่ติด")


def test_a_forged_chip_is_no_report(client: FlaskClient, tag: Tag) -> None:
    answer = send(client, tag.code, detail="", symptoms=["987654", "<b>"])
    assert answer.status_code == 422
    assert tickets() == []


def test_a_missing_name_keeps_what_was_typed(client: FlaskClient, tag: Tag) -> None:
    answer = send(client, tag.code, name="", detail="มีเสียง <b>ดัง</b>")
    assert answer.status_code == 422
    assert "มีเสียง &lt;b&gt;ดัง&lt;/b&gt;" in answer.text
    assert tickets() == []


def test_a_signed_in_person_types_no_name(client: FlaskClient, cast: Cast, tag: Tag) -> None:
    sign_in(client, cast.malee)
    assert 'name="contact"' not in client.get(f"/q/{tag.code}/report").text
    client.post(f"/q/{tag.code}/report", data={"detail": "เสีย"})
    [ticket] = tickets()
    assert (ticket.reporter_id, ticket.reporter_name) == (cast.malee.id, "มาลี ตัวอย่าง")


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_photo_is_turned_upright_and_loses_its_place(
    client: FlaskClient, tag: Tag, kind: str
) -> None:
    data = picture(kind, turned=kind == "JPEG")
    send(client, tag.code, photos=(io.BytesIO(data), f"IMG_1.{ENDINGS[kind]}"))
    photo = db.session.scalars(select(TicketPhoto)).one()
    kept = Image.open(io.BytesIO(store().read(photo.key)))
    assert kept.format == "JPEG"
    assert not kept.getexif().get_ifd(GPS)
    assert kept.size == ((40, 80) if kind == "JPEG" else (80, 40))
    red, _green, blue = kept.getpixel((2, 2))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)


def test_several_photos_come_along(client: FlaskClient, tag: Tag) -> None:
    photos = [(io.BytesIO(picture(size=(20 + n, 20))), f"{n}.jpg") for n in range(3)]
    send(client, tag.code, photos=photos)
    assert db.session.scalar(select(func.count(TicketPhoto.id))) == 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.jpg"),
        (picture()[:60], "broken.jpg"),
        (b"%PDF-1.7 not a picture", "renamed.jpg"),
        (b"<svg onload=alert(1)>", "script.png"),
        (picture()[:60], "<b>ชื่อ</b>.jpg"),
    ],
    ids=["empty", "broken", "renamed", "script", "angle brackets"],
)
def test_a_bad_photo_is_named_and_nothing_is_lost_or_half_written(
    client: FlaskClient, tag: Tag, data: bytes, name: str
) -> None:
    good = (io.BytesIO(picture()), "good.jpg")
    answer = send(client, tag.code, photos=[good, (io.BytesIO(data), name)])
    assert answer.status_code == 422
    assert "จอไม่ติด" in answer.text
    assert str(escape(name)) in answer.text
    assert "<b>ชื่อ" not in answer.text
    assert tickets() == []
    again = send(client, tag.code, kept=kept_of(answer.text))
    assert again.status_code == 302
    assert db.session.scalar(select(func.count(TicketPhoto.id))) == 1


def test_kept_photos_cannot_be_forged(client: FlaskClient, tag: Tag) -> None:
    send(client, tag.code, kept='[["a","b"]]')
    assert db.session.scalar(select(func.count(TicketPhoto.id))) == 0


def test_more_photos_than_six_are_refused(client: FlaskClient, tag: Tag) -> None:
    photos = [(io.BytesIO(picture(size=(9, 9))), f"{n}.jpg") for n in range(7)]
    assert send(client, tag.code, photos=photos).status_code == 422
    assert tickets() == []


def test_a_forged_form_is_shown_again_with_what_was_typed(client: FlaskClient, tag: Tag) -> None:
    answer = client.post(f"/q/{tag.code}/report", data=GUEST, forged=True)
    assert answer.status_code == 422
    assert "จอไม่ติด" in answer.text
    assert tickets() == []


def test_sending_the_same_form_twice_makes_one_ticket(client: FlaskClient, tag: Tag) -> None:
    first, second = send(client, tag.code, key=KEY), send(client, tag.code, key=KEY)
    assert first.location == second.location
    assert len(tickets()) == 1


def test_a_blank_key_never_leads_to_somebody_elses_report(
    app: Flask, client: FlaskClient, tag: Tag
) -> None:
    first = send(client, tag.code, key="")
    second = send(app.test_client(), tag.code, key="", about="other")
    assert first.location != second.location
    assert len(tickets()) == 2


def test_an_open_fault_is_offered_and_joined(client: FlaskClient, tag: Tag) -> None:
    ticket = make_ticket(tag.asset)
    assert 'name="about"' in client.get(f"/q/{tag.code}/report").text
    answer = send(client, tag.code, detail="ของฉันด้วย", about="same")
    assert re.fullmatch(r"/j/[\w-]{32}/joined", answer.location)
    assert ticket.number in client.get(answer.location).text
    assert len(tickets()) == 1
    assert db.session.scalars(select(TicketEntry)).one().body == "ของฉันด้วย"


def test_another_fault_on_the_same_item_is_a_ticket_of_its_own(
    client: FlaskClient, tag: Tag
) -> None:
    make_ticket(tag.asset)
    send(client, tag.code, about="other")
    assert len(tickets()) == 2


def test_too_many_reports_on_one_label_from_one_browser_wait_with_their_words(
    app: Flask, client: FlaskClient, settings: Settings, tag: Tag, clock: Clock
) -> None:
    for number in range(settings.reports_per_tag):
        assert send(client, tag.code, about="other", detail=f"ครั้งที่ {number}").status_code == 302
    refused = send(client, tag.code, detail="ครั้งสุดท้าย", photos=(io.BytesIO(picture()), "a.jpg"))
    assert refused.status_code == 429
    assert "ครั้งสุดท้าย" in refused.text
    assert kept_of(refused.text)
    assert send(app.test_client(), tag.code).status_code == 302
    clock.forward(hours=1)
    assert send(client, tag.code).status_code == 302


def test_a_whole_school_behind_one_address_may_report(
    app: Flask, settings: Settings, cast: Cast, clock: Clock
) -> None:
    tags = [make_tag(make_asset(cast.school)) for _number in range(15)]
    for tag in tags:
        assert send(app.test_client(), tag.code).status_code == 302
    assert settings.reports_per_address >= 100


def test_an_item_that_was_struck_off_takes_no_report(client: FlaskClient, cast: Cast) -> None:
    tag = make_tag(make_asset(cast.school, lifecycle="disposed"))
    landing = client.get(f"/q/{tag.code}/report").location
    assert send(client, tag.code).location == landing
    assert "เลิกใช้งานแล้ว" in client.get(landing).text
    assert tickets() == []


@pytest.mark.parametrize(("language", "words"), [("th", "ส่งแจ้งซ่อม"), ("en", "Send the report")])
def test_the_form_speaks_both_languages(
    client: FlaskClient, tag: Tag, language: str, words: str
) -> None:
    client.set_cookie("language", language)
    assert words in client.get(f"/q/{tag.code}/report").text


def test_names_with_signs_stay_words(client: FlaskClient, cast: Cast, tag: Tag) -> None:
    send(client, tag.code, name="<script>alert('x')</script>\"", detail="<img src=x onerror=y>")
    [ticket] = tickets()
    sign_in(client, cast.thep)
    for path in (f"/tickets/{ticket.id}", "/tickets", f"/t/{ticket.token}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_report_without_an_item_names_place_and_category(client: FlaskClient, cast: Cast) -> None:
    room = make_room(cast.school, "ห้อง 231")
    data = {
        **GUEST,
        "kind": "advice",
        "category": "network",
        "unit": str(cast.school.id),
        "place": "ห้อง ๒๓๑",
    }
    answer = client.post("/report", data=data)
    [ticket] = tickets()
    assert answer.location == f"/t/{ticket.token}/sent"
    assert (ticket.kind, ticket.category) == (Kind.ADVICE, Category.NETWORK)
    assert (ticket.unit_id, ticket.room_id, ticket.asset_id) == (cast.school.id, room.id, None)


def test_a_report_without_an_item_needs_a_school_and_a_category(
    client: FlaskClient, cast: Cast
) -> None:
    for change in ({"unit": "99999"}, {"category": "nonsense"}, {"unit": ""}, {"category": ""}):
        data = {**GUEST, "category": "network", "unit": str(cast.school.id), **change}
        assert client.post("/report", data=data).status_code == 422, change
    assert tickets() == []
