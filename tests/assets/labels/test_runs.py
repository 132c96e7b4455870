"""Print runs, papers and printers on the web: kept, repeated, fitted, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from assets.labels.models import (
    LabelLayout,
    LabelPrinter,
    PrintRun,
    PrintRunLine,
    Tag,
    TagMove,
)
from assets.labels.states import Reason
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import AuditEntry
from office.people.access import Role
from tests.assets.labels.printed import codes_in
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_person, make_room, make_unit, sign_in

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


def the_run() -> PrintRun:
    db.session.rollback()
    return db.session.scalars(select(PrintRun).order_by(PrintRun.id.desc()).limit(1)).one()


def code_of(asset_id: int) -> str:
    db.session.rollback()
    return db.session.scalars(
        select(Tag.code).where(Tag.asset_id == asset_id, Tag.retired_at.is_(None))
    ).one()


def test_a_run_tells_who_printed_what_on_which_paper(cast: Cast, client: FlaskClient) -> None:
    assets = [make_asset() for _unused in range(2)]
    page = client.get(client.post("/labels/sheet", data=PAPER).location).text
    run = the_run()
    assert (run.by_id, run.count, run.layout.key) == (cast.sri.id, 2, "a4-24")
    assert "ศรี ตัวอย่าง" in page
    assert all(str(asset.asset_no) in page for asset in assets)
    assert "ศรี ตัวอย่าง" in client.get("/labels/runs").text


def test_chosen_items_are_printed_from_a_lists_ticks(cast: Cast, client: FlaskClient) -> None:
    one, _two, three = (make_asset() for _unused in range(3))
    ticks = {"item": [str(one.id), str(three.id)]}
    shown = client.post("/labels/print", data=ticks)
    assert shown.status_code == 200
    assert f'name="item" value="{three.id}"' in shown.text
    assert client.post("/labels/print", data={**ticks, **PAPER}).status_code == 302
    assert set(db.session.scalars(select(Tag.asset_id))) == {one.id, three.id}


def test_the_same_key_makes_one_run(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    sent = {**PAPER, "key": "a-key-of-sixteen-or-more", "renew": "y", "reason": "replaced"}
    first = client.post("/labels/sheet", data=sent)
    assert client.post("/labels/sheet", data=sent).location == first.location
    assert db.session.scalar(select(func.count()).select_from(PrintRun)) == 1


def test_a_run_printed_again_is_a_run_of_its_own_without_ended_labels(
    cast: Cast, client: FlaskClient
) -> None:
    assets = [make_asset() for _unused in range(2)]
    client.post("/labels/sheet", data=PAPER)
    first = the_run()
    with work():
        db.session.scalars(
            select(Tag).where(Tag.asset_id == assets[0].id)
        ).one().retired_at = first.at
    answer = client.post(f"/labels/runs/{first.id}/again")
    run = the_run()
    assert (run.again_of_id, run.count) == (first.id, 1)
    data = client.get(f"{answer.location}/labels.pdf").data
    assert codes_in(data) == {f"HTTP://LOCALHOST/Q/{code_of(assets[1].id)}"}


def test_items_without_a_label_are_told_apart(cast: Cast, client: FlaskClient) -> None:
    labelled, bare = make_asset(), make_asset()
    client.post(f"/labels/sheet?item={labelled.id}", data=PAPER)
    client.post("/labels/sheet?unlabelled=1", data=PAPER)
    assert the_run().count == 1
    assert code_of(bare.id)


def test_new_labels_for_a_room_end_the_old_ones(cast: Cast, client: FlaskClient) -> None:
    room = make_room(cast.school)
    asset = make_asset(cast.school, room_id=room.id)
    client.post(f"/labels/sheet?room={room.id}", data=PAPER)
    before = code_of(asset.id)
    renewed = {**PAPER, "renew": "y", "reason": "unreadable"}
    client.post(f"/labels/sheet?room={room.id}", data=renewed)
    assert code_of(asset.id) != before
    old = db.session.scalars(select(Tag).where(Tag.code == before)).one()
    assert old.retired_for == Reason.UNREADABLE


def test_a_run_of_another_unit_is_not_found(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    client.post("/labels/sheet", data=PAPER)
    run = the_run()
    school = make_unit()
    sign_in(client, make_person(Role.STOREKEEPER, over=school, unit=school))
    assert client.get(f"/labels/runs/{run.id}").status_code == 404
    assert client.get(f"/labels/runs/{run.id}/labels.pdf").status_code == 404
    assert client.post(f"/labels/runs/{run.id}/again").status_code == 404


def test_blank_labels_are_a_batch_that_is_used_up(cast: Cast, client: FlaskClient) -> None:
    location = client.post("/labels/blanks", data={**PAPER, "count": "3"}).location
    asset, codes = make_asset(), db.session.scalars(select(Tag.code)).all()
    client.post(f"/labels/claim/{codes[0]}", data={"asset_id": str(asset.id)})
    assert "1 จาก 3" in client.get(location).text
    assert len(codes_in(client.get(f"{location}/labels.pdf").data)) == 2


def test_an_item_with_a_label_needs_a_word_on_it(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset()
    client.post("/labels/sheet", data=PAPER)
    old = code_of(asset.id)
    client.post("/labels/blanks", data={**PAPER, "count": "1"})
    new = db.session.scalars(select(Tag.code).where(Tag.asset_id.is_(None))).one()
    address, chosen = f"/labels/claim/{new}", {"asset_id": str(asset.id)}
    refused = client.post(address, data=chosen)
    assert refused.status_code == 422
    assert old in refused.text
    assert code_of(asset.id) == old
    client.post(address, data={**chosen, "old": "lost"})
    assert code_of(asset.id) == new


def test_a_draft_item_can_have_a_label(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(lifecycle="draft")
    client.post("/labels/blanks", data={**PAPER, "count": "1"})
    code = db.session.scalars(select(Tag.code)).one()
    client.post(f"/labels/claim/{code}", data={"asset_id": str(asset.id)})
    assert code_of(asset.id) == code


def test_a_label_found_on_another_item_is_moved_deliberately(
    cast: Cast, client: FlaskClient
) -> None:
    first, second = make_asset(), make_asset()
    client.post(f"/labels/sheet?item={first.id}", data=PAPER)
    tag = db.session.scalars(select(Tag)).one()
    address, to = f"/labels/tags/{tag.id}/move", {"asset_id": str(second.id)}
    assert client.post(address, data=to).status_code == 422
    client.post(address, data={**to, "reason": "ติดสลับกันตอนย้ายห้อง"})
    assert code_of(second.id) == tag.code
    move = db.session.scalars(select(TagMove)).one()
    assert (move.from_asset_id, move.to_asset_id) == (first.id, second.id)
    assert "ติดสลับกันตอนย้ายห้อง" in client.get(f"/labels/items/{first.id}").text
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.subject_kind == "tag")).all()
    assert "repointed" in acts


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


@pytest.mark.parametrize("page", ["/labels/", "/labels/runs", "/labels/sheet", "/labels/layouts"])
def test_pages_of_labels_ask_no_more_for_more_rows(
    page: str, cast: Cast, client: FlaskClient
) -> None:
    make_asset()
    for _unused in range(4):
        client.post("/labels/sheet", data=PAPER)
    with counted() as asked:
        assert client.get(page).status_code == 200
    assert len(asked) <= 8, asked


@pytest.mark.parametrize(
    "more", [["--blank", "3"], ["--room", "ห้อง 231"], ["--layout", "tape-24", "--limit", "3"]]
)
def test_the_command_prints_what_it_is_told(
    more: list[str], cast: Cast, app: Flask, tmp_path: Path
) -> None:
    room = make_room(cast.school)
    for _unused in range(3):
        make_asset(cast.school, room_id=room.id)
    make_asset()
    out = tmp_path / "labels.pdf"
    result = app.test_cli_runner().invoke(args=["labels", "sheet", "--out", str(out), *more])
    assert result.exit_code == 0, result.output
    assert len(codes_in(out.read_bytes())) == the_run().count == 3


@pytest.mark.parametrize("wrong", [["--layout", "a3"], ["--unit", "none"], ["--printer", "none"]])
def test_the_command_refuses_what_is_not_known(
    wrong: list[str], app: Flask, tmp_path: Path
) -> None:
    out = tmp_path / "labels.pdf"
    result = app.test_cli_runner().invoke(args=["labels", "sheet", "--out", str(out), *wrong])
    assert result.exit_code != 0
    assert not out.exists()
