"""A maintenance visit with a phone that has no network: every result arrives, exactly once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from assets.maintenance import jobs
from assets.maintenance.models import Answer, MeterReading, Occurrence, Visit
from assets.maintenance.rules.planning import StepDraft
from assets.maintenance.states import State, StepKind
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from kernel.db import db
from office.people.access import Role
from tests.browser.conftest import PHONE, Open
from tests.browser.pages import box, button, say, say_of
from tests.browser.photos import jpeg
from tests.browser.watching import Complaints, overflow
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, make_person, make_room, make_unit

PAGE = "/maintenance/offline/"
THINGS = 4
STEPS = (
    StepDraft("ทำความสะอาดพัดลม"),
    StepDraft(
        "แรงดันไฟ", kind=StepKind.READING, unit_word="V", least=Decimal(210), most=Decimal(240)
    ),
    StepDraft("ภาพหน้าจอ", kind=StepKind.PHOTO, required=False),
)


@pytest.fixture
def things(app: Flask, site: str) -> list[Asset]:
    """Four things of a school on one visit, each with a checklist."""
    with in_work():
        school = make_unit(name_th="โรงเรียนตัวอย่าง")
        room = make_room(school, "ห้องคอมพิวเตอร์ 1")
        kind = class_of_things()
        made = [
            make_asset(school, class_id=kind.id, room_id=room.id, name=f"คอมพิวเตอร์ {n}")
            for n in range(THINGS)
        ]
        make_plan(kind, steps=STEPS)
    jobs.follow_plans()
    db.session.rollback()
    return [db.session.get_one(Asset, one.id) for one in made]


def take_along(phone: Page) -> None:
    phone.goto(PAGE)
    phone.locator("[data-visits] input").check()
    button(phone, "Take the ticked visits along").click()
    said = say("%(num)s items are on this phone.", num=THINGS)
    expect(phone.locator("[data-visits-said]")).to_have_text(said)
    expect(phone.locator("[data-ready]")).to_be_visible()


def scan(phone: Page, thing: Asset) -> None:
    phone.locator("#code").fill(thing.asset_no or "")
    phone.locator("#code").press("Enter")
    expect(phone.locator("[data-item-name]")).to_have_text(thing.name)


def reading(phone: Page, value: str) -> None:
    field = phone.locator("[data-step] input[inputmode=decimal]")
    field.fill(value)
    field.blur()


def done(phone: Page) -> None:
    button(phone, "Done").click()
    expect(phone.locator("[data-work-form]")).to_be_hidden()


def waiting(phone: Page, number: int) -> None:
    said = (
        say("%(num)s waiting to be sent", num=number) if number else say("nothing waits to be sent")
    )
    expect(phone.locator("[data-strip] [data-waiting]")).to_have_text(said, timeout=20_000)


def states() -> list[str]:
    db.session.rollback()
    return sorted(str(one) for one in db.session.scalars(select(Occurrence.state)))


def number_of(table: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def do_in_order(phone: Page, thing: Asset) -> None:
    """Do an item; what is still missing is told, and a reading says by itself that it is fine."""
    scan(phone, thing)
    button(phone, "Done").click()
    expect(phone.locator("[data-fault]")).to_contain_text("ทำความสะอาดพัดลม")
    button(phone, "All in order").click()
    reading(phone, "๒๒๐")
    assert overflow(phone) == []
    done(phone)


def do_in_two_goes(phone: Page, thing: Asset) -> None:
    """Do an item with a bad reading and a photo; in its middle the page is closed and opened."""
    scan(phone, thing)
    button(phone, "All in order").click()
    reading(phone, "198.5")
    phone.locator("[data-step] input[type=file]").set_input_files(jpeg())
    taken = phone.locator("[data-photo-of]")
    expect(taken).to_have_text(say("The photo is taken."))
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text(say("A visit without a network"))
    waiting(phone, 1)
    scan(phone, thing)
    expect(taken).to_have_text(say("The photo is taken."))
    last = phone.locator("[data-step]").last
    last.get_by_role("radio", name=say("In order"), exact=True).check()
    done(phone)


def leave_out(phone: Page, thing: Asset, why: str) -> None:
    scan(phone, thing)
    phone.locator("[data-skip] summary").click()
    box(phone, "Reason").fill(why)
    button(phone, "Leave it out").click()


def lose_the_first_answer(phone: Page) -> None:
    """Let the service hear every result, but the phone get no answer to the first one."""
    heard: list[str] = []

    def cut(route: Route) -> None:
        heard.append(route.request.url)
        if len(heard) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.context.route("**/results", cut)


def test_a_visit_is_done_without_a_network_and_arrives_exactly_once(
    open_browser: Open, things: list[Asset], complaints: list[Complaints]
) -> None:
    phone = open_browser(make_person(Role.TECHNICIAN), viewport=PHONE, has_touch=True)
    take_along(phone)
    with complaints[0].expected():
        phone.context.set_offline(True)
        do_in_order(phone, things[0])
        do_in_two_goes(phone, things[1])
        leave_out(phone, things[2], "ห้องปิดสอบ")
        waiting(phone, 4)
        assert states() == ["on_visit"] * THINGS
        lose_the_first_answer(phone)
        with phone.expect_event("requestfailed", lambda asked: asked.url.endswith("/results")):
            phone.context.set_offline(False)
        button(phone, "Send now").click()
        waiting(phone, 0)
    assert states() == ["done", "done", "on_visit", "skipped"]
    assert number_of(Answer) == 5
    faults = db.session.scalars(select(Ticket).where(Ticket.asset_id.is_not(None))).all()
    assert [ticket.asset_id for ticket in faults] == [things[1].id]
    last = phone.locator("[data-last] .scanned")
    expect(last).to_have_count(3)
    expect(last.filter(has_text=faults[0].number)).to_contain_text(say("Not in order"))
    expect(last.first).to_contain_text(say_of("occurrence", "Skipped"))


def test_what_the_service_refuses_is_opened_again_and_mended(
    open_browser: Open, things: list[Asset], complaints: list[Complaints]
) -> None:
    with in_work():
        make_plan(asset_id=things[0].id, counts="meter", every=500, meter="หน้า")
        db.session.add(
            MeterReading(
                asset_id=things[0].id,
                meter="หน้า",
                value=100,
                read_on=db.session.scalars(select(Visit.day)).one().replace(day=1),
                at=db.session.scalars(select(Visit.created_at)).one(),
            )
        )
    phone = open_browser(make_person(Role.TECHNICIAN), viewport=PHONE)
    take_along(phone)
    with complaints[0].expected():
        phone.context.set_offline(True)
        scan(phone, things[0])
        button(phone, "All in order").click()
        reading(phone, "220")
        phone.locator("[name=meter-0]").fill("150")
        done(phone)
        with in_work():
            newer = db.session.scalars(select(MeterReading)).one()
            db.session.add(
                MeterReading(
                    asset_id=newer.asset_id, meter="หน้า", value=170, read_on=newer.read_on,
                    at=newer.at,
                )
            )  # fmt: skip
        phone.context.set_offline(False)
        button(phone, "Send now").click()
        refused = phone.locator("[data-refused-list]")
        expect(refused).to_contain_text("170")
        button(refused, "Open again").click()
        expect(phone.locator("[name=meter-0]")).to_have_value("150")
        phone.locator("[name=meter-0]").fill("180")
        done(phone)
        # What was refused did not wait either: only the line of the result tells that it arrived.
        expect(phone.locator("[data-last] .scanned")).to_contain_text(say("sent"))
        waiting(phone, 0)
    expect(refused).to_be_hidden()
    assert states().count(State.DONE) == 1
    assert number_of(MeterReading) == 3
