"""Known items in a file: before and after of every field, ticks, and items changed meanwhile."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.models import Asset, ImportRow, RegisterImport
from assets.register.rules import holds, items
from assets.register.states import Condition, HoldKind
from kernel.db import db
from tests.assets.register.test_import_undo import undo
from tests.assets.register.workbooks import decide, number_of, upload, xlsx
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, in_work, sign_in

HEAD = ("เลขครุภัณฑ์", "รายการ", "ยี่ห้อ", "รุ่น", "วันที่ได้มา", "ราคา")
ROW = ("7440-001-0001", "โน้ตบุ๊ก", "Acer", "A514", "1 ต.ค. 2565", 22000)


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def known(cast: Cast, **fields: object) -> Asset:
    values = {"asset_no": ROW[0], "name": ROW[1], "serial_no": "", "brand": "Dell", **fields}
    return make_asset(cast.office, **values)


def sent(cast: Cast, client: FlaskClient) -> int:
    return number_of(upload(client, cast.office.id, xlsx(ROW, head=HEAD)))


def row_of(number: int) -> ImportRow:
    db.session.expire_all()
    query = select(ImportRow).where(ImportRow.import_id == number, ImportRow.row == 2)
    return db.session.scalars(query).one()


def asset() -> Asset:
    db.session.expire_all()
    return db.session.scalars(select(Asset)).one()


def test_blanks_are_filled_and_what_differs_waits(cast: Cast, client: FlaskClient) -> None:
    known(cast)
    decide(client, sent(cast, client))
    assert (asset().brand, asset().model, asset().price) == ("Dell", "A514", 22000)


def test_the_preview_shows_before_and_after_of_every_field(cast: Cast, client: FlaskClient) -> None:
    known(cast, acquired_on=None)
    page = client.get(f"/register/imports/{sent(cast, client)}?outcome=differs").text
    assert re.search(r"Dell.*<strong>Acer</strong>", page, re.DOTALL)
    assert "<strong>1 ต.ค. 2565</strong>" in page
    assert re.search(r'value="model" checked form="decide"', page)
    assert re.search(r'value="brand" form="decide"', page)


def test_a_ticked_field_is_taken_and_an_unticked_blank_is_not(
    cast: Cast, client: FlaskClient
) -> None:
    known(cast)
    number = sent(cast, client)
    row = str(row_of(number).id)
    decide(client, number, **{"row": row, f"take-{row}": "brand"})
    assert (asset().brand, asset().model) == ("Acer", "")


def test_ticks_are_kept_without_writing_anything(cast: Cast, client: FlaskClient) -> None:
    known(cast)
    number = sent(cast, client)
    row = str(row_of(number).id)
    decide(client, number, "ticks", **{"row": row, f"take-{row}": "brand"})
    assert row_of(number).taken == ["brand"]
    assert asset().brand == "Dell"


def test_room_condition_and_note_are_compared_taken_and_given_back(
    cast: Cast, client: FlaskClient
) -> None:
    head = (*HEAD[:2], "ห้อง", "สภาพ", "หมายเหตุ")
    first = known(cast, room_id=None)
    for room, condition, counted in (("ห้อง 1", "ดี", (1, 0)), ("ห้อง  2", "ชำรุด", (1, 1))):
        file = xlsx((*ROW[:2], room, condition, "ตามบัญชีใหม่"), head=head)
        number = number_of(upload(client, cast.office.id, file))
        counts = db.session.get_one(RegisterImport, number).counts
        assert (counts["changed"], counts["differs"]) == counted
        decide(client, number, "ticks", every="all")
        decide(client, number)
        room_of = asset().room
        assert (room_of and room_of.name, asset().note) == (room.replace("  ", " "), "ตามบัญชีใหม่")
        again = number_of(upload(client, cast.office.id, file))
        assert db.session.get_one(RegisterImport, again).counts["match"] == 1
        nothing = client.get(f"/register/imports/{again}").text
        assert "ไม่มีข้อมูลใหม่ที่ต้องบันทึก" in nothing
    assert asset().condition == Condition.DAMAGED
    undo(client, number)
    room_of = asset().room
    assert (room_of and room_of.name, asset().condition) == ("ห้อง 1", Condition.GOOD)
    assert first.id == asset().id


@pytest.mark.parametrize(
    ("button", "brand", "model"),
    [
        ({"every": "all"}, "Acer", "A514"),
        ({"every": "rule"}, "Dell", "A514"),
        ({"one": "ROW:all"}, "Acer", "A514"),
        ({"one": "ROW:none"}, "Dell", ""),
    ],
)
def test_whole_rows_are_taken_or_left_by_one_button(
    button: dict[str, str], brand: str, model: str, cast: Cast, client: FlaskClient
) -> None:
    known(cast)
    number = sent(cast, client)
    row = str(row_of(number).id)
    decide(client, number, "ticks", **{k: v.replace("ROW", row) for k, v in button.items()})
    decide(client, number)
    assert (asset().brand, asset().model) == (brand, model)


def test_a_field_that_the_file_does_not_change_cannot_be_ticked_in(
    cast: Cast, client: FlaskClient
) -> None:
    known(cast)
    number = sent(cast, client)
    row = str(row_of(number).id)
    decide(client, number, "ticks", **{"row": row, f"take-{row}": "owner_unit_id"})
    assert row_of(number).taken == []


def test_ticks_for_a_row_of_another_import_change_nothing(cast: Cast, client: FlaskClient) -> None:
    known(cast)
    mine, other = sent(cast, client), sent(cast, client)
    foreign = str(row_of(other).id)
    decide(client, mine, "ticks", **{"row": foreign, f"take-{foreign}": "brand"})
    assert row_of(other).taken is None


def test_an_item_changed_after_the_preview_is_left_with_a_reason(
    cast: Cast, client: FlaskClient
) -> None:
    item = known(cast)
    number = sent(cast, client)
    with in_work():
        items.edit(db.session.get_one(Asset, item.id), {"note": "ซ่อมแล้ว"}, by=TESTER)
    decide(client, number)
    assert (row_of(number).outcome, row_of(number).reason) == ("refused", "changed_meanwhile")
    assert asset().model == ""
    assert "มีผู้แก้ไขรายการนี้" in client.get(f"/register/imports/{number}?outcome=refused").text


def test_rows_that_only_fill_blanks_are_told_apart(cast: Cast, client: FlaskClient) -> None:
    known(cast, brand="")
    number = sent(cast, client)
    fills, differs = (
        client.get(f"/register/imports/{number}?outcome={name}").text.split('id="rows"')[1]
        for name in ("fills", "differs")
    )
    assert ("Acer" in fills, "Acer" in differs) == (True, False)
    counts = db.session.get_one(RegisterImport, number).counts
    assert (counts["changed"], counts["differs"]) == (1, 0)


def test_an_item_on_its_way_refuses_its_row_and_not_the_file(
    cast: Cast, client: FlaskClient
) -> None:
    item = known(cast)
    number = sent_with_person(cast, client)
    with in_work():
        holds.hold(db.session.get_one(Asset, item.id), HoldKind.TRANSIT, "ย.1/2569")
    decide(client, number)
    record = db.session.get_one(RegisterImport, number)
    assert record.state == "applied"


def sent_with_person(cast: Cast, client: FlaskClient) -> int:
    head, row = (*HEAD, "ผู้รับผิดชอบ"), (*ROW, "สมหญิง ตัวอย่าง")
    return number_of(upload(client, cast.office.id, xlsx(row, head=head)))
