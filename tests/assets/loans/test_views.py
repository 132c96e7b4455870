"""The pages of loans: lists, histories, one loan, its slip, my loans; and who may open them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from assets.loans.models import Loan, LoanLine
from assets.loans.rules import returning
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import make_person, make_unit, sign_in, viewer_for

LISTS = ("/loans", "/loans/due-today", "/loans/overdue")


@pytest.fixture
def sri(app: Flask, client: FlaskClient) -> Person:
    return sign_in(client, make_person(Role.STOREKEEPER))


def test_each_list_shows_its_own(client: FlaskClient, sri: Person, clock: Clock) -> None:
    for name, day in (("ของเลย", 24), ("ของวันนี้", 25), ("ของหน้า", 27)):
        make_loan(make_asset(name=name), due_on=date(2026, 11, day))
    clock.forward(days=2)
    shown = {
        path: [n for n in ("ของเลย", "ของวันนี้", "ของหน้า") if n in client.get(path).text]
        for path in LISTS
    }
    assert shown == {
        "/loans": ["ของเลย", "ของวันนี้", "ของหน้า"],
        "/loans/due-today": ["ของวันนี้"],
        "/loans/overdue": ["ของเลย"],
    }
    assert "เกินกำหนด 1 วัน" in client.get("/loans/overdue").text


def test_what_is_back_leaves_the_lists(client: FlaskClient, sri: Person) -> None:
    make_loan(asset := make_asset(name="กล้องคืนแล้ว"))
    by = viewer_for(make_person(Role.STOREKEEPER))
    with work():
        returning.take_back([Return(asset.id, Outcome.GOOD)], by=by)
    assert "กล้องคืนแล้ว" not in client.get("/loans").text


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_so(client: FlaskClient, sri: Person, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_a_list_can_be_searched_and_narrowed(client: FlaskClient, sri: Person) -> None:
    school = make_unit()
    malee = make_person(name_th="มาลี ตัวอย่าง", unit=school)
    loan = make_loan(make_asset(name="กล้องถ่ายรูป"), borrower=malee)
    make_loan(make_asset(name="เครื่องพิมพ์"))
    for query in ("q=ถ่ายรูป", "q=มาลี", f"q={loan.number}", f"unit={school.id}"):
        page = client.get(f"/loans?{query}").text
        assert "กล้องถ่ายรูป" in page
        assert "เครื่องพิมพ์" not in page
    assert client.get("/loans?unit=x&page=zz&q=%25").status_code == 200


def test_a_long_list_has_pages(client: FlaskClient, sri: Person) -> None:
    for _each in range(2):
        make_loan(*[make_asset() for _item in range(26)])
    assert "page=2" in client.get("/loans").text
    assert "page=2" not in client.get("/loans?page=2").text.split('class="pager"')[1]


def test_a_school_sees_only_its_own_loans(app: Flask) -> None:
    cast = make_cast()
    own = make_loan(make_asset(cast.school, name="ของเรา"))
    foreign = make_loan(make_asset(cast.other_school, name="ของเขา"))
    browser = app.test_client()
    sign_in(browser, cast.kanda)
    page = browser.get("/loans").text
    assert "ของเรา" in page
    assert "ของเขา" not in page
    assert browser.get(f"/loans/{own.id}").status_code == 200
    for path in (f"/loans/{foreign.id}", f"/loans/{foreign.id}/slip.pdf"):
        assert browser.get(path).status_code == 404


def test_my_loans_are_mine_alone(app: Flask) -> None:
    cast = make_cast()
    mine = make_loan(make_asset(name="ของมาลี"), borrower=cast.malee)
    other = make_loan(make_asset(name="ของเทพ"), borrower=cast.thep)
    browser = app.test_client()
    sign_in(browser, cast.malee)
    page = browser.get("/loans/mine").text
    assert "ของมาลี" in page
    assert "ของเทพ" not in page
    assert browser.get(f"/loans/{mine.id}").status_code == 200
    assert browser.get(f"/loans/{mine.id}/slip.pdf").data.startswith(b"%PDF")
    assert browser.get(f"/loans/{other.id}").status_code == 404


def test_who_may_open_what(app: Flask) -> None:
    cast = make_cast()
    loan = make_loan(asset := make_asset(), borrower=cast.malee)
    wanted = {
        "/loans": {"storekeeper", "approver", "coordinator", "auditor", "admin"},
        f"/loans/person/{cast.malee.id}": {
            "storekeeper",
            "approver",
            "coordinator",
            "auditor",
            "admin",
        },
        # The coordinator's school neither owns nor holds the item.
        f"/loans/item/{asset.id}": {"storekeeper", "approver", "auditor", "admin"},
        f"/loans/{loan.id}": {"requester", "storekeeper", "approver", "auditor", "admin"},
        "/loans/mine": {role.value for role in Role},
    }
    opened: dict[str, set[str]] = {path: set() for path in wanted}
    for role, person in cast.by_role().items():
        browser = app.test_client()
        sign_in(browser, person)
        for path in wanted:
            if browser.get(path).status_code == 200:
                opened[path].add(str(role))
    assert opened == wanted
    guest = app.test_client()
    assert all(guest.get(path).status_code == 302 for path in wanted)


def test_extending_on_the_page_moves_the_due_date(
    client: FlaskClient, sri: Person, clock: Clock
) -> None:
    loan = make_loan(due_on=date(2026, 11, 25))
    line = db.session.scalars(select(LoanLine)).one()
    fields = {"lines": [line.id], "due_on": "1/12/2569", "why": "ยังใช้อยู่", "version": loan.version}
    assert client.post(f"/loans/{loan.id}/extend", data=fields).status_code == 302
    assert db.session.scalars(select(LoanLine.due_on)).one() == date(2026, 12, 1)
    page = client.get(f"/loans/{loan.id}").text
    assert "ยังใช้อยู่" in page
    assert "กำหนดเดิม" in page


def test_a_stale_extension_is_refused_and_keeps_what_was_typed(
    client: FlaskClient, sri: Person, clock: Clock
) -> None:
    loan = make_loan(due_on=date(2026, 11, 25))
    line = db.session.scalars(select(LoanLine)).one()
    fields = {"lines": [line.id], "due_on": "1/12/2569", "why": "รอบแรก", "version": loan.version}
    client.post(f"/loans/{loan.id}/extend", data=fields)
    answer = client.post(
        f"/loans/{loan.id}/extend", data={**fields, "due_on": "2/12/2569", "why": "รอบสอง"}
    )
    assert answer.status_code == 409
    assert "รอบสอง" in answer.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COORDINATOR, Role.APPROVER, Role.REQUESTER])
def test_others_cannot_extend(app: Flask, client: FlaskClient, role: Role) -> None:
    loan = make_loan()
    sign_in(client, make_person(role))
    assert client.post(f"/loans/{loan.id}/extend", data={"why": "x"}).status_code == 403


def test_the_pages_speak_english_too(app: Flask, client: FlaskClient) -> None:
    loan = make_loan()
    sign_in(client, make_person(Role.STOREKEEPER, language="en"))
    assert "Out now" in client.get("/loans").text
    assert "What happened" in client.get(f"/loans/{loan.id}").text
    assert "You have not borrowed anything." in client.get("/loans/mine").text


def test_a_loan_that_does_not_exist_is_not_found(client: FlaskClient, sri: Person) -> None:
    for path in ("/loans/999", "/loans/person/999", "/loans/item/999", "/desk/lent/999"):
        assert client.get(path).status_code == 404


def test_the_slip_of_a_lost_and_a_returned_item_prints(client: FlaskClient, sri: Person) -> None:
    loan = make_loan(first := make_asset(), second := make_asset())
    by = viewer_for(make_person(Role.STOREKEEPER))
    with work():
        returning.take_back(
            [Return(first.id, Outcome.LOST, "หาย"), Return(second.id, Outcome.DAMAGED)], by=by
        )
    assert db.session.get_one(Loan, loan.id).closed_at
    assert client.get(f"/loans/{loan.id}/slip.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(
    "path", ["/loans", "/loans/mine", "/loans/{loan}", "/loans/person/{person}"]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: FlaskClient, sri: Person, path: str
) -> None:
    borrower = make_person()
    few, many = make_loan(borrower=borrower), None
    address = path.format(loan=few.id, person=borrower.id)
    before = queries_of(client, address)
    many = make_loan(*[make_asset() for _each in range(30)], borrower=borrower)
    after = queries_of(client, path.format(loan=many.id, person=borrower.id))
    assert after == before
    assert after <= 8


def queries_of(client: FlaskClient, path: str) -> int:
    seen: list[str] = []
    engine = db.engine

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.startswith("SELECT")])


def test_the_loans_of_a_person_of_another_school_are_not_told(
    app: Flask, client: FlaskClient
) -> None:
    here, there = make_unit(), make_unit()
    stranger = make_person(unit=there, name_th="คนต่าง โรงเรียน")
    make_loan(make_asset(there), borrower=stranger)
    sign_in(client, make_person(Role.STOREKEEPER, unit=here, over=here))
    answer = client.get(f"/loans/person/{stranger.id}")
    assert answer.status_code == 404
    assert "คนต่าง" not in answer.text


def test_the_loans_of_a_stranger_who_borrowed_here_are_told(
    app: Flask, client: FlaskClient
) -> None:
    here, there = make_unit(), make_unit()
    guest = make_person(unit=there, name_th="คนมา ยืม")
    make_loan(make_asset(here, name="ของที่นี่"), borrower=guest)
    make_loan(make_asset(there, name="ของที่โน่น"), borrower=guest)
    sign_in(client, make_person(Role.STOREKEEPER, unit=here, over=here))
    page = client.get(f"/loans/person/{guest.id}").text
    assert "ของที่นี่" in page
    assert "ของที่โน่น" not in page


def test_a_stale_extension_can_be_sent_again(client: FlaskClient, sri: Person) -> None:
    loan = make_loan(make_asset())
    line = db.session.scalars(select(LoanLine.id).where(LoanLine.loan_id == loan.id)).one()
    typed = {"lines": str(line), "due_on": "30/12/2569", "why": "ใช้ต่อ", "version": "0"}
    stale = client.post(f"/loans/{loan.id}/extend", data=typed)
    assert stale.status_code == 409
    assert f'name="version" type="hidden" value="{loan.version}"' in stale.text
