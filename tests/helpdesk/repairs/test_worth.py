"""What is told before money is spent: repairs so far, the book value, and disposal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from flask.testing import FlaskClient

from helpdesk.repairs.rules import worth
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.disposals import make_disposal
from tests.factories.office import sign_in
from tests.factories.tickets import make_ticket


def repaired(cast: Cast, thep: Viewer, spent: int, *, years_old: int) -> Ticket:
    """Return a ticket at work on an item of 20,000 baht that was repaired before."""
    day = clock.today() - timedelta(days=365 * years_old)
    asset = make_asset(
        cast.school,
        price=Decimal(20000),
        acquired_on=day,
        useful_life_years=5,
        lifecycle="in_service",
    )
    earlier = make_ticket(asset, state=State.RESOLVED, technician=thep)
    with work():
        db.session.get_one(Ticket, earlier.id).repair_cost = Decimal(spent)
    return make_ticket(asset, state=State.IN_PROGRESS, technician=thep)


def test_the_hint_says_what_repairs_have_cost_against_the_book_value(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = repaired(cast, thep, 1500, years_old=6)
    found = worth.worth_of(db.session.get_one(Ticket, ticket.id))
    assert found is not None
    assert (found.spent, found.net) == (Decimal(1500), Decimal("1.00"))
    sign_in(client, cast.thep)
    for path in ("work", "costs", "outside", "parts-used"):
        page = client.get(f"/tickets/{ticket.id}/{path}").text
        assert "ค่าซ่อมสะสม 1,500.00 บาท มูลค่าตามบัญชีวันนี้ 1.00 บาท" in page, path


def test_only_repairs_dearer_than_the_value_and_half_the_price_are_warned_of(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    wrong = []
    for spent, years_old, dear in ((10_000, 6, True), (9_999, 6, False), (12_000, 1, False)):
        ticket = repaired(cast, thep, spent, years_old=years_old)
        warned = "ค่าซ่อมสะสม" in client.get(f"/tickets/{ticket.id}").text
        if warned != dear:
            wrong.append((spent, years_old))
    assert wrong == []


def test_an_item_without_a_price_has_only_what_was_spent(cast: Cast, thep: Viewer) -> None:
    ticket = make_ticket(make_asset(cast.school, price=None), state=State.ACCEPTED, technician=thep)
    found = worth.worth_of(db.session.get_one(Ticket, ticket.id))
    assert found is not None
    assert (found.net, found.is_dear, found.sentence) == (None, False, "")


def test_an_item_in_a_case_of_disposal_is_told_before_money_is_spent(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    ticket = make_ticket(asset, state=State.IN_PROGRESS, technician=thep)
    case = make_disposal(asset)
    sign_in(client, cast.thep)
    for path in ("", "/work", "/costs", "/outside"):
        page = client.get(f"/tickets/{ticket.id}{path}").text
        assert f"รอจำหน่าย เรื่องที่ {case.number}" in page, path
