"""Categories as data: kept by the administrator, asked on the report pages, answered on tickets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from helpdesk.tickets import queue_queries
from helpdesk.tickets.categories import answers, queries, rules, shipped
from helpdesk.tickets.categories.models import CategoryQuestion, TicketAnswer, TicketCategory
from helpdesk.tickets.categories.shipped import Question
from helpdesk.tickets.categories.states import QuestionKind
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Category
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import make_tag

GUEST = {"detail": "เข้าใช้ไม่ได้", "name": "ครูสมมติ", "contact": ""}
CHOICE = Question(
    "c", QuestionKind.CHOICE, "สี", "Colour", (("แดง", "Red"), ("เขียว", "Green")), required=True
)


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def tickets() -> list[Ticket]:
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def ask(client: FlaskClient, cast: Cast, **fields: Any) -> TestResponse:
    first = {**GUEST, "category": "account", "unit": str(cast.school.id), "asked": "account"}
    return client.post("/report", data={**first, **fields})


def test_every_code_in_use_is_shipped_with_both_names() -> None:
    known = {one.code: one for one in shipped.categories()}
    assert set(Category) <= known.keys()
    assert {"software", "website", "advice"} <= known.keys()
    assert all(one.name_th and one.name_en for one in known.values())
    codes = [asked.code for one in known.values() for asked in one.questions]
    assert len(codes) == len(set(codes))
    assert all(len(code) <= 30 for code in codes)


def test_without_a_script_the_questions_are_a_step(client: FlaskClient, cast: Cast) -> None:
    first = ask(client, cast, asked="")
    assert first.status_code == 200
    assert "ชื่อผู้ใช้หรืออีเมล" in first.text
    assert GUEST["detail"] in first.text
    assert tickets() == []
    assert "ชื่อผู้ใช้หรืออีเมล" in client.get("/report/questions?category=account").text


def test_answers_stand_on_the_ticket_and_are_found(client: FlaskClient, cast: Cast) -> None:
    ask(client, cast, q_account_system="2", q_account_name="somsri.k")
    [ticket] = tickets()
    said = db.session.scalars(select(TicketAnswer).order_by(TicketAnswer.id)).all()
    assert [(one.question_th, one.value_th) for one in said] == [
        ("ระบบใด", "My Office"),
        ("ชื่อผู้ใช้หรืออีเมล (ไม่ต้องใส่รหัสผ่าน)", "somsri.k"),
    ]
    thep = viewer_for(cast.thep)
    found = queue_queries.queue(thep, queue_queries.Filters(text="somsri"), 1, 50)
    assert [row.id for row in found] == [ticket.id]
    assert "somsri.k" in client.get(f"/t/{ticket.token}").text
    sign_in(client, cast.thep)
    assert "somsri.k" in client.get(f"/tickets/{ticket.id}").text


def test_a_required_answer_that_is_missing_or_forged_is_refused(
    client: FlaskClient, cast: Cast
) -> None:
    for wrong in (
        {},
        {"q_account_system": "99", "q_account_name": "x"},
        {"q_account_system": "-1", "q_account_name": "x"},
        {"q_account_system": "0", "q_account_name": "x" * 401},
    ):
        answer = ask(client, cast, **wrong)
        assert answer.status_code == 422, wrong
        assert GUEST["detail"] in answer.text
    assert tickets() == []


def test_the_page_of_an_item_asks_what_its_category_asks(client: FlaskClient, cast: Cast) -> None:
    tag = make_tag(make_asset(cast.school, class_id=make_class(icon="printer").id))
    page = client.get(f"/q/{tag.code}/report").text
    assert "เครื่องอื่นสั่งพิมพ์ได้หรือไม่" in page
    data = {**GUEST, "asked": "printer", "q_printer_others": "no"}
    client.post(f"/q/{tag.code}/report", data=data)
    [said] = db.session.scalars(select(TicketAnswer)).all()
    assert (said.value_th, said.value_en) == ("ไม่ใช่", "No")


def test_the_administrator_makes_the_list_the_offices_own(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    assert "ประเภทเรื่องที่แจ้ง" in client.get("/categories").text
    client.post("/categories/new", data={"name_th": "กล้องวงจรปิด", "name_en": "CCTV"})
    made = db.session.scalars(select(TicketCategory).order_by(TicketCategory.id.desc())).first()
    assert made is not None
    assert len(queries.known()) == len(shipped.categories()) + 1
    fields = {"text_th": "กล้องตัวที่เท่าใด", "kind": "number", "required": "y"}
    assert client.post(f"/categories/{made.code}/questions/new", data=fields).status_code == 302
    assert "กล้องตัวที่เท่าใด" in client.get(f"/report/questions?category={made.code}").text
    question = db.session.scalars(
        select(CategoryQuestion).where(CategoryQuestion.category_id == made.id)
    ).one()
    client.post(f"/categories/{made.code}/questions/{question.code}/retire")
    assert "กล้องตัวที่เท่าใด" not in client.get(f"/report/questions?category={made.code}").text
    client.post(f"/categories/{made.code}/retire")
    assert "กล้องวงจรปิด" not in client.get("/report").text
    assert "กล้องวงจรปิด" in client.get("/categories").text


def test_a_shipped_question_is_reworded_and_old_answers_stay(
    client: FlaskClient, cast: Cast
) -> None:
    ask(client, cast, q_account_system="0", q_account_name="somsri")
    sign_in(client, cast.admin)
    data = {"text_th": "อีเมลของท่าน", "kind": "text", "required": "y", "version": "1"}
    path = "/categories/account/questions/account_name/edit"
    assert client.post(path, data=data).status_code == 302
    assert client.post(path, data=data).status_code == 409
    said = db.session.scalars(select(TicketAnswer.question_th)).all()
    assert "ชื่อผู้ใช้หรืออีเมล (ไม่ต้องใส่รหัสผ่าน)" in said
    assert "อีเมลของท่าน" in client.get("/report/questions?category=account").text


def test_bad_input_of_the_administrator_is_refused(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    wrong = {
        "/categories/new": [{"name_th": ""}, {"name_th": "คอมพิวเตอร์"}, {"name_th": "ก" * 121}],
        "/categories/account/questions/new": [
            {"text_th": "ก", "kind": "choice", "choices": "อย่างเดียว"},
            {"text_th": "ก", "kind": "nonsense"},
            {"text_th": "", "kind": "text"},
        ],
    }
    taken = [
        (path, data)
        for path, cases in wrong.items()
        for data in cases
        if client.post(path, data=data).status_code != 422
    ]
    assert taken == []
    for path in ("/categories/none", "/categories/none/edit", "/categories/x/questions/y/edit"):
        assert client.get(path).status_code == 404


def test_only_the_administrator_keeps_the_list(client: FlaskClient, cast: Cast) -> None:
    wrong = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        found = client.get("/categories").status_code
        if found != (200 if role == "admin" else 403):
            wrong[role] = found
    assert wrong == {}


def test_the_last_category_stays(cast: Cast) -> None:
    admin = viewer_for(cast.admin)
    with work():
        rules.adopt(by=admin)
        for row in queries.rows()[1:]:
            rules.retire(row, by=admin)
    with pytest.raises(Refusal), work():
        rules.retire(queries.rows()[0], by=admin)


def test_the_list_of_categories_is_read_by_a_page_once_a_minute(
    client: FlaskClient, cast: Cast
) -> None:
    page = client.get("/report?category=network").text
    assert re.search(r'name="q_network_kind"', page)


@given(st.text(max_size=40))
def test_any_number_is_a_number_or_refused(typed: str) -> None:
    question = Question("n", QuestionKind.NUMBER, "กี่คน", "How many")
    try:
        found = answers.read([question], {"n": typed})
    except Refusal:
        return
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", one.value_th) for one in found)


@given(st.text(max_size=12))
def test_any_choice_is_one_of_them_or_refused(typed: str) -> None:
    try:
        [found] = answers.read([CHOICE], {"c": typed})
    except Refusal:
        return
    assert (found.value_th, found.value_en) in CHOICE.choices
