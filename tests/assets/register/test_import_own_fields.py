"""Columns that are fields of the item's class."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from assets.register.models import Asset, ImportRow
from assets.register.rules import import_writer, imports
from assets.register.views import import_thread
from kernel.db import db
from kernel.work import work
from tests.assets.register.workbooks import decide, number_of, upload, xlsx
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import TESTER, in_work, make_office, sign_in

HEAD = ("เลขครุภัณฑ์", "รายการ", "ราคา", "ขนาดจอ", "สี")


@pytest.mark.parametrize(
    ("said", "kept"), [("๑๕.๖ นิ้ว", {"x_size": "15.6"}), ("ใหญ่", {"ขนาดจอ": "ใหญ่"})]
)
def test_a_heading_named_as_a_field_of_the_class_fills_it(
    said: str, kept: dict[str, str], app: Flask, tmp_path: Path
) -> None:
    unit = make_office()
    made = make_class(code="7440-009")
    with in_work():
        db.session.add(
            ExtraField(
                class_id=made.id,
                key="x_size",
                name_th="ขนาดจอ",
                kind=FieldKind.NUMBER,
                unit_th="นิ้ว",
            )
        )
    path = tmp_path / "file.xlsx"
    path.write_bytes(xlsx(("7440-009-0001", "โน้ตบุ๊ก", 100, said, "ดำ"), head=HEAD))
    examined = imports.examine(path, name=path.name, unit=unit)
    with work():
        import_writer.Writer(unit=unit, by=TESTER).write(examined.outcomes)
    assert db.session.scalars(select(Asset.extra)).one() == {**kept, "สี": "ดำ"}


CHOICES = [{"key": "a", "th": "ดำ", "en": "Black"}, {"key": "b", "th": "ขาว", "en": "White"}]


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def add_fields(class_id: int) -> None:
    with in_work():
        for key, name, kind, choices in (
            ("x_size", "ขนาดจอ", FieldKind.NUMBER, []),
            ("x_look", "สีตัวเครื่อง", FieldKind.CHOICE, CHOICES),
        ):
            db.session.add(
                ExtraField(
                    class_id=class_id,
                    key=key,
                    name_th=name,
                    name_en=key,
                    kind=kind,
                    choices=choices,
                )
            )


def known(cast: Cast, **extra: str) -> Asset:
    made = make_class(code="7440-009", name_en="Notebooks")
    add_fields(made.id)
    return make_asset(
        cast.office, asset_no="7440-009-0001", name="โน้ตบุ๊ก", class_id=made.id, extra=extra
    )


def sent(cast: Cast, client: FlaskClient, size: str = "15.6", look: str = "ขาว") -> int:
    row = ("7440-009-0001", "โน้ตบุ๊ก", "", size, look)
    return number_of(upload(client, cast.office.id, xlsx(row, head=HEAD)))


def choose(client: FlaskClient, number: int, **fields: str) -> None:
    page = client.get(f"/register/imports/{number}").text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    answers = {"version": version, "row-0": "1", **fields}
    assert client.post(f"/register/imports/{number}/columns", data=answers).status_code == 302


def kept() -> dict[str, str]:
    db.session.expire_all()
    return dict(db.session.scalars(select(Asset.extra)).one())


def test_the_fields_of_classes_stand_in_the_column_picker(cast: Cast, client: FlaskClient) -> None:
    known(cast)
    page = client.get(f"/register/imports/{sent(cast, client)}").text
    assert '<option value="x_size" selected>ขนาดจอ</option>' in page
    assert '<option value="x_look">สีตัวเครื่อง</option>' in page


def test_known_items_get_what_their_class_asks_for(cast: Cast, client: FlaskClient) -> None:
    known(cast, x_size="14")
    number = sent(cast, client)
    choose(client, number, **{"field-0-4": "x_look"})
    page = client.get(f"/register/imports/{number}?outcome=differs").text
    assert "<strong>15.6</strong>" in page
    assert "<strong>ขาว</strong>" in page
    decide(client, number)
    # The rule: blanks are filled, what differs waits for its tick.
    assert kept() == {"x_size": "14", "x_look": "b"}


def test_a_ticked_field_of_the_class_is_taken_and_can_be_taken_back(
    cast: Cast, client: FlaskClient
) -> None:
    known(cast, x_size="14")
    number = sent(cast, client)
    decide(client, number, "ticks", every="all")
    decide(client, number)
    assert kept()["x_size"] == "15.6"
    page = client.get(f"/register/imports/{number}/undo").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    answers = {"version": version, "key": "key of undo abcdef 123"}
    client.post(f"/register/imports/{number}/undo", data=answers)
    import_thread.wait(number, 60)
    assert kept() == {"x_size": "14"}


def test_the_same_file_again_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    known(cast, x_size="15.6", x_look="b")
    number = sent(cast, client)
    assert "outcome=differs" in client.get(f"/register/imports/{number}").text
    assert db.session.scalars(select(ImportRow.outcome).where(ImportRow.row == 2)).one() == "match"


def test_a_value_that_the_field_cannot_have_is_told_and_kept(
    cast: Cast, client: FlaskClient
) -> None:
    known(cast)
    number = sent(cast, client, look="ชมพู")
    choose(client, number, **{"field-0-4": "x_look"})
    assert "ชมพู" in client.get(f"/register/imports/{number}").text
    decide(client, number)
    assert kept() == {"x_size": "15.6"}


def test_a_chosen_field_of_another_class_stays_under_its_name(
    cast: Cast, client: FlaskClient
) -> None:
    add_fields(make_class(code="7440-009").id)
    make_class(code="7440-001")
    row = ("7440-001-0005", "เครื่องพิมพ์", "", "", "ขาว")
    number = number_of(upload(client, cast.office.id, xlsx(row, head=HEAD)))
    choose(client, number, **{"field-0-4": "x_look"})
    decide(client, number)
    assert kept() == {"สีตัวเครื่อง": "ขาว"}
