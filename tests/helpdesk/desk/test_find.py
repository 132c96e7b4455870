"""The one search box finds nothing outside the scope of who searches."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kernel.keyboard import LATIN_KEYS, THAI_KEYS
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import make_person, sign_in
from tests.factories.tickets import make_ticket

SCOPED = [
    Role.ADMIN,
    Role.STOREKEEPER,
    Role.TECHNICIAN,
    Role.COORDINATOR,
    Role.APPROVER,
    Role.AUDITOR,
    Role.INSPECTOR,
]


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.mark.parametrize("role", SCOPED)
def test_nothing_of_another_school_is_found(client: FlaskClient, cast: Cast, role: str) -> None:
    asset = make_asset(cast.other_school, name="ของลับ", asset_no="7440/999", serial_no="SECRET9")
    ticket = make_ticket(asset, detail="เรื่องลับ")
    stranger = make_person(unit=cast.other_school, name_th="คนลับ ตัวอย่าง")
    loan = make_loan(asset, borrower=stranger, purpose="งานลับ")
    sign_in(client, make_person(role, unit=cast.school, over=cast.school))
    typed = (asset.asset_no, asset.serial_no, ticket.number, loan.number, "ลับ", stranger.username)
    for words in typed:
        answer = client.get("/find", query_string={"q": words})
        assert answer.status_code == 200
        assert "ของลับ" not in answer.text
        assert "เรื่องลับ" not in answer.text
        assert "งานลับ" not in answer.text
        assert "คนลับ" not in answer.text


def test_the_own_item_is_found_among_many_of_one_number(client: FlaskClient, cast: Cast) -> None:
    for _number in range(21):
        make_asset(cast.other_school, asset_no=None, serial_no="SAME1")
    own = make_asset(cast.school, asset_no=None, serial_no="SAME1")
    sign_in(client, make_person(Role.STOREKEEPER, unit=cast.school, over=cast.school))
    answer = client.get("/find", query_string={"q": "SAME1"})
    assert answer.headers["Location"] == f"/items/{own.id}"


def test_the_own_loan_is_found_by_its_number(client: FlaskClient, cast: Cast) -> None:
    loan = make_loan(make_asset(cast.other_school), borrower=cast.malee)
    sign_in(client, cast.malee)
    answer = client.get("/find", query_string={"q": loan.number})
    assert answer.headers["Location"] == f"/loans/{loan.id}"


def test_a_number_scanned_on_a_thai_keyboard_finds_the_item(
    client: FlaskClient, cast: Cast
) -> None:
    asset = make_asset(asset_no="7440-001-0042/69")
    sign_in(client, cast.sri)
    typed = str(asset.asset_no).translate(str.maketrans(LATIN_KEYS, THAI_KEYS))
    assert client.get("/find", query_string={"q": typed}).location == f"/items/{asset.id}"
