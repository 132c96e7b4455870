"""Printing, claiming and retiring labels on the web, and from the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from assets.labels.models import Tag
from assets.labels.rules import tags as rules
from kernel.db import db
from kernel.work import work
from tests.assets.labels.printed import codes_in
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, sign_in

PAPER = {"layout": "a4-24", "start": "1"}


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def tags() -> int:
    return db.session.scalar(select(func.count()).select_from(Tag)) or 0


def blank() -> str:
    with work():
        return rules.print_blanks(1, by=TESTER)[0].code


def printed(client: FlaskClient, address: str, **more: str) -> bytes:
    """Make a run and return its PDF."""
    answer = client.post(address, data={**PAPER, **more})
    assert answer.status_code == 302, answer.text
    made = client.get(f"{answer.location}/labels.pdf")
    assert made.mimetype == "application/pdf"
    return made.data


def test_looking_at_the_page_makes_no_tag(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    assert client.get("/labels/sheet").status_code == 200
    assert tags() == 0


def test_the_page_says_when_no_phone_could_open_the_labels(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_asset()
    told = {}
    for host in ("localhost", "0.0.0.0:8000", "[::1]", "helpdesk.example.test", "192.0.2.7"):
        settings = replace(client.application.extensions["settings"], base_url=f"http://{host}")
        monkeypatch.setitem(client.application.extensions, "settings", settings)
        told[host] = "โทรศัพท์ยังเปิดป้ายเหล่านี้ไม่ได้" in client.get("/labels/sheet").text
    assert list(told.values()) == [True, True, True, False, False]


def test_the_sheet_holds_a_code_for_every_item(cast: Cast, client: FlaskClient) -> None:
    assets = [make_asset() for _unused in range(3)]
    data = printed(client, "/labels/sheet")
    made = db.session.scalars(select(Tag.code).order_by(Tag.asset_id)).all()
    assert len(made) == len(assets)
    assert codes_in(data) == {f"HTTP://LOCALHOST/Q/{code}" for code in made}


def test_only_the_chosen_items_are_printed(cast: Cast, client: FlaskClient) -> None:
    wanted, _other = make_asset(), make_asset()
    client.post(f"/labels/sheet?item={wanted.id}", data=PAPER)
    assert db.session.scalars(select(Tag.asset_id)).all() == [wanted.id]


def test_the_filters_of_the_list_choose_the_items(cast: Cast, client: FlaskClient) -> None:
    make_asset(name="เก้าอี้")
    wanted = make_asset(name="เครื่องฉายภาพ")
    client.post("/labels/sheet?q=ฉายภาพ", data=PAPER)
    assert db.session.scalars(select(Tag.asset_id)).all() == [wanted.id]


@pytest.mark.parametrize(
    "wrong",
    [{"start": "25"}, {"start": "0"}, {"printer": "99"}, {"layout": "a3"}],
)
def test_paper_that_cannot_be_is_refused(
    wrong: dict[str, str], cast: Cast, client: FlaskClient
) -> None:
    make_asset()
    answer = client.post("/labels/sheet", data={**PAPER, **wrong})
    assert answer.status_code == 422
    assert tags() == 0


def test_no_items_no_sheet(cast: Cast, client: FlaskClient) -> None:
    answer = client.post("/labels/sheet?item=999", data=PAPER)
    assert answer.mimetype == "text/html"
    assert "ไม่มีรายการให้พิมพ์ป้าย" in answer.text


def test_blank_labels_belong_to_no_item(cast: Cast, client: FlaskClient) -> None:
    assert len(codes_in(printed(client, "/labels/blanks", count="5"))) == 5
    assert db.session.scalars(select(Tag.asset_id)).all() == [None] * 5


def test_too_many_blank_labels_are_refused(cast: Cast, client: FlaskClient) -> None:
    answer = client.post("/labels/blanks", data={**PAPER, "count": "1001"})
    assert answer.status_code == 422
    assert tags() == 0


def test_a_blank_label_is_claimed_for_the_item_that_is_found(
    cast: Cast, client: FlaskClient
) -> None:
    asset, code = make_asset(), blank()
    assert asset.asset_no
    found = client.get(f"/labels/claim/{code}", query_string={"q": asset.asset_no})
    assert asset.name in found.text
    answer = client.post(f"/labels/claim/{code}", data={"asset_id": str(asset.id)})
    assert answer.location == f"/items/{asset.id}"
    assert db.session.scalars(select(Tag.asset_id)).one() == asset.id


def test_an_item_is_found_by_a_word_too(cast: Cast, client: FlaskClient) -> None:
    make_asset(name="เครื่องฉายภาพ")
    assert "เครื่องฉายภาพ" in client.get(f"/labels/claim/{blank()}?q=ฉายภาพ").text


def test_a_claimed_label_cannot_be_claimed_for_another_item(
    cast: Cast, client: FlaskClient
) -> None:
    code = blank()
    first, second = make_asset(), make_asset()
    client.post(f"/labels/claim/{code}", data={"asset_id": str(first.id)})
    answer = client.post(f"/labels/claim/{code}", data={"asset_id": str(second.id)})
    assert answer.status_code == 422
    assert "ป้ายนี้เป็นของรายการอื่นอยู่แล้ว" in answer.text


def test_a_code_that_is_not_ours_has_no_page(cast: Cast, client: FlaskClient) -> None:
    assert client.get("/labels/claim/WHATEVER").status_code == 404


def test_a_label_is_retired_on_the_page_of_its_item(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    client.post(f"/labels/sheet?item={asset.id}", data=PAPER)
    made = db.session.scalars(select(Tag)).one()
    assert made.code in client.get(f"/labels/items/{asset.id}").text
    client.post(f"/labels/tags/{made.id}/retire")
    assert db.session.scalars(select(Tag.retired_at)).one() is not None
    assert "เลิกใช้แล้ว" in client.get(f"/labels/items/{asset.id}").text


def test_the_item_page_leads_to_its_label(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    assert f"/labels/sheet?item={asset.id}" in client.get(f"/items/{asset.id}").text


@pytest.mark.parametrize(("language", "words"), [("th", "พิมพ์ป้าย"), ("en", "Print labels")])
def test_the_page_speaks_both_languages(
    language: str, words: str, cast: Cast, client: FlaskClient
) -> None:
    with work():
        db.session.merge(cast.sri).language = language
    make_asset()
    assert words in client.get("/labels/sheet").text


def test_the_command_writes_a_sheet(app: Flask, tmp_path: Path) -> None:
    for _unused in range(3):
        make_asset()
    out = tmp_path / "labels.pdf"
    result = app.test_cli_runner().invoke(
        args=["labels", "sheet", "--limit", "2", "--layout", "single-50x30", "--out", str(out)]
    )
    assert result.exit_code == 0
    assert len(codes_in(out.read_bytes())) == tags() == 2
