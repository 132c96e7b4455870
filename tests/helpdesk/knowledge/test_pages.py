"""The pages of knowledge: who opens what, reading, writing, judging."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpdesk.knowledge.models import Article, ArticleImage, ArticleVote
from helpdesk.knowledge.states import Audience, State
from kernel.db import db
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.knowledge import make_article
from tests.factories.office import sign_in
from tests.factories.pictures import picture

WRITERS = {Role.TECHNICIAN, Role.ADMIN}
INTERNAL = WRITERS | {Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR}
TYPED = {
    "title_th": "คีย์บอร์ดพิมพ์ไม่ออก",
    "body_th": "ถอดสายแล้วเสียบใหม่",
    "class_id": "0",
    "product_model_id": "0",
    "audience": "public",
}


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def test_who_reads_writes_and_loads(client: FlaskClient, cast: Cast) -> None:
    internal, draft = make_article(audience=Audience.STAFF), make_article(published=False)
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        reads = 200 if role in INTERNAL else 404
        writes = 200 if role in WRITERS else 404
        opens = 200 if role in WRITERS else 403
        got = [
            client.get(f"/knowledge/{internal.id}").status_code,
            client.get(f"/knowledge/{draft.id}").status_code,
            client.get("/knowledge/new").status_code,
            client.get(f"/knowledge/{draft.id}/versions/1").status_code,
            client.post("/knowledge/starters").status_code,
        ]
        loads = 302 if role == Role.ADMIN else 403
        if got != [reads, writes, opens, opens, loads]:
            wrong.append((role, got))
    assert wrong == []


def test_a_guest_reads_public_articles_and_is_asked_to_sign_in_for_writing(
    client: FlaskClient, cast: Cast
) -> None:
    public, internal = make_article(), make_article(audience=Audience.STAFF)
    assert client.get(f"/knowledge/{public.id}").status_code == 200
    assert client.get(f"/knowledge/{internal.id}").status_code == 404
    listed = client.get("/knowledge").text
    assert f"/knowledge/{public.id}" in listed
    assert f"/knowledge/{internal.id}" not in listed
    assert client.get("/knowledge/new").status_code == 302


def test_an_article_is_read_in_thai_and_in_english(client: FlaskClient, cast: Cast) -> None:
    article = make_article()
    thai = client.get(f"/knowledge/{article.id}").text
    assert "ปิดเครื่อง แล้วดึงกระดาษช้า ๆ" in thai
    assert "แก้ได้แล้ว" in thai
    client.set_cookie("language", "en")
    english = client.get(f"/knowledge/{article.id}").text
    assert "Switch it off, then pull slowly." in english
    assert "Yes, this solved it" in english


def test_a_browser_votes_once_however_often_it_is_tapped(client: FlaskClient, cast: Cast) -> None:
    article = make_article()
    for _tap in range(3):
        assert client.post(f"/knowledge/{article.id}/helped").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(ArticleVote)) == 1
    assert db.session.get_one(Article, article.id).helped == 1
    # After "helped" the page says so and asks no more.
    assert f"/knowledge/{article.id}/helped" not in client.get(f"/knowledge/{article.id}").text


def test_what_was_missing_reaches_the_writers_and_no_other_reader(
    client: FlaskClient, cast: Cast
) -> None:
    article = make_article()
    client.post(f"/knowledge/{article.id}/not-helped", data={"remark": "ไม่มีรูป"})
    assert "ไม่มีรูป" not in client.get(f"/knowledge/{article.id}").text
    too_long = client.post(f"/knowledge/{article.id}/not-helped", data={"remark": "ก" * 401})
    assert too_long.status_code == 422
    sign_in(client, cast.thep)
    assert "ไม่มีรูป" in client.get(f"/knowledge/{article.id}").text


def test_writing_publishing_and_editing_an_article(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    here = client.post("/knowledge/new", data={**TYPED, "tags": "แป้นพิมพ์, keyboard"}).location
    article = db.session.scalars(select(Article)).one()
    assert here.endswith(f"/knowledge/{article.id}")
    assert article.state == State.DRAFT
    client.post(f"/knowledge/{article.id}/publish", data={"version": article.version})
    db.session.expire_all()
    assert article.state == State.PUBLISHED
    changed = {**TYPED, "body_th": "ลองเสียบช่องอื่น", "version": article.version, "note": "ช่อง USB"}
    assert client.post(f"/knowledge/{article.id}/edit", data=changed).status_code == 302
    stale = client.post(f"/knowledge/{article.id}/edit", data={**changed, "body_th": "อีกคน"})
    assert stale.status_code == 409
    assert "อีกคน" in stale.text
    db.session.expire_all()
    assert article.body_th == "ลองเสียบช่องอื่น"


def test_a_form_sent_twice_makes_one_article(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = {**TYPED, "key": "a-key-that-is-long-enough"}
    first = client.post("/knowledge/new", data=data)
    second = client.post("/knowledge/new", data=data)
    assert first.location == second.location
    assert db.session.scalar(select(func.count()).select_from(Article)) == 1


def test_without_thai_words_nothing_is_saved_and_what_was_typed_is_kept(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.thep)
    answer = client.post("/knowledge/new", data={**TYPED, "title_th": "  "})
    assert answer.status_code == 422
    assert "ถอดสายแล้วเสียบใหม่" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Article)) == 0


def test_a_preview_shows_the_page_and_saves_nothing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = {**TYPED, "body_th": "**หนา** <script>x</script>"}
    for answer in (
        client.post("/knowledge/new", data={**data, "preview": "1"}),
        client.post("/knowledge/preview", data=data),
    ):
        assert answer.status_code == 200
        assert "<strong>หนา</strong>" in answer.text
        assert "<script>x" not in answer.text
    assert db.session.scalar(select(func.count()).select_from(Article)) == 0


def test_pictures_are_cleaned_kept_and_seen_by_readers_only(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.thep)
    data = {**TYPED, "pictures": [(io.BytesIO(picture()), "tray.jpg")]}
    client.post("/knowledge/new", data=data, content_type="multipart/form-data")
    image = db.session.scalars(select(ArticleImage)).one()
    address = f"/knowledge/pictures/{image.id}.jpg"
    assert client.get(address).mimetype == "image/jpeg"
    client.get("/sign-out")
    with client.session_transaction() as session:
        session.clear()
    assert client.get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused_in_words(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = {**TYPED, "pictures": [(io.BytesIO(b"<html>"), "x.html")]}
    answer = client.post("/knowledge/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "x.html" in answer.text


def test_the_list_asks_the_same_however_long_it_is(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    lengths = []
    for _round in range(2):
        for _number in range(4):
            make_article()
        with counted() as asked:
            assert client.get("/knowledge").status_code == 200
        lengths.append(len(asked))
    assert lengths[0] == lengths[1] <= 6
    with counted() as asked:
        client.get("/knowledge/1")
    assert len(asked) <= 8


@pytest.mark.parametrize("query", ["q=%00", "page=99999", "class=999999999999", "q=" + "ก" * 900])
def test_nonsense_in_the_address_is_no_trouble(client: FlaskClient, cast: Cast, query: str) -> None:
    make_article()
    assert client.get(f"/knowledge?{query}").status_code == 200


def test_an_empty_list_says_what_to_do(client: FlaskClient, cast: Cast) -> None:
    client.set_cookie("language", "en")
    assert "Nothing is written down yet." in client.get("/knowledge").text
    make_article()
    assert re.search("No article fits", client.get("/knowledge?q=zzzz").text)
