"""A resolved ticket becomes an article in two clicks, without the people behind it."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.knowledge.models import Article
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome, State
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import make_symptom, make_ticket

DONE = "เปลี่ยนสายไฟให้ครูมาลีแล้ว โทรแจ้ง 081-234-5678 มาลี ตัวอย่าง รับทราบ"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def resolved(cast: Cast) -> Ticket:
    printer = make_asset(cast.school, class_id=make_class(icon="printer").id)
    ticket = make_ticket(
        printer,
        by=viewer_for(cast.malee),
        detail="จอไม่ติด ติดต่อ malee@school.example.test",
        symptoms=[make_symptom()],
    )
    with work():
        found = db.session.get_one(Ticket, ticket.id)
        rules.take(found, by=viewer_for(cast.thep))
        said = rules.Result(Outcome.FIXED, Cause.HARDWARE, DONE)
        rules.resolve(found, said, by=viewer_for(cast.thep))
    return ticket


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return html.unescape(found[1] if found else area[1] if area else "")


def test_two_clicks_make_a_draft_without_names_and_numbers(client: FlaskClient, cast: Cast) -> None:
    ticket = resolved(cast)
    sign_in(client, cast.thep)
    assert f'href="/tickets/{ticket.id}/article"' in client.get(f"/tickets/{ticket.id}").text
    page = client.get(f"/tickets/{ticket.id}/article").text
    body = value_of(page, "body_th")
    assert "เปลี่ยนสายไฟ" in body
    for secret in ("มาลี", "081-234-5678", "malee@school.example.test"):
        assert secret not in body
        assert secret in page, "the writer is shown what was taken out"
    typed = {name: value_of(page, name) for name in ("title_th", "tags", "ticket", "key")}
    chosen = re.search(r'<option selected value="(\d+)">7440', page)
    assert chosen
    data = {**typed, "body_th": body, "class_id": chosen[1], "product_model_id": "0"}
    assert client.post("/knowledge/new", data={**data, "audience": "public"}).status_code == 302
    article = db.session.scalars(select(Article)).one()
    assert article.ticket_id == ticket.id
    assert article.class_id is not None
    assert "เปิดไม่ติด" in article.tags


def test_an_open_ticket_makes_no_article(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(
        unit=cast.school, state=State.IN_PROGRESS, technician=viewer_for(cast.thep)
    )
    sign_in(client, cast.thep)
    assert client.get(f"/tickets/{ticket.id}/article").status_code == 422
    assert "/article" not in client.get(f"/tickets/{ticket.id}").text


def test_who_may_not_write_or_see_gets_nothing(client: FlaskClient, cast: Cast) -> None:
    ticket = resolved(cast)
    sign_in(client, cast.kanda)
    assert client.get(f"/tickets/{ticket.id}/article").status_code == 403
    assert "/article" not in client.get(f"/tickets/{ticket.id}").text
