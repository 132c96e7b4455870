"""The page of an item with a whole life behind it: everything is told, and in few questions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.register import slots
from assets.register.models import Asset
from assets.register.rules import moving
from assets.register.slots import KINDS, Kind
from assets.register.states import MoveCause
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.attachments import add_document, add_photo
from tests.factories.counting import counted
from tests.factories.counts import open_round, scan, sent
from tests.factories.loans import make_loan
from tests.factories.office import TESTER, make_room, sign_in
from tests.factories.repairs import repaired
from tests.factories.tickets import make_tag

# The viewer, the item, the trail, and one for each room that has something to tell; the parts.
MOST_ASKED = 11
TOLD = (Kind.MOVE, Kind.LOAN, Kind.REPAIR, Kind.LABEL, Kind.FILE, Kind.COUNT)


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.admin)
    return people


def lived(cast: Cast) -> Asset:
    """Return a set that was lent, moved, repaired, counted, labelled and pictured."""
    whole = make_asset(cast.school, price=Decimal(30_000))
    make_asset(cast.school, whole_id=whole.id)
    make_tag(whole, code="7K30F9A1")
    make_loan(whole)
    repaired(whole, cast.thep, "เปลี่ยนจอภาพ", Decimal(900))
    room = make_room(cast.school)
    with work():
        found, here = db.session.get_one(Asset, whole.id), db.session.merge(room)
        moving.move(found, room=here, why=MoveCause.HAND, by=TESTER)
    add_photo(whole)
    add_document(whole)
    one = open_round(cast.school)
    scan(one, sent(whole.asset_no or ""))
    return db.session.get_one(Asset, whole.id)


def test_every_room_that_has_something_to_tell_is_asked(cast: Cast, client: FlaskClient) -> None:
    asset = lived(cast)
    said = client.get(f"/items/{asset.id}").text
    missing = [kind for kind in TOLD if str(KINDS[kind]) not in said or f"kind={kind}" not in said]
    assert not missing


def test_the_page_of_a_whole_life_asks_once_for_each_room(cast: Cast, client: FlaskClient) -> None:
    asset = lived(cast)
    client.get(f"/items/{asset.id}")
    with counted() as asked:
        client.get(f"/items/{asset.id}")
    assert len(asked) <= MOST_ASKED, "\n\n".join(asked)


def test_every_room_says_beforehand_whether_it_has_something_to_tell(app: Flask) -> None:
    assert {"labels", "counts", "disposals", "loans", "transfers", "tickets", slots.FILES} <= set(
        slots.present()
    )
