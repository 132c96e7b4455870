"""Vendors: written down once, with a tax number that can be right."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.vendors import rules
from assets.vendors.models import Vendor
from kernel.db import db
from kernel.errors import Refusal
from tests.cast import Cast, make_cast
from tests.factories.office import sign_in
from tests.factories.work import make_vendor


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("1101700203450", True),
        ("1101700203451", False),
        ("110170020345", False),
        ("11017002034501", False),
        ("110170020345x", False),
        ("", False),
    ],
)
def test_the_last_digit_of_a_tax_number_proves_the_others(digits: str, right: bool) -> None:
    assert rules.is_tax_id(digits) is right


def test_a_tax_number_is_read_with_thai_digits_and_dashes(cast: Cast) -> None:
    assert make_vendor(tax_id="๑-๑๐๑๗-๐๐๒๐๓-๔๕-๐").tax_id == "1101700203450"


def test_a_vendor_is_written_down_once(cast: Cast) -> None:
    make_vendor(name="หจก. ตัวอย่าง คอมพิวเตอร์")
    with pytest.raises(Refusal) as refused:
        make_vendor(name="หจก.ตัวอย่างคอมพิวเตอร์")
    assert refused.value.field == "name"


def test_a_tax_number_belongs_to_one_vendor(cast: Cast) -> None:
    make_vendor(tax_id="1101700203450")
    with pytest.raises(Refusal) as refused:
        make_vendor(tax_id="1101700203450")
    assert refused.value.field == "tax_id"


def test_a_vendor_is_added_found_changed_and_retired(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.sri)
    typed = {"name": "ร้านกลางเมือง", "phone": "034-000-111"}
    assert client.post("/vendors/new", data=typed).status_code == 302
    made = db.session.scalars(select(Vendor)).one()
    at = f"/vendors/{made.id}"
    assert "ร้านกลางเมือง" in client.get("/vendors?q=กลาง").text
    stale = {**typed, "phone": "1", "version": "0"}
    assert client.post(f"{at}/edit", data=stale).status_code == 409
    assert (
        client.post(f"{at}/edit", data={**typed, "phone": "2", "version": "1"}).status_code == 302
    )
    assert client.post(f"{at}/retire").status_code == 302
    assert "ร้านกลางเมือง" not in client.get("/vendors").text
    assert "ร้านกลางเมือง" in client.get("/vendors?retired=1").text


def test_the_auditor_reads_and_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    made = make_vendor()
    sign_in(client, cast.orn)
    assert client.get(f"/vendors/{made.id}").status_code == 200
    assert client.post(f"/vendors/{made.id}/retire").status_code == 403
