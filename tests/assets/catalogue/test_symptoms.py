"""The symptoms of all classes on one page: shown, added, renamed everywhere, retired."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.catalogue.models import Symptom
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.factories.assets import make_class
from tests.factories.counting import counted
from tests.factories.office import sign_in
from tests.factories.tickets import make_symptom

HERE = "/catalogue/symptoms"


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.admin)
    return people


def words() -> list[tuple[str, bool]]:
    db.session.expire_all()
    rows = db.session.scalars(select(Symptom).order_by(Symptom.id))
    return [(one.text_th, one.retired) for one in rows]


def test_a_symptom_stands_once_with_every_class_that_offers_it(
    cast: Cast, client: FlaskClient
) -> None:
    assert client.get(HERE).status_code == 200
    for name in ("โน้ตบุ๊ก", "จอภาพ"):
        make_symptom(make_class(name_th=name).id, text_th="เปิดไม่ติด", text_en="Dead")
    page = client.get(HERE).text
    assert page.count("เปิดไม่ติด") == 1
    assert "โน้ตบุ๊ก" in page
    assert "จอภาพ" in page


def test_a_symptom_is_renamed_in_every_class(cast: Cast, client: FlaskClient) -> None:
    first = make_symptom(make_class().id, text_th="เปิดไม่ติด", text_en="Dead")
    make_symptom(make_class().id, text_th="เปิดไม่ติด", text_en="Dead")
    sent = {"text_th": "เปิดเครื่องไม่ได้", "text_en": "Does not start", "was": "เปิดไม่ติด"}
    assert client.post(f"{HERE}/{first.id}/edit", data=sent).status_code == 302
    assert words() == [("เปิดเครื่องไม่ได้", False)] * 2
    late = {**sent, "text_th": "อื่น"}
    assert client.post(f"{HERE}/{first.id}/edit", data=late).status_code == 409


def test_words_that_stand_beside_it_are_refused(cast: Cast, client: FlaskClient) -> None:
    of_class = make_class().id
    make_symptom(of_class, text_th="ร้อน", text_en="Hot")
    one = make_symptom(of_class, text_th="ช้า", text_en="Slow")
    sent = {"text_th": "ร้อน", "text_en": "", "was": "ช้า"}
    assert client.post(f"{HERE}/{one.id}/edit", data=sent).status_code == 422
    make_symptom(None, text_th="อื่นๆ", text_en="Other")
    assert client.post(f"{HERE}/new", data={"text_th": "อื่นๆ"}).status_code == 422


def test_a_symptom_is_retired_and_offered_again(cast: Cast, client: FlaskClient) -> None:
    one = make_symptom(make_class().id, text_th="ช้า", text_en="Slow")
    client.post(f"{HERE}/{one.id}/retire")
    assert words() == [("ช้า", True)]
    client.post(f"{HERE}/{one.id}/reopen")
    assert words() == [("ช้า", False)]


def test_a_new_symptom_is_offered_for_everything(cast: Cast, client: FlaskClient) -> None:
    client.post(f"{HERE}/new", data={"text_th": "มีกลิ่นไหม้", "text_en": "Smells burnt"})
    assert db.session.scalars(select(Symptom.class_id)).all() == [None]
    assert "มีกลิ่นไหม้" in client.get(HERE).text


def test_a_coordinator_reads_and_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    one = make_symptom(None, text_th="ช้า", text_en="Slow")
    sign_in(client, cast.kanda)
    assert f"{one.id}/edit" not in client.get(HERE).text
    assert client.post(f"{HERE}/{one.id}/retire").status_code == 403


def test_many_symptoms_cost_as_much_as_few(cast: Cast, client: FlaskClient) -> None:
    make_symptom(make_class().id)
    client.get(HERE)
    with counted() as few:
        client.get(HERE)
    for _unused in range(5):
        make_symptom(make_class().id)
    with counted() as many:
        client.get(HERE)
    assert len(few) == len(many) <= 8
