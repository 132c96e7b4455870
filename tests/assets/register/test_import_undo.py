"""Taking an import back: as if it had never been, as far as nothing happened since."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from assets.labels.models import Tag
from assets.register import jobs, words
from assets.register.import_models import ImportedItem
from assets.register.models import Asset, EarlierNumber, ImportRow, RegisterImport
from assets.register.rules import holds, import_undo, items
from assets.register.states import HoldKind, ImportState
from assets.register.views import import_thread
from assets.register.worth_models import AssetWorth
from helpdesk.doctor import keys as doctor_keys
from kernel import clock
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.search import contains
from office.bookkeeping import audit
from tests.assets.register.workbooks import decide, number_of, upload, xlsx
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, in_work, sign_in

ROWS = [(f"7440-001-{n:04}", "โน้ตบุ๊ก", 100) for n in range(1, 6)]
HEAD = ("เลขครุภัณฑ์", "รายการ", "ราคา", "สถานที่")


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def applied(cast: Cast, client: FlaskClient, data: bytes | None = None) -> int:
    number = number_of(upload(client, cast.office.id, data or xlsx(*ROWS)))
    decide(client, number)
    return number


def undo(client: FlaskClient, number: int) -> RegisterImport:
    page = client.get(f"/register/imports/{number}/undo").text
    assert 'name="version"' in page
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    sent = {"version": version, "key": f"key of undo {number} {version} abc"}
    client.post(f"/register/imports/{number}/undo", data=sent)
    import_thread.wait(number, 60)
    db.session.expire_all()
    return db.session.get_one(RegisterImport, number)


def numbers() -> list[str | None]:
    db.session.expire_all()
    return list(db.session.scalars(select(Asset.asset_no).order_by(Asset.asset_no_sort)))


def first() -> Asset:
    return db.session.scalars(select(Asset).order_by(Asset.asset_no_sort).limit(1)).one()


def test_items_go_as_if_they_had_never_been(cast: Cast, client: FlaskClient) -> None:
    head = (*HEAD, "เลขเดิม")
    rows = [(*row, "ห้องสมุด", "ก-1") for row in ROWS[:1]]
    record = undo(client, applied(cast, client, xlsx(*rows, head=head)))
    assert (record.state, numbers()) == (ImportState.UNDONE, [])
    assert db.session.scalar(select(func.count()).select_from(EarlierNumber)) == 0
    assert record.counts["undone"] == {"removed": 1, "put_back": 0, "kept": 0}
    assert (
        db.session.scalars(select(Asset.id).where(contains(Asset.search_key, "โน้ตบุ๊ก"))).all() == []
    )


def test_kept_book_values_come_and_go_with_the_items(cast: Cast, client: FlaskClient) -> None:
    jobs.keep_worths()
    number = applied(cast, client)
    assert db.session.scalar(select(func.count()).select_from(AssetWorth)) == len(ROWS)
    assert list(doctor_keys.item_worths()) == []
    assert undo(client, number).state == ImportState.UNDONE
    assert db.session.scalar(select(func.count()).select_from(AssetWorth)) == 0


def test_the_numbers_are_free_again(cast: Cast, client: FlaskClient) -> None:
    undo(client, applied(cast, client))
    make_asset(cast.office, asset_no=ROWS[0][0], name="จอภาพ")
    assert numbers() == [ROWS[0][0]]


def test_the_same_file_can_be_brought_in_again(cast: Cast, client: FlaskClient) -> None:
    undo(client, applied(cast, client))
    applied(cast, client)
    assert len(numbers()) == len(ROWS)


def test_the_trail_holds_and_the_chain_is_whole(cast: Cast, client: FlaskClient) -> None:
    number = applied(cast, client)
    undo(client, number)
    entries = db.session.scalars(select(ImportedItem).where(ImportedItem.import_id == number)).all()
    assert [entry.undone for entry in entries] == [True] * len(ROWS)
    assert audit.verify().broken_id is None


def test_fields_get_back_what_they_held(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.office, asset_no=None, name="โน้ตบุ๊ก", serial_no="SN-9", price=Decimal(50))
    head = ("เลขครุภัณฑ์", "รายการ", "ราคา", "หมายเลขเครื่อง", "ยี่ห้อ", "วันที่ได้มา")
    row = ("7440-001-0001", "โน้ตบุ๊ก", 100, "SN-9", "Acer", "1 ต.ค. 2565")
    number = number_of(upload(client, cast.office.id, xlsx(row, head=head)))
    decide(client, number, "ticks", every="all")
    decide(client, number)
    assert (first().asset_no, first().price, first().brand) == ("7440-001-0001", 100, "Acer")
    record = undo(client, number)
    item = first()
    assert (item.asset_no, item.price, item.brand, item.acquired_on) == (None, 50, "", None)
    assert (record.state, record.counts["undone"]["put_back"]) == (ImportState.UNDONE, 1)
    assert db.session.scalar(select(func.count()).select_from(EarlierNumber)) == 0
    assert "acer" not in item.search_key


def edited(asset: Asset) -> None:
    items.edit(asset, {"note": "ตรวจแล้ว"}, by=TESTER)


def held(asset: Asset) -> None:
    holds.hold(asset, HoldKind.REPAIR, "ซ.1/2569")


def labelled(asset: Asset) -> None:
    db.session.add(
        Tag(code="ABCDEFGH", asset_id=asset.id, created_at=clock.now(), claimed_at=clock.now())
    )


@pytest.mark.parametrize(
    ("happen", "reason"), [(edited, "changed_since"), (held, "hold"), (labelled, "tag")]
)
def test_an_item_with_a_life_of_its_own_stays_with_the_reason(
    happen: Callable[[Asset], None], reason: str, cast: Cast, client: FlaskClient
) -> None:
    number = applied(cast, client)
    with in_work():
        happen(first())
    shown = client.get(f"/register/imports/{number}/undo").text
    record = undo(client, number)
    kept = db.session.scalars(select(ImportedItem).where(ImportedItem.undone.is_(False))).all()
    assert [entry.reason for entry in kept] == [reason]
    assert (record.state, numbers()) == (ImportState.PART_UNDONE, [ROWS[0][0]])
    assert record.counts["undone"] == {"removed": 4, "put_back": 0, "kept": 1}
    assert "ไม่ถูกย้อนกลับ" in shown
    assert ROWS[0][0] in client.get(f"/register/imports/{number}").text


def test_what_is_taken_back_is_not_taken_back_again(cast: Cast, client: FlaskClient) -> None:
    number = applied(cast, client)
    record = undo(client, number)
    with pytest.raises(Stale), in_work():
        import_undo.begin(record, seen_version=record.version, by=TESTER)


def test_nothing_left_to_take_back_is_refused(cast: Cast, client: FlaskClient) -> None:
    number = applied(cast, client, xlsx(ROWS[0]))
    with in_work():
        edited(first())
    record = db.session.get_one(RegisterImport, number)
    with pytest.raises(Refusal), in_work():
        import_undo.begin(record, seen_version=record.version, by=TESTER)


def test_a_step_writes_its_progress_and_a_dead_one_is_gone_on_with(
    cast: Cast, client: FlaskClient
) -> None:
    many = [(f"7440-001-{n:04}", "โน้ตบุ๊ก", 100) for n in range(1, 451)]
    number = applied(cast, client, xlsx(*many))
    record = db.session.get_one(RegisterImport, number)
    with in_work():
        record = db.session.get_one(RegisterImport, number)
        import_undo.begin(record, seen_version=record.version, by=TESTER)
    acts = import_undo.Undoing(number, TESTER).acts()
    with in_work():
        next(acts)()
    assert (db.session.get_one(RegisterImport, number).rows_done, len(numbers())) == (200, 250)
    for act in import_undo.Undoing(number, TESTER).acts():
        with in_work():
            act()
    assert numbers() == []


def test_a_plan_that_was_never_written_has_nothing_to_take_back(
    cast: Cast, client: FlaskClient
) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    assert (
        'type="submit"' not in client.get(f"/register/imports/{number}/undo").text.split("<main")[1]
    )


def test_rows_of_the_import_no_longer_point_at_items(cast: Cast, client: FlaskClient) -> None:
    number = applied(cast, client)
    undo(client, number)
    query = select(func.count(ImportRow.asset_id)).where(ImportRow.import_id == number)
    assert db.session.scalar(query) == 0


def test_every_table_that_names_an_item_is_told_in_words() -> None:
    assert {table.name for table, _column in import_undo._references()} <= set(words.UNDO_REASONS)
