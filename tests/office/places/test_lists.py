"""Lists of units and of people are looked at first, taken in row by row, and never doubled."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import BASE_DIR
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.models import Person
from office.places import people_list, unit_list
from office.places.models import Unit
from tests.cast import Cast, make_cast
from tests.factories.office import TESTER, sign_in, viewer_for

UNITS = BASE_DIR / "tests" / "data" / "units.csv"


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


def csv(*rows: Any, encoding: Any = "utf-8-sig") -> Any:
    return "\r\n".join(rows).encode(encoding)


def outcomes(plans: Any) -> Any:
    return [(row.number, row.outcome) for row in plans]


def take_units(data: Any) -> Any:
    with work():
        plans = unit_list.plan(unit_list.read(data))
        unit_list.apply(plans, by=TESTER)
    return plans


def units() -> Any:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Unit))


def test_the_unit_list_of_an_office_makes_the_whole_tree(app: Flask) -> None:
    plans = take_units(UNITS.read_bytes())

    assert {row.outcome for row in plans} == {"new"}
    assert units() == len(plans) == 31
    parents = db.session.scalars(select(Unit.parent_id).distinct()).all()
    assert len(parents) == 2


def test_taken_in_again_it_changes_nothing(app: Flask) -> None:
    take_units(UNITS.read_bytes())
    plans = take_units(UNITS.read_bytes())

    assert {row.outcome for row in plans} == {"match"}
    assert units() == 31


def test_looking_writes_nothing(app: Flask) -> None:
    unit_list.plan(unit_list.read(UNITS.read_bytes()))

    assert units() == 0


def test_parents_may_stand_below_their_children(app: Flask) -> None:
    take_units(csv("code,name,parent", "02,ลูก,01", "01,แม่,00", "00,สำนักงาน,"))

    child = db.session.scalar(select(Unit).where(Unit.code == "02"))
    assert child.path.count("/") == 4


def test_thai_heads_and_kinds_are_understood(app: Flask) -> None:
    take_units(csv("ทะเบียนโรงเรียน", "รหัส;ประเภท;ชื่อ", "00;สำนักงาน;เขตตัวอย่าง", "07;โรงเรียน;บ้านดี"))

    assert db.session.scalars(select(Unit.kind).order_by(Unit.code)).all() == ["office", "school"]


def test_an_old_thai_encoding_is_read(app: Flask) -> None:
    take_units(csv("รหัส,ชื่อ", "00,สำนักงานตัวอย่าง", encoding="cp874"))

    assert db.session.scalars(select(Unit.name_th)).all() == ["สำนักงานตัวอย่าง"]


def test_a_workbook_keeps_leading_zeros_of_texts(app: Flask) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("code", "name"), ("00", "สำนักงาน"), (7, "โรงเรียน"))):
            sheet.write_row(number, 0, row)
    take_units(file.getvalue())

    assert sorted(db.session.scalars(select(Unit.code))) == ["00", "7"]


def test_every_bad_row_is_told_and_the_good_ones_are_taken(app: Flask) -> None:
    rows = (
        "code,kind,name,parent",
        "00,office,สำนักงาน,",
        "01,school,ดี,00",
        "01,school,ซ้ำ,00",
        "02,shop,ร้าน,00",
        "03,school,,00",
        "04,school,ไม่มีแม่,99",
        "05,school,ใต้ตัวเอง,06",
        "06,school,ใต้ตัวเอง,05",
        "07,school,ใต้แถวที่ไม่ผ่าน,04",
        "08,office,สำนักงานที่สอง,",
        "123456789012345678901,school,รหัสยาว,00",
        "",
        "09,school,แม่ว่าง,",
        "10,office,สำนักงานใต้สำนักงาน,00",
    )
    plans = take_units(csv(*rows))

    assert [number for number, outcome in outcomes(plans) if outcome == "new"] == [2, 3, 14]
    assert {number: row.column for number, row in ((r.number, r) for r in plans) if row.reason} == {
        4: "code", 5: "kind", 6: "name", 7: "parent", 8: "parent", 9: "parent", 10: "parent",
        11: "parent", 12: "code", 15: "kind",
    }  # fmt: skip
    assert units() == 3


def test_a_changed_name_and_parent_are_changed_in_place(app: Flask) -> None:
    take_units(csv("code,name,parent", "00,สำนักงาน,", "01,เก่า,00", "02,กลุ่ม,00"))
    plans = take_units(csv("code,name,parent", "01,ใหม่,02"))

    assert [(row.outcome, row.reason) for row in plans] == [("changed", "ชื่อ, หน่วยงานแม่")]
    assert units() == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \r\n ",
        b"%PDF-1.7 something",
        b"PK\x03\x04 this is no workbook",
        b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "ก,ข,ค\r\n1,2,3".encode(),
        b"code,name\x00\r\n",
        b"code,name\r\n" + b"1,x\r\n" * 5001,
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(app: Flask, data: Any) -> None:
    with pytest.raises(Refusal) as refused:
        unit_list.read(data)

    assert refused.value.field == "file"


def people(data: Any) -> Any:
    return people_list.plan(people_list.read(data))


def take_people(data: Any) -> Any:
    with work():
        plans = people(data)
        people_list.apply(plans, by=TESTER)
    return plans


PEOPLE = csv(
    "ชื่อ-สกุล,ตำแหน่ง,หน่วยงาน,โทรศัพท์,อีเมล,บทบาท",
    "ครูใหม่ ตัวอย่าง,ครู,โรงเรียนบางตัวอย่างวิทยา,๐๘๑-๒๓๔๕๖๗๘,new@example.test,ผู้ประสานงานโรงเรียน",
    "มาลี ตัวอย่าง,ครูชำนาญการ,โรงเรียนบางตัวอย่างวิทยา,,,",
    "คนอื่น ตัวอย่าง,ครู,โรงเรียนไม่มีจริง,,,",
    "อีก ตัวอย่าง,ครู,00,,not an address,",
    "อีก ตัวอย่าง,ครู,00,,,นักบิน",
    "ครูซ้ำ ตัวอย่าง,ครู,00,,NEW@example.test,",
)


def test_people_are_new_changed_or_refused(cast: Cast) -> None:
    plans = people(PEOPLE)

    assert outcomes(plans) == [
        (2, "new"), (3, "changed"), (4, "refused"), (5, "refused"), (6, "refused"), (7, "refused"),
    ]  # fmt: skip
    assert [row.column for row in plans[2:]] == ["unit", "email", "role", "name"]


def test_taking_people_in_gives_them_their_roles_and_fills_gaps_only(cast: Cast) -> None:
    take_people(PEOPLE)

    db.session.rollback()
    new = db.session.scalar(select(Person).where(Person.email == "new@example.test"))
    assert new.phone == "081-2345678"
    assert viewer_for(new).grants["coordinator"] == {cast.school.id}
    assert (cast.malee.position, cast.malee.username != "") == ("ครูชำนาญการ", True)


def test_people_taken_in_again_are_all_known(cast: Cast) -> None:
    take_people(PEOPLE)

    assert [row.outcome for row in take_people(PEOPLE)[:2]] == ["match", "match"]


def upload(client: FlaskClient, where: Any, data: Any, name: Any = "list.csv") -> Any:
    return client.post(where, data={"file": (io.BytesIO(data), name)})


def stored(page: Any) -> Any:
    return page.partition('name="stored"')[2].partition('value="')[2].partition('"')[0]


def test_the_page_shows_first_and_takes_in_after_that(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    data = csv("code,name", "77,<script>alert(1)</script>")
    page = upload(client, "/places/import", data).text

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    before = units()
    answer = client.post("/places/import/take-in", data={"stored": stored(page)})
    assert answer.status_code == 302
    assert units() == before + 1


def test_the_page_takes_people_in(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    page = upload(client, "/people/import", PEOPLE).text
    client.post("/people/import/take-in", data={"stored": stored(page)})

    assert "ครูใหม่ ตัวอย่าง" in client.get("/people?q=0812345678").text


@pytest.mark.parametrize("where", ["/places/import", "/people/import"])
def test_a_file_that_is_no_list_is_told_on_the_page(
    client: FlaskClient, cast: Cast, where: Any
) -> None:
    sign_in(client, cast.admin)
    answer = upload(client, where, b"%PDF-1.7", "list.xlsx")

    assert answer.status_code == 422
    assert "ไม่ใช่รายการ" in answer.text


def test_sending_no_file_is_told_on_the_page(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)

    assert client.post("/places/import").status_code == 422


@pytest.mark.parametrize("key", ["", "../../secret.csv", "x.csv", "0" * 64 + ".csv"])
def test_a_made_up_key_takes_nothing_in(client: FlaskClient, cast: Cast, key: Any) -> None:
    sign_in(client, cast.admin)
    answer = client.post("/places/import/take-in", data={"stored": key})

    assert answer.status_code in (404, 422)


def test_the_command_tells_every_row_and_writes_unless_it_is_a_dry_run(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    dry = run(args=["places", "import", str(UNITS), "--dry-run"])

    assert (dry.exit_code, units()) == (0, 0)
    assert dry.output.endswith("new: 31\n")
    assert run(args=["places", "import", str(UNITS)]).exit_code == 0
    assert units() == 31


def test_the_command_fails_where_a_row_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(csv("code,name,parent", "00,ดี,", "01,ไม่ดี,99"))
    answer = app.test_cli_runner().invoke(args=["places", "import", str(file)])

    assert answer.exit_code == 1
    assert "3\trefused\t01" in answer.output
    assert units() == 1
