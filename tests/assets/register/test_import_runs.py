"""An import that stops: whose turn it is, and going on without writing anything twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from assets.register.models import Asset, RegisterImport
from assets.register.rules import import_runs, import_writer, imports
from assets.register.states import ImportState
from assets.register.views import import_thread
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.work import work
from office.places.models import Unit
from tests.assets.register.workbooks import decide, number_of, upload, xlsx
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_office, make_unit, sign_in

MANY = [(f"7440-001-{n:04}", "โน้ตบุ๊ก", 100) for n in range(1, 621)]


def planned(unit: Unit, folder: Path, rows: list[tuple[str, str, int]] = MANY) -> RegisterImport:
    path = folder / "file.xlsx"
    path.write_bytes(xlsx(*rows))
    examined = imports.examine(path, name=path.name, unit=unit)
    with work():
        record = import_runs.keep(unit, "", path.name, by=TESTER)
        import_runs.note_plan(record, examined)
    return record


def begin(record: RegisterImport) -> None:
    with work():
        import_runs.begin(record, take_over=False, seen_version=record.version, by=TESTER)


def acts(record: RegisterImport, folder: Path) -> Iterator[Callable[[], None]]:
    examined = imports.examine(folder / "file.xlsx", name="file.xlsx", unit=record.unit)
    return import_runs.Writing(record.id, examined.outcomes, TESTER).acts(record)


def do(steps: Iterator[Callable[[], None]], most: int = 1000) -> None:
    for _unused, act in zip(range(most), steps, strict=False):
        with work():
            act()


def items() -> int:
    return db.session.scalar(select(func.count()).select_from(Asset)) or 0


def test_each_step_is_kept_with_its_progress(app: Flask, tmp_path: Path) -> None:
    record = planned(make_office(), tmp_path)
    begin(record)
    do(acts(record, tmp_path), most=2)
    assert (record.rows_done, items()) == (500, 499)


def test_going_on_writes_the_rest_and_nothing_twice(
    app: Flask, tmp_path: Path, clock: Clock
) -> None:
    record = planned(make_office(), tmp_path)
    begin(record)
    do(acts(record, tmp_path), most=1)
    clock.forward(seconds=import_runs.SILENT_SECONDS + 1)
    with work():
        import_runs.resume(record, by=TESTER)
    do(acts(record, tmp_path))
    assert (record.state, items()) == (ImportState.APPLIED, len(MANY))
    assert record.counts["new"] == len(MANY)


def test_a_thread_that_comes_back_to_life_writes_no_more(
    app: Flask, tmp_path: Path, clock: Clock
) -> None:
    record = planned(make_office(), tmp_path)
    begin(record)
    old = acts(record, tmp_path)
    do(old, most=1)
    clock.forward(seconds=import_runs.SILENT_SECONDS + 1)
    with work():
        import_runs.resume(record, by=TESTER)
    do(acts(record, tmp_path), most=1)
    with pytest.raises(Stale):
        do(old, most=1)


def test_an_import_at_work_cannot_be_gone_on_with(app: Flask, tmp_path: Path, clock: Clock) -> None:
    record = planned(make_office(), tmp_path, MANY[:2])
    begin(record)
    clock.forward(seconds=import_runs.SILENT_SECONDS - 1)
    with pytest.raises(Refusal), work():
        import_runs.resume(record, by=TESTER)


@pytest.mark.parametrize("other_unit", ["the same", "one under it"])
def test_a_second_import_waits_its_turn(other_unit: str, app: Flask, tmp_path: Path) -> None:
    office = make_office()
    second = office if other_unit == "the same" else make_unit()
    begin(planned(office, tmp_path, MANY[:2]))
    waiting = planned(second, tmp_path, MANY[:2])
    with pytest.raises(Refusal, match="กำลังบันทึกไฟล์อื่น"):
        begin(waiting)


def test_imports_of_two_schools_go_side_by_side(app: Flask, tmp_path: Path) -> None:
    begin(planned(make_unit(), tmp_path, MANY[:2]))
    other = planned(make_unit(), tmp_path, MANY[:2])
    begin(other)
    assert other.state == ImportState.APPLYING


def test_a_dead_import_makes_room_for_another(app: Flask, tmp_path: Path, clock: Clock) -> None:
    dead = planned(make_office(), tmp_path, MANY[:2])
    begin(dead)
    clock.forward(seconds=import_runs.SILENT_SECONDS + 1)
    other = planned(make_office(), tmp_path, MANY[:2])
    begin(other)
    assert (dead.state, other.state) == (ImportState.INTERRUPTED, ImportState.APPLYING)


def test_a_number_given_meanwhile_makes_its_row_refused(app: Flask, tmp_path: Path) -> None:
    unit = make_office()
    record = planned(unit, tmp_path, MANY[:2])
    begin(record)
    steps = acts(record, tmp_path)
    first = next(steps)
    make_asset(unit, asset_no=MANY[0][0], name="ของอีกคน")
    with work():
        first()
    do(steps)
    assert (record.counts["new"], record.counts["refused"]) == (1, 1)


def test_units_of_the_file_that_are_not_known_are_named_and_kept(
    app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "units.xlsx"
    head = ("เลขครุภัณฑ์", "รายการ", "ราคา", "โรงเรียน", "ห้อง")
    known = make_unit(name_th="โรงเรียนบ้านรู้จัก")
    rows = (
        ("1-1", "จอ", 1, "โรงเรียนบ้านรู้จัก", "ห้องสมุด"),
        ("1-2", "จอ", 1, "โรงเรียนบ้านไม่รู้จัก", "ห้องสมุด"),
    )
    path.write_bytes(xlsx(*rows, head=head))
    office = make_office()
    examined = imports.examine(path, name=path.name, unit=office)
    assert examined.strange_units == {"โรงเรียนบ้านไม่รู้จัก": 1}
    with work():
        import_writer.Writer(unit=office, by=TESTER).write(examined.outcomes)
    first, second = db.session.scalars(select(Asset).order_by(Asset.asset_no)).all()
    assert (first.owner_unit_id, first.extra) == (known.id, {})
    assert (second.owner_unit_id, second.extra["unit_text"]) == (office.id, "โรงเรียนบ้านไม่รู้จัก")
    assert second.room
    assert second.room.name == "โรงเรียนบ้านไม่รู้จัก · ห้องสมุด"


def test_a_school_cannot_write_into_the_books_of_another(app: Flask, tmp_path: Path) -> None:
    mine, other = make_unit(), make_unit(name_th="โรงเรียนอีกแห่ง")
    path = tmp_path / "units.xlsx"
    head = ("เลขครุภัณฑ์", "รายการ", "ราคา", "โรงเรียน")
    path.write_bytes(xlsx(("1-1", "จอ", 1, other.name_th), head=head))
    examined = imports.examine(path, name=path.name, unit=mine)
    with work():
        import_writer.Writer(unit=mine, by=TESTER).write(examined.outcomes)
    assert db.session.scalars(select(Asset.owner_unit_id)).all() == [mine.id]


def test_the_page_of_an_interrupted_import_offers_to_go_on(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    cast = make_cast()
    sign_in(client, cast.sri)
    number = number_of(upload(client, cast.office.id, xlsx(*MANY[:2])))
    record = db.session.get_one(RegisterImport, number)
    begin(record)
    clock.forward(seconds=import_runs.SILENT_SECONDS + 1)
    page = client.get(f"/register/imports/{number}").text
    assert "หยุดกลางคัน" in page
    decide(client, number, "resume")
    import_thread.wait(number, 60)
    db.session.expire_all()
    assert (db.session.get_one(RegisterImport, number).state, items()) == (ImportState.APPLIED, 2)
