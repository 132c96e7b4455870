"""What fails again and again, with its cost, its tickets, and the panel on the item's page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.models import Asset
from helpdesk.figures import jobs, recurring
from helpdesk.figures.recurring import Asked, What
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Kind, Outcome, State
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_room, sign_in, viewer_for
from tests.factories.tickets import make_symptom, make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def repaired(cast: Cast, asset: Asset, cost: int, **fields: object) -> Ticket:
    ticket = make_ticket(asset, **fields)  # type: ignore[arg-type]
    with work():
        found = db.session.get_one(Ticket, ticket.id)
        rules.take(found, by=viewer_for(cast.thep))
        said = rules.Result(
            Outcome.FIXED, Cause.HARDWARE, "ซ่อม", repair_cost=Decimal(cost) if cost else None
        )
        rules.resolve(found, said, by=viewer_for(cast.thep))
    return ticket


def lines(cast: Cast, what: What, **asked: int) -> list[tuple[str, int, Decimal]]:
    found = recurring.repeated(viewer_for(cast.orn), Asked(**asked), what)
    return [(one.key, one.count, one.cost) for one in found]


def test_items_symptoms_and_rooms_are_counted_with_their_cost(cast: Cast, clock: Clock) -> None:
    room = make_room(cast.school)
    bad = make_asset(cast.school, room_id=room.id)
    good = make_asset(cast.school, room_id=room.id)
    chip, other = make_symptom(), make_symptom()
    repaired(cast, bad, 500, symptoms=[chip])
    repaired(cast, bad, 700, symptoms=[chip, other])
    repaired(cast, good, 0, symptoms=[chip])
    make_ticket(bad, state=State.CANCELLED, by=viewer_for(cast.thep))
    make_ticket(bad, kind=Kind.ADVICE)
    jobs.gather()
    assert lines(cast, What.ITEM) == [(str(bad.id), 2, Decimal(1200))]
    assert lines(cast, What.SAME) == [(f"{bad.id}-{chip.id}", 2, Decimal(1200))]
    assert lines(cast, What.SYMPTOM) == [(str(chip.id), 3, Decimal(1200))]
    assert lines(cast, What.ROOM) == [(str(room.id), 3, Decimal(1200))]
    assert lines(cast, What.ITEM, least=3) == []


def test_parts_on_the_same_thing_are_one_fault_with_their_whole_and_add_their_cost(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    """Worked out by hand: PC 1,000 + 200 + 40 and again 500; screen of its set 30; printer 7."""
    room = make_room(cast.school)
    pc, printer = (make_asset(cast.school, room_id=room.id) for _two in range(2))
    screen = make_asset(cast.school, room_id=room.id, whole_id=pc.id)
    chip, other = make_symptom(), make_symptom()
    whole = repaired(cast, pc, 1000, symptoms=[chip])
    under = [
        repaired(cast, pc, 200, symptoms=[chip, other]),
        repaired(cast, pc, 40),
        repaired(cast, screen, 30),
        repaired(cast, printer, 7, symptoms=[chip]),
    ]
    dropped = make_ticket(pc, symptoms=[other])
    its_parts = [repaired(cast, pc, 250) for _two in range(2)]
    with work():
        for part, of in [*((one, whole) for one in under), *((one, dropped) for one in its_parts)]:
            db.session.get_one(Ticket, part.id).parent_id = of.id
        gone = db.session.get_one(Ticket, dropped.id)
        rules.cancel(gone, "ซ้ำ", by=viewer_for(cast.thep))
    jobs.gather()
    assert lines(cast, What.ITEM, least=1) == [
        (str(pc.id), 2, Decimal(1740)),
        (str(printer.id), 1, Decimal(7)),
        (str(screen.id), 1, Decimal(30)),
    ]
    assert lines(cast, What.ROOM, least=1) == [(str(room.id), 3, Decimal(1777))]
    assert lines(cast, What.SYMPTOM, least=1) == [
        (str(chip.id), 2, Decimal(1277)),
        (str(other.id), 2, Decimal(700)),
    ]
    on_page = recurring.of_item(pc.id)
    assert (on_page.count, on_page.cost, on_page.of_symptom) == (2, Decimal(1740), 0)
    present = select(Asset.id).where(recurring.repeats())
    assert db.session.scalars(present).all() == [pc.id]
    sign_in(client, cast.kanda)
    page = client.get(f"/figures/recurring/item/{pc.id}").text
    assert page.count(f"เป็นส่วนหนึ่งของ {whole.number}") == 2


def test_what_lies_further_back_does_not_count(cast: Cast, clock: Clock) -> None:
    bad = make_asset(cast.school)
    repaired(cast, bad, 0)
    clock.forward(days=60)
    repaired(cast, bad, 0)
    jobs.gather()
    assert lines(cast, What.ITEM, days=30) == []
    assert lines(cast, What.ITEM, days=90) == [(str(bad.id), 2, Decimal(0))]
    assert kernel_clock.today() - Asked(days=90).since == timedelta(days=90)


def test_a_line_leads_to_its_tickets_of_the_own_school_only(
    client: FlaskClient, cast: Cast
) -> None:
    bad, theirs = make_asset(cast.school), make_asset(cast.other_school, name="ของลับ")
    numbers = [repaired(cast, bad, 0).number for _twice in range(2)]
    for _twice in range(2):
        repaired(cast, theirs, 0)
    jobs.gather()
    sign_in(client, cast.kanda)
    page = client.get("/figures/recurring").text
    assert f'href="/figures/recurring/item/{bad.id}"' in page
    assert "ของลับ" not in page
    tickets = client.get(f"/figures/recurring/item/{bad.id}").text
    assert all(number in tickets for number in numbers)
    assert "ของลับ" not in client.get(f"/figures/recurring/item/{theirs.id}").text
    assert client.get("/figures/recurring/item.xlsx").data[:2] == b"PK"
    assert "ของลับ" not in client.get("/figures/recurring/item.csv").text


@pytest.mark.parametrize(
    "path", ["nonsense", "item/x", "item/1-2", "same/1", "item/99999999999999999999", "item.exe"]
)
def test_nonsense_in_the_address_is_no_page(client: FlaskClient, cast: Cast, path: str) -> None:
    sign_in(client, cast.thep)
    assert client.get(f"/figures/recurring/{path}").status_code == 404


def test_the_item_page_tells_of_repeated_faults_and_asks_no_more_of_others(
    client: FlaskClient, cast: Cast
) -> None:
    good, bad = make_asset(cast.school), make_asset(cast.school)
    chip = make_symptom(text_th="จอกะพริบ")
    repaired(cast, good, 0)
    for _twice in range(2):
        repaired(cast, bad, 250, symptoms=[chip])
    jobs.gather()
    sign_in(client, cast.thep)
    page = client.get(f"/items/{bad.id}").text
    assert f'href="/figures/recurring/item/{bad.id}"' in page
    assert "500.00" in page
    lengths = []
    for item in (good, bad):
        with counted() as asked:
            assert client.get(f"/items/{item.id}").status_code == 200
        lengths.append(len(asked))
    assert lengths[1] == lengths[0] + 1
    assert "/figures/recurring" not in client.get(f"/items/{good.id}").text
    sign_in(client, cast.malee)
    assert "/figures/recurring" not in client.get(f"/items/{bad.id}").text


def test_the_pages_ask_the_same_however_many_faults_there_are(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.thep)
    lengths = []
    for _round in range(2):
        bad = make_asset(cast.school)
        for _twice in range(2):
            repaired(cast, bad, 0)
        jobs.gather()
        with counted() as asked:
            assert client.get("/figures/recurring/item").status_code == 200
        lengths.append(len(asked))
    assert lengths[0] >= lengths[1]
    assert lengths[1] <= 6
