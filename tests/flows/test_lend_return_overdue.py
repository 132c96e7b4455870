"""The story of the lending desk: five items go out, four come back, the fifth is chased.

It is told by a browser without JavaScript: every step is a form that is sent, in the order in
which the officer presses the keys.
"""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.jobs import flag_due
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset
from assets.register.states import Condition
from helpdesk.tickets.models import Ticket
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import sign_in


def key_of(page: str) -> str:
    found = re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_five_items_go_out_four_come_back_and_the_fifth_is_chased(
    client: FlaskClient, clock: Clock
) -> None:
    cast = make_cast()
    numbers = [str(make_asset(name=f"เครื่องฉายที่ {n}").asset_no) for n in range(1, 6)]
    card = cast.malee.card_code
    sign_in(client, cast.sri)

    # Items and the card in any order; the empty Enter with the terms hands over.
    for code in (numbers[0], card, *numbers[1:]):
        answer = client.post("/desk/scan", data={"code": code}, follow_redirects=True)
        assert answer.status_code == 200
    page = client.get("/desk").text
    assert "มาลี ตัวอย่าง" in page
    assert all(number in page for number in numbers)
    terms = {
        "code": "",
        "key": key_of(page),
        "purpose": "สอนวิชาวิทยาการคำนวณ",
        "official": "y",
        "place_kind": "inside",
        "due": "tomorrow",
    }
    receipt = client.post("/desk/scan", data=terms, follow_redirects=True)
    assert "ย.1/2570" in receipt.text
    loan = db.session.scalars(select(Loan)).one()
    assert client.get(f"/loans/{loan.id}/slip.pdf").data.startswith(b"%PDF")

    # Four come back, one of them damaged: the first scan flips the desk to taking back.
    for number in numbers[:4]:
        client.post("/desk/scan", data={"code": number})
    broken = db.session.scalar(select(Asset.id).where(Asset.asset_no == numbers[1]))
    judged = {
        "code": "",
        "key": key_of(client.get("/desk").text),
        "line": [str(broken)],
        f"outcome-{broken}": "damaged",
        f"note-{broken}": "เลนส์แตก",
    }
    receipt = client.post("/desk/scan", data=judged, follow_redirects=True)
    assert "ซ.1/2570" in receipt.text
    states = db.session.scalars(select(LoanLine.state).order_by(LoanLine.id)).all()
    assert states == [LineState.RETURNED] * 4 + [LineState.OUT]
    ticket = db.session.scalars(select(Ticket)).one()
    assert ticket.asset_id == broken
    assert db.session.get_one(Asset, broken).condition == Condition.DAMAGED

    # Two days later the fifth is overdue: the list shows it and one message goes out.
    clock.forward(days=2)
    assert numbers[4] in client.get("/loans/overdue").text
    assert flag_due() == 1
    message = db.session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.kind == "loan_due")
    ).one()
    assert message.person_id == cast.malee.id
    assert numbers[4] in message.body
