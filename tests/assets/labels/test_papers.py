"""Papers of the office's own, and printers that are fitted to them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.labels.models import (
    LabelLayout,
    LabelPrinter,
    PrintRunLine,
)
from kernel.db import db
from office.people.access import Role
from tests.assets.labels.printed import codes_in
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in

PAPER = {"layout": "a4-24", "start": "1"}
SHEET = {
    "name": "แผ่นของเรา",
    "kind": "sheet",
    "page_width": "210",
    "page_height": "297",
    "margin_left": "0",
    "margin_top": "0,5",
    "columns": "3",
    "rows": "๘",
    "label_width": "70",
    "label_height": "37",
    "gap_x": "0",
    "gap_y": "0",
    "padding": "4",
    "qr": "27",
    "font": "10.5",
    "lines": ["name", "number", "code"],
}


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def test_an_own_paper_is_kept_and_printed_on(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    assert client.post("/labels/layouts/new", data=SHEET).status_code == 302
    row = db.session.scalars(select(LabelLayout)).one()
    assert (row.margin_top, row.rows) == (0.5, 8)
    made = client.post("/labels/sheet", data={**PAPER, "layout": f"own-{row.id}"})
    assert len(codes_in(client.get(f"{made.location}/labels.pdf").data)) == 1


def test_showing_a_paper_keeps_nothing(cast: Cast, client: FlaskClient) -> None:
    answer = client.post("/labels/layouts/new", data={**SHEET, "show": "1"})
    assert "/labels/layouts/drawing.svg?" in answer.text
    assert db.session.scalars(select(LabelLayout)).all() == []


def test_the_drawing_comes_from_the_server(cast: Cast, client: FlaskClient) -> None:
    answer = client.get("/labels/layouts/drawing.svg", query_string=SHEET)
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")
    unnamed = client.get("/labels/layouts/drawing.svg", query_string={**SHEET, "name": ""})
    assert unnamed.status_code == 200
    wrong = client.get("/labels/layouts/drawing.svg", query_string={**SHEET, "columns": "9"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("wrong", "words"), [({"columns": "4"}, "เกินไป 70 มม."), ({"qr": "6"}, "0.30 มม.")]
)
def test_a_paper_that_cannot_be_says_why_in_millimetres(
    wrong: dict[str, str], words: str, cast: Cast, client: FlaskClient
) -> None:
    answer = client.post("/labels/layouts/new", data={**SHEET, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalars(select(LabelLayout)).all() == []


def test_an_old_version_of_a_paper_is_not_saved(cast: Cast, client: FlaskClient) -> None:
    client.post("/labels/layouts/new", data=SHEET)
    number = db.session.scalars(select(LabelLayout.id)).one()
    changed = {**SHEET, "version": "1", "name": "ใหม่"}
    assert client.post(f"/labels/layouts/{number}", data=changed).status_code == 302
    assert client.post(f"/labels/layouts/{number}", data=changed).status_code == 409


def test_what_was_measured_fits_the_printer(cast: Cast, client: FlaskClient) -> None:
    client.post("/labels/printers", data={"name": "เลเซอร์", "kind": "sheet"})
    number = db.session.scalars(select(LabelPrinter.id)).one()
    measured = {"length_width": "101", "length_height": "100", "version": "1"}
    marks = {"mark_width": "20.2", "mark_height": "21"}
    client.post(f"/labels/printers/{number}", data={**measured, **marks})
    db.session.rollback()
    row = db.session.get_one(LabelPrinter, number)
    assert (row.scale_x, row.scale_y, row.offset_x, row.offset_y) == (9901, 10_000, 0, -10)
    far_off = {**measured, **marks, "length_width": "150", "version": "2"}
    assert client.post(f"/labels/printers/{number}", data=far_off).status_code == 422
    for address in ("test.pdf", "test.pdf?layout=a4-24"):
        answer = client.get(f"/labels/printers/{number}/{address}")
        assert answer.data.startswith(b"%PDF")


def test_a_tape_printer_takes_no_sheets(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    client.post("/labels/printers", data={"name": "เทป", "kind": "tape"})
    number = db.session.scalars(select(LabelPrinter.id)).one()
    answer = client.post("/labels/sheet", data={**PAPER, "printer": str(number)})
    assert answer.status_code == 422
    assert db.session.scalars(select(PrintRunLine)).all() == []


@pytest.mark.parametrize("kind", ["layouts", "printers"])
def test_a_school_does_not_change_what_the_office_arranged(
    kind: str, cast: Cast, client: FlaskClient
) -> None:
    client.post("/labels/layouts/new", data=SHEET)
    client.post("/labels/printers", data={"name": "เลเซอร์", "kind": "sheet"})
    table = LabelLayout if kind == "layouts" else LabelPrinter
    number = db.session.scalars(select(table.id)).one()
    sign_in(client, make_person(Role.STOREKEEPER, over=cast.school, unit=cast.school))
    assert client.get(f"/labels/{kind}/{number}").status_code == 403
    assert client.post(f"/labels/{kind}/{number}/drop").status_code == 403
