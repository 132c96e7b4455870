"""The pages of a transfer, from its list to the answer of the receiving unit."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select

from assets.register.models import Asset
from assets.transfers.models import Transfer, TransferLine
from assets.transfers.rules import preparing, sending
from assets.transfers.rules.sending import Arrival, Shelf
from assets.transfers.states import LineAction, TransferKind
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in, viewer_for
from tests.factories.transfers import make_transfer
from tests.office.papers.paper_reading import bare

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def asset_now(asset: Asset) -> Asset:
    return db.session.get_one(Asset, asset.id)


def test_a_transfer_goes_its_whole_way_through_the_pages(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.office)
    sign_in(client, cast.sri)
    head = {
        "kind": "for_good",
        "from_unit_id": cast.office.id,
        "to_unit_id": cast.school.id,
        "reason": "โรงเรียนขาดแคลน",
        "key": KEY,
    }
    here = client.post("/transfers/new", data=head).location
    assert client.post(f"{here}/add", data={"code": asset.asset_no}).status_code == 302
    number = db.session.scalars(select(Transfer.version)).one()
    sign_in(client, cast.chai)
    assert client.post(f"{here}/approve", data={"version": number}).status_code == 302
    sign_in(client, cast.sri)
    number = db.session.scalars(select(Transfer.version)).one()
    assert client.post(f"{here}/send", data={"version": number}).status_code == 302
    sign_in(client, cast.kanda)
    assert asset.asset_no in client.get(here).text
    line = db.session.scalars(select(TransferLine.id)).one()
    number = db.session.scalars(select(Transfer.version)).one()
    said = {f"how-{line}": "good", "room": 0, "custodian": cast.malee.id, "version": number}
    assert client.post(f"{here}/accept", data=said).status_code == 302
    row = asset_now(asset)
    assert (row.owner_unit_id, row.custodian_id) == (cast.school.id, cast.malee.id)
    assert client.get(f"{here}/paper.pdf").data.startswith(b"%PDF")


def test_what_is_answered_stays_on_the_page_beside_what_is_still_missing(
    client: FlaskClient, cast: Cast
) -> None:
    here, lost = make_asset(cast.office, name="จอภาพ"), make_asset(cast.office, name="กล้อง")
    transfer = make_transfer(here, lost, to_unit=cast.school, sent=True, sender=cast.sri)
    with work():
        one = db.session.get_one(Transfer, transfer.id)
        first, second = [line.id for line in preparing.lines_of(one)]
        said = {first: Arrival(LineAction.ARRIVE), second: Arrival(LineAction.MISS)}
        sending.accept(one, said, Shelf(), by=viewer_for(cast.kanda))
    sign_in(client, cast.kanda)
    page = client.get(f"/transfers/{transfer.id}").text
    assert f'name="how-{second}"' in page
    assert f'name="how-{first}"' not in page
    assert "จอภาพ" in page


def test_the_list_of_a_transfer_names_the_number_in_the_books_of_both_sides(
    client: FlaskClient, cast: Cast
) -> None:
    asset = make_asset(cast.office, asset_no="7440-001-0001/60")
    transfer = make_transfer(
        asset, to_unit=cast.school, sent=True, sender=cast.sri, kind=TransferKind.FOR_GOOD
    )
    with work():
        one = db.session.get_one(Transfer, transfer.id)
        (line,) = preparing.lines_of(one)
        said = Arrival(LineAction.ARRIVE, asset_no="7440-001-9002/70")
        sending.accept(one, {line.id: said}, Shelf(), by=viewer_for(cast.kanda))
    sign_in(client, cast.sri)
    paper = PdfDocument(client.get(f"/transfers/{transfer.id}/paper.pdf").data)
    text = bare(paper[0].get_textpage().get_text_bounded())
    assert "9002/70" in text
    assert "0001/60" in text


def test_declining_all_of_it_without_a_reason_is_told_so(client: FlaskClient, cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    sign_in(client, cast.kanda)
    answer = client.post(f"/transfers/{transfer.id}/decline", data={"reason": " "})
    assert answer.status_code == 422
    assert "กรุณาระบุเหตุผล" in answer.text
    assert f'<option selected value="{cast.kanda.id}"' in answer.text


def test_a_stale_approval_is_told_so(client: FlaskClient, cast: Cast) -> None:
    transfer = make_transfer(sender=cast.sri)
    sign_in(client, cast.chai)
    answer = client.post(f"/transfers/{transfer.id}/approve", data={"version": "77"})
    assert answer.status_code == 409


def test_a_school_sees_its_own_transfers_only(client: FlaskClient, cast: Cast) -> None:
    mine = make_transfer(to_unit=cast.school, sent=True)
    other = make_transfer(to_unit=cast.other_school, sent=True)
    sign_in(client, cast.kanda)
    page = client.get("/transfers?which=to_me").text
    assert mine.number in page
    assert other.number not in page
    assert client.get(f"/transfers/{other.id}").status_code == 404
