"""The lending desk in a browser without JavaScript."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from assets.loans.models import Loan, LoanBasket, LoanLine
from assets.loans.states import Outcome
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import intake
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loans import make_loan
from tests.factories.office import make_person, sign_in, viewer_for
from tests.helpdesk.desk.lending.counter import TERMS, on_the_list, scan


def test_a_reported_fault_warns_and_does_not_stop(client: FlaskClient, sri: Person) -> None:
    asset = make_asset()
    with work():
        report = intake.Report(asset=asset, detail="เปิดไม่ติด", reporter_name="ใคร")
        number = intake.report(report, by=viewer_for(make_person())).number
    assert number in scan(client, asset.asset_no)
    assert on_the_list() == [asset.id]


def test_what_the_borrower_has_late_is_shown(
    client: FlaskClient, sri: Person, clock: Clock
) -> None:
    malee = make_person()
    make_loan(make_asset(name="กล้องค้างคืน"), borrower=malee)
    clock.forward(days=3)
    page = scan(client, malee.card_code)
    assert "กล้องค้างคืน" in page
    assert "เกินกำหนดคืน 1 รายการ" in page


def test_the_smallest_time_of_the_classes_is_the_usual_one(
    client: FlaskClient, sri: Person, clock: Clock
) -> None:
    long, short = make_class(loan_days=14), make_class(loan_days=2)
    scan(client, make_asset(class_id=long.id).asset_no, make_asset(class_id=short.id).asset_no)
    scan(client, make_person().card_code)
    client.post("/desk/lend", data={**TERMS, "key": "k"})
    # Monday 23 November and two days.
    assert db.session.scalar(select(Loan.due_on)).isoformat() == "2026-11-25"


@pytest.mark.parametrize(
    ("due", "typed", "expected"),
    [
        ("tomorrow", "", "2026-11-24"),
        ("week", "", "2026-11-30"),
        ("default", "", "2026-11-30"),
        ("tomorrow", "๒๗ พ.ย. ๒๕๖๙", "2026-11-27"),
        ("nonsense", "", "2026-11-30"),
    ],
)
def test_the_chips_and_the_typed_day_set_the_due_date(
    client: FlaskClient, sri: Person, clock: Clock, due: str, typed: str, expected: str
) -> None:
    scan(client, make_asset().asset_no, make_person().card_code)
    client.post("/desk/lend", data={**TERMS, "due": due, "due_on": typed, "key": "k"})
    assert db.session.scalar(select(Loan.due_on)).isoformat() == expected


@pytest.mark.parametrize("typed", ["31/12/9999", "30/2/2570", "พรุ่งนี้เช้า"])
def test_a_day_that_cannot_be_read_is_refused_and_kept(
    client: FlaskClient, sri: Person, clock: Clock, typed: str
) -> None:
    scan(client, make_asset().asset_no, make_person().card_code)
    answer = client.post("/desk/lend", data={**TERMS, "due_on": typed, "key": "k"})
    assert answer.status_code == 422
    assert typed in answer.text
    assert db.session.scalar(select(func.count(Loan.id))) == 0


def test_what_is_typed_stays_while_more_is_scanned(client: FlaskClient, sri: Person) -> None:
    asset = make_asset(accessories="สายไฟ, กระเป๋า")
    scan(client, asset.asset_no)
    typed = {
        **TERMS,
        "purpose": "ประชุมผู้ปกครอง",
        "due_on": "31/2/2570",
        "line": [str(asset.id)],
        f"part-{asset.id}": ["กระเป๋า"],
    }
    client.post("/desk/scan", data={**typed, "code": make_person().card_code})
    page = client.get("/desk").text
    assert "ประชุมผู้ปกครอง" in page
    assert "31/2/2570" in page
    assert re.search(r'value="กระเป๋า" checked', page)
    assert not re.search(r'value="สายไฟ" checked', page)


def test_only_the_ticked_accessories_go_along(client: FlaskClient, sri: Person) -> None:
    asset = make_asset(accessories="สายไฟ, กระเป๋า")
    scan(client, asset.asset_no, make_person().card_code)
    client.post(
        "/desk/lend",
        data={**TERMS, "key": "k", "line": [str(asset.id)], f"part-{asset.id}": ["สายไฟ"]},
    )
    assert db.session.scalar(select(LoanLine.accessories)) == "สายไฟ"


def test_accessories_that_stay_away_are_written_down(client: FlaskClient, sri: Person) -> None:
    make_loan(asset := make_asset())
    with work():
        db.session.scalars(select(LoanLine)).one().accessories = "สายไฟ, เมาส์"
    scan(client, asset.asset_no)
    client.post(
        "/desk/take-back",
        data={"key": "k", "line": [str(asset.id)], f"part-{asset.id}": ["เมาส์"]},
    )
    line = db.session.scalars(select(LoanLine)).one()
    assert (line.condition_in, line.note) == (Outcome.INCOMPLETE, "ขาด: สายไฟ")


def test_the_number_of_a_loan_lists_what_is_still_out(client: FlaskClient, sri: Person) -> None:
    first, second = make_asset(), make_asset()
    loan = make_loan(first, second)
    page = scan(client, loan.number)
    assert f"item-{first.id}" in page
    assert f"item-{second.id}" in page


def test_the_first_item_decides_which_way_things_go(client: FlaskClient, sri: Person) -> None:
    make_loan(out := make_asset())
    inside = make_asset()
    assert "รับคืน" in scan(client, out.asset_no)
    assert "ไม่ได้ถูกยืมอยู่" in scan(client, inside.asset_no)
    assert on_the_list() == [out.id]
    client.post("/desk/clear")
    scan(client, inside.asset_no)
    assert "ล้างรายการ" in scan(client, out.asset_no)
    assert on_the_list() == [inside.id]


def test_undo_takes_away_what_was_scanned_last(client: FlaskClient, sri: Person) -> None:
    first, second = make_asset(), make_asset()
    malee, kanda = make_person(), make_person()
    scan(client, first.asset_no, malee.card_code, second.asset_no, kanda.card_code)
    client.post("/desk/undo")
    assert db.session.scalar(select(LoanBasket.borrower_id)) == malee.id
    client.post("/desk/undo")
    assert on_the_list() == [first.id]
    client.post("/desk/undo")
    client.post("/desk/undo")
    assert on_the_list() == []
    assert db.session.scalar(select(LoanBasket.borrower_id)) is None


def test_one_item_can_be_taken_off_the_list(client: FlaskClient, sri: Person) -> None:
    first, second = make_asset(), make_asset()
    scan(client, first.asset_no, second.asset_no)
    client.post(f"/desk/remove/{first.id}")
    assert on_the_list() == [second.id]


def test_each_officer_has_an_own_counter(app: Flask, client: FlaskClient, sri: Person) -> None:
    scan(client, make_asset(name="ของศรี").asset_no)
    other = app.test_client()
    sign_in(other, make_person(Role.STOREKEEPER))
    assert "ของศรี" not in other.get("/desk").text


def test_lending_without_a_person_or_items_is_refused_with_the_reason(
    client: FlaskClient, sri: Person
) -> None:
    assert client.post("/desk/scan", data={"code": ""}).status_code == 422
    scan(client, make_asset().asset_no)
    answer = client.post("/desk/lend", data={**TERMS, "key": "k"})
    assert answer.status_code == 422
    assert "กรุณาสแกนบัตรของผู้ยืม" in answer.text
    assert on_the_list() != []


def test_a_damaged_item_joins_the_fault_that_is_open(client: FlaskClient, sri: Person) -> None:
    make_loan(asset := make_asset())
    with work():
        report = intake.Report(asset=asset, detail="เปิดไม่ติด", reporter_name="ใคร")
        intake.report(report, by=viewer_for(make_person()))
    scan(client, asset.asset_no)
    chosen = {"line": [str(asset.id)], f"outcome-{asset.id}": "damaged", f"note-{asset.id}": "แตก"}
    client.post("/desk/take-back", data={"key": "k", **chosen})
    assert db.session.scalar(select(func.count(Ticket.id))) == 1
    assert "แตก" in db.session.scalars(select(TicketEntry.body)).one()


def test_a_form_from_another_site_changes_nothing(client: FlaskClient, sri: Person) -> None:
    asset = make_asset()
    answer = client.post("/desk/scan", data={"code": asset.asset_no}, forged=True)
    assert answer.status_code == 422
    assert on_the_list() == []


def test_names_with_angle_brackets_are_shown_as_text(client: FlaskClient, sri: Person) -> None:
    bad = '<script>alert("x")</script>'
    asset = make_asset(name=bad, accessories=bad)
    page = scan(client, make_person(name_th=bad, position=bad).card_code, asset.asset_no)
    client.post("/desk/lend", data={**TERMS, "purpose": bad, "key": "k"})
    loan = db.session.scalars(select(Loan)).one()
    pages = [page, client.get(f"/desk/lent/{loan.id}").text, client.get(f"/loans/{loan.id}").text]
    pages += [client.get("/loans").text, scan(client, bad), scan(client, asset.asset_no)]
    assert all("<script>alert" not in one for one in pages)


def test_the_desk_speaks_english_too(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make_person(Role.STOREKEEPER, language="en"))
    page = scan(client, make_asset().asset_no)
    assert "Hand over 1 item" in page
    assert "For official use only" in page


@pytest.mark.parametrize(
    "picked", ["", "person", "person-x", "item-99999", "person-99999", "loan-1"]
)
def test_a_pick_that_makes_no_sense_changes_nothing(
    client: FlaskClient, sri: Person, picked: str
) -> None:
    client.post("/desk/pick", data={"pick": picked})
    assert on_the_list() == []


def test_signs_that_no_keyboard_types_are_dropped(client: FlaskClient, sri: Person) -> None:
    asset = make_asset(accessories="สายไฟ")
    scan(client, f"{asset.asset_no}\x00", make_person().card_code)
    fields = {name: f"{value}\x00" for name, value in TERMS.items() if name != "place_kind"}
    fields |= {"line": str(asset.id), f"part-{asset.id}": "สายไฟ\x00", f"note-{asset.id}": "\x00"}
    kept = {**fields, "place_kind": "inside", "code": "นิ้ว\x00"}
    assert client.post("/desk/scan", data=kept).status_code == 302
    assert client.get("/desk?pick=%00").status_code == 200
    assert client.get("/loans?q=%00x").status_code == 200


def test_only_the_store_and_the_administrator_open_the_desk(app: Flask) -> None:
    statuses = {}
    for role, person in make_cast().by_role().items():
        browser = app.test_client()
        sign_in(browser, person)
        statuses[role] = browser.get("/desk").status_code
    allowed = {role for role, status in statuses.items() if status == 200}
    assert allowed == {Role.STOREKEEPER, Role.ADMIN}
    assert set(statuses.values()) == {200, 403}


def test_the_desk_asks_the_database_as_often_for_one_item_as_for_thirty(
    client: FlaskClient, sri: Person
) -> None:
    def asked() -> int:
        seen: list[str] = []
        engine = db.engine

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(engine, "before_cursor_execute", note)
        client.get("/desk")
        event.remove(engine, "before_cursor_execute", note)
        return len([statement for statement in seen if statement.startswith("SELECT")])

    borrower = make_person()
    make_loan(*[make_asset() for _each in range(10)], borrower=borrower)
    scan(client, borrower.card_code, make_asset().asset_no)
    first = asked()
    scan(client, *[make_asset().asset_no for _each in range(29)])
    assert asked() == first
    # Two for the viewer, one for the inbox, six for the counter.
    assert first <= 9
