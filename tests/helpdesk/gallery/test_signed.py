"""Papers that an approval has signed bear a code, and the page of the code confirms them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.disposals.states import Method, State
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.rules import approving
from helpdesk.repairs.states import Outside
from kernel.db import db
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.papers.models import IssuedPaper
from tests.assets.disposals.steps import priced
from tests.assets.stock.test_moves import lose, sign
from tests.cast import Cast, make_cast
from tests.factories.disposals import make_disposal, make_team, nobody_pays
from tests.factories.office import sign_in, viewer_for
from tests.factories.stock import make_stock_item, make_store, receive
from tests.factories.work import send_out
from tests.office.papers.paper_reading import bare, texts


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def issued(kind: str) -> IssuedPaper:
    return db.session.scalars(select(IssuedPaper).where(IssuedPaper.kind == kind)).one()


def test_the_memo_of_an_approved_disposal_is_confirmed_with_its_signer(
    client: FlaskClient, cast: Cast
) -> None:
    team = make_team()
    case = make_disposal(
        priced("9000"),
        state=State.APPROVED,
        team=team,
        method=Method.DESTROY,
        findings=nobody_pays(),
    )
    paper = issued("disposal")
    page = client.get(f"/papers/check/{paper.code}").text
    signer = paper.signers[0]["name"]
    for words in (case.number, signer, paper.content_hash):
        assert words in page, words
    sign_in(client, cast.admin)
    memo = "".join(texts(client.get(f"/disposals/{case.id}/papers/approval.pdf").data))
    assert bare(paper.shown_code) in memo
    order = "".join(texts(client.get(f"/disposals/{case.id}/papers/list.pdf").data))
    assert bare(paper.shown_code) not in order


def test_the_notice_of_a_repair_that_was_approved_bears_the_code_of_the_approval(
    client: FlaskClient, cast: Cast
) -> None:
    ticket, made = send_out(
        priced("9000"), viewer_for(cast.thep), state=Outside.SUBMITTED, amount=9000
    )
    with work():
        outside = db.session.get_one(OutsideRepair, made.id)
        signing.approve(db.session.get_one(Approval, outside.approval_id), by=viewer_for(cast.chai))
    paper = issued(approving.KIND)
    assert cast.chai.name_th in client.get(f"/papers/check/{paper.code}").text
    sign_in(client, cast.admin)
    notice = "".join(texts(client.get(f"/tickets/{ticket.id}/report.pdf").data))
    assert bare(paper.shown_code) in notice


def test_a_write_off_of_materials_is_confirmed(client: FlaskClient, cast: Cast) -> None:
    shop = make_store()
    item = make_stock_item()
    receive(shop, item, 10, "50.00")
    slip_id, approval_id = lose(shop, item, 4)
    sign(approval_id, shop.orderer)
    paper = issued("stock_loss")
    assert paper.content_hash in client.get(f"/papers/check/{paper.code}").text
    sign_in(client, shop.keeper)
    printed = "".join(texts(client.get(f"/stock/documents/{slip_id}/paper.pdf").data))
    assert bare(paper.shown_code) in printed
