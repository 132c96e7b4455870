"""Kept columns: a reading that a person chose is found again for the next file like it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from assets.register.import_models import SavedMapping
from assets.register.models import Asset, RegisterImport
from assets.register.shapes import fingerprint
from kernel.db import db
from tests.assets.register.workbooks import decide, number_of, upload, xlsx
from tests.cast import Cast, make_cast
from tests.factories.office import sign_in

HEAD = ("ก", "ข", "ค")
CHOSEN = {"field-0-0": "asset_no", "field-0-1": "name", "field-0-2": "price"}
NAME = "แบบของโรงเรียน"


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def odd(number: str = "A-1", head: tuple[str, ...] = HEAD) -> bytes:
    return xlsx((number, "โน้ตบุ๊ก", 100), head=head)


def kept(cast: Cast, client: FlaskClient) -> SavedMapping:
    number = number_of(upload(client, cast.office.id, odd()))
    decide(client, number, "columns", **CHOSEN)
    sent = {"name": NAME}
    assert client.post(f"/register/mappings/of-import/{number}", data=sent).status_code == 302
    db.session.expire_all()
    return db.session.scalars(select(SavedMapping)).one()


def sheet_of(import_id: int) -> dict[str, Any]:
    db.session.expire_all()
    sheet: dict[str, Any] = db.session.get_one(RegisterImport, import_id).mapping["sheets"][0]
    return sheet


def test_the_next_file_with_these_headings_is_read_as_last_time(
    cast: Cast, client: FlaskClient
) -> None:
    kept(cast, client)
    sent = upload(client, cast.office.id, odd("A-2"), name="อีกไฟล์.xlsx")
    assert f"อ่านเหมือนครั้งก่อน: “{NAME}”" in client.get(sent.location).text
    decide(client, number_of(sent))
    assert db.session.scalars(select(Asset.asset_no)).all() == ["A-2"]


def test_a_file_with_other_headings_is_not_read_by_it(cast: Cast, client: FlaskClient) -> None:
    kept(cast, client)
    number = number_of(upload(client, cast.office.id, odd(head=("ก", "ข", "ง"))))
    assert (sheet_of(number)["chosen"], sheet_of(number)["remembered"]) == (False, "")


def test_a_reading_of_last_time_can_be_put_aside(cast: Cast, client: FlaskClient) -> None:
    kept(cast, client)
    number = number_of(upload(client, cast.office.id, odd("A-2")))
    decide(client, number, "columns", **{"anew-0": "1"})
    assert (sheet_of(number)["chosen"], sheet_of(number)["remembered"]) == (False, "")


def test_others_read_by_it_only_when_it_is_shared(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    mapping = kept(cast, client)
    mapping_id, version = mapping.id, mapping.version
    client.post(
        f"/register/mappings/{mapping_id}",
        data={"name": "ชื่อใหม่", "shared": "y", "version": str(version)},
    )
    db.session.expire_all()
    changed = db.session.get_one(SavedMapping, mapping_id)
    assert (changed.name, changed.shared) == ("ชื่อใหม่", True)
    admin = app.test_client()
    sign_in(admin, cast.admin)
    assert "ชื่อใหม่" in admin.get("/register/mappings").text


def test_a_removed_one_is_not_used_any_more(cast: Cast, client: FlaskClient) -> None:
    mapping = kept(cast, client)
    client.post(f"/register/mappings/{mapping.id}/remove")
    number = number_of(upload(client, cast.office.id, odd("A-2")))
    assert sheet_of(number)["chosen"] is False


def test_the_same_name_again_writes_over_it(cast: Cast, client: FlaskClient) -> None:
    kept(cast, client)
    kept(cast, client)
    assert len(db.session.scalars(select(SavedMapping)).all()) == 1


def test_nothing_chosen_is_nothing_to_keep(cast: Cast, client: FlaskClient) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(("7440-001-0001", "จอภาพ", 1))))
    answer = client.post(f"/register/mappings/of-import/{number}", data={"name": NAME})
    assert answer.status_code == 422
    assert db.session.scalars(select(SavedMapping)).all() == []


def test_the_command_reads_by_a_kept_name(
    app: Flask, cast: Cast, client: FlaskClient, tmp_path: Path
) -> None:
    kept(cast, client)
    path = tmp_path / "file.xlsx"
    path.write_bytes(odd("A-3"))
    arguments = ["register", "import", str(path), "--dry-run", "--json", "--mapping"]
    result = app.test_cli_runner().invoke(args=[*arguments, NAME])
    told = [json.loads(line) for line in result.output.splitlines()]
    assert [line["outcome"] for line in told] == ["skipped", "new"]
    assert app.test_cli_runner().invoke(args=[*arguments, "ไม่มีชื่อนี้"]).exit_code == 1


HEADINGS = st.dictionaries(st.integers(0, 30), st.text(min_size=1, max_size=20), max_size=12)


@given(HEADINGS, st.integers(0, 20))
def test_where_the_table_begins_does_not_change_its_shape(
    headings: dict[int, str], shift: int
) -> None:
    moved = {column + shift: text for column, text in headings.items()}
    assert fingerprint(headings) == fingerprint(moved)


@given(HEADINGS, st.text("กขคงจ", min_size=1, max_size=9))
def test_one_heading_more_is_another_shape(headings: dict[int, str], more: str) -> None:
    before = fingerprint(headings)
    assert before != fingerprint({**headings, 40: more}) or not before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({0: "เลขครุภัณฑ์", 1: "รายการ"}, {3: "เลข ครุภัณฑ์", 4: "รายการ:"}, True),
        ({0: "เลขครุภัณฑ์", 1: "รายการ"}, {0: "รายการ", 1: "เลขครุภัณฑ์"}, False),
        ({0: "เลขครุภัณฑ์", 1: "รายการ"}, {0: "เลขครุภัณฑ์", 2: "รายการ"}, False),
    ],
)
def test_spaces_do_not_count_and_the_order_does(
    one: dict[int, str], other: dict[int, str], same: bool
) -> None:
    assert (fingerprint(one) == fingerprint(other)) is same
