"""Each kind of line that the page of what is coming can show, and none of them too many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.disposals.states import State as Disposal
from assets.maintenance.models import Visit
from assets.stock.rules import items as stock
from helpdesk.coming import queries
from helpdesk.coming.queries import Filter, Line
from helpdesk.coming.states import Kind
from helpdesk.coming.views.pages import PAGES
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.files import store
from office.cards.models import UserCard
from office.cards.states import Reason, StaffKind, State
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.access_rights import make_right, make_systems
from tests.factories.assets import make_asset
from tests.factories.counts import open_round
from tests.factories.disposals import make_disposal
from tests.factories.licences import make_licence
from tests.factories.loan_requests import make_approved
from tests.factories.office import in_work, sign_in, viewer_for
from tests.factories.requests import make_ground
from tests.factories.stock import make_stock_item, make_store
from tests.factories.tickets import make_ticket
from tests.factories.work import send_out

SOON = timedelta(days=9)


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def warranty(cast: Cast) -> None:
    make_asset(cast.school, warranty_until=kernel_clock.today() + SOON)


def licence(cast: Cast) -> None:
    make_licence(cast.school, days_left=SOON.days)


def right(_cast: Cast) -> None:
    place = make_systems(make_ground())
    make_right(place, place.ground.asker, kernel_clock.today() + SOON)


def card(cast: Cast) -> None:
    photo = store().put(b"a face", "jpg")
    today = kernel_clock.today()
    with in_work():
        db.session.add(
            UserCard(
                person_id=cast.malee.id,
                unit_id=cast.school.id,
                state=State.HANDED_OVER,
                reason=Reason.FIRST,
                staff_kind=next(iter(StaffKind)),
                name_th=cast.malee.name_th,
                photo_key=photo,
                thumbnail_key=photo,
                code="C000000000001",
                number="บ.1/2570",
                asked_at=kernel_clock.now(),
                issued_on=today,
                valid_until=today + SOON,
                handed_over_at=kernel_clock.now(),
            )
        )


def inspection(cast: Cast) -> None:
    make_asset(cast.school)
    open_round(cast.school)


def disposal(_cast: Cast) -> None:
    make_disposal(state=Disposal.CARRIED_OUT)


def shortage(cast: Cast) -> None:
    shop, item = make_store(cast.office), make_stock_item()
    with in_work():
        stock.limit(shop.store, item, Decimal(5), None, by=viewer_for(cast.sri))


def ticket(cast: Cast) -> None:
    make_ticket(make_asset(cast.school))


def reservation(cast: Cast) -> None:
    make_approved(cast.malee, make_asset(cast.office))


def outside(cast: Cast) -> None:
    send_out(make_asset(cast.school), viewer_for(cast.thep))


def visit(cast: Cast) -> None:
    with in_work():
        day = kernel_clock.today() + SOON
        db.session.add(Visit(unit_id=cast.school.id, day=day, created_at=kernel_clock.now()))


# How each kind comes about, and how many days later it is looked for.
KINDS: dict[Kind, tuple[Callable[[Cast], None], int]] = {
    Kind.WARRANTY: (warranty, 0),
    Kind.LICENCE: (licence, 0),
    Kind.RIGHT: (right, 0),
    Kind.CARD: (card, 0),
    Kind.COUNT: (inspection, 0),
    Kind.DISPOSAL: (disposal, 0),
    Kind.STOCK: (shortage, 0),
    Kind.TICKET: (ticket, 0),
    Kind.RESERVATION: (reservation, 3),
    Kind.OUTSIDE: (outside, 10),
    Kind.VISIT: (visit, 0),
    Kind.BACKUP: (licence, 8),
}


def lines_of(cast: Cast, kind: Kind) -> list[Line]:
    db.session.rollback()
    return queries.coming(viewer_for(cast.admin), Filter(kind=kind), backup_days=7).lines


def test_every_kind_that_there_is_can_come() -> None:
    assert set(KINDS) == set(Kind) == set(PAGES)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_makes_one_line_that_leads_to_its_page(
    cast: Cast, client: FlaskClient, clock: Clock, kind: Kind
) -> None:
    come_up, later = KINDS[kind]
    if kind is not Kind.BACKUP:
        assert lines_of(cast, kind) == []
    come_up(cast)
    clock.forward(days=later)
    (line,) = lines_of(cast, kind)
    sign_in(client, cast.admin)
    page = client.get(f"/coming?kind={kind}").text
    with client.application.test_request_context():
        address = PAGES[kind](line.ref)
    assert f'href="{address}"' in page.replace("&amp;", "&")
    assert client.get(address).status_code == 200
    sign_in(client, cast.malee)
    assert queries.coming(viewer_for(cast.malee), Filter(kind=kind), backup_days=7).lines == []


def test_what_is_late_stays_on_the_page(cast: Cast, clock: Clock) -> None:
    for come_up in (outside, licence, visit):
        come_up(cast)
    clock.forward(days=20)
    late = [
        kind
        for kind in (Kind.OUTSIDE, Kind.LICENCE, Kind.VISIT)
        if [line.day < kernel_clock.today() for line in lines_of(cast, kind)] == [True]
    ]
    assert late == [Kind.OUTSIDE, Kind.LICENCE, Kind.VISIT]
