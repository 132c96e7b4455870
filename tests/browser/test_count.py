"""The annual inspection with a phone that has no network: every scan arrives, exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from assets.counts.models import Result, Round, Scan, ScanPhoto
from assets.counts.states import Outcome
from kernel.db import db
from office.people.models import Person
from office.places.models import Room, Unit
from tests.browser.conftest import PHONE, Open, give_session
from tests.browser.pages import button, say, say_of
from tests.browser.photos import jpeg
from tests.browser.watching import Complaints
from tests.factories.assets import make_asset
from tests.factories.counts import open_round
from tests.factories.office import make_person, make_room, make_unit
from tests.factories.tickets import make_tag

EXPECTED = 30
PAGE = "/counts/offline/"


class Story:
    """A school with one room of 30 things, and the chair of its committee."""

    def __init__(self) -> None:
        school = make_unit(name_th="โรงเรียนตัวอย่าง")
        self.room: Room = make_room(school, "ห้องคอมพิวเตอร์ 1")
        self.numbers = [
            str(make_asset(school, room_id=self.room.id, name=f"คอมพิวเตอร์ {n}").asset_no)
            for n in range(EXPECTED)
        ]
        self.chair: Person = make_person(name_th="อนงค์ ตัวอย่าง")
        self.round: Round = open_round(school, self.chair)


@pytest.fixture
def story(app: Flask) -> Story:
    return Story()


def take_along(phone: Page, things: int = EXPECTED) -> None:
    """Open the page with a network, tick every room and keep its list on the phone."""
    phone.goto(PAGE)
    phone.locator("[data-rooms] input").check()
    button(phone, "Take the ticked rooms along").click()
    said = say("%(num)s items are on this phone.", num=things)
    expect(phone.locator("[data-rooms-said]")).to_have_text(said)
    expect(phone.locator("[data-ready]")).to_be_visible()


def count(phone: Page, code: str) -> None:
    """Scan as a wedge does, and wait until the phone has kept it."""
    before = int(phone.locator("body").get_attribute("data-waiting") or 0)
    phone.locator("#code").fill(code)
    phone.locator("#code").press("Enter")
    expect(phone.locator("body")).to_have_attribute("data-waiting", str(before + 1))


def waiting(phone: Page, number: int) -> None:
    said = (
        say("%(num)s waiting to be sent", num=number) if number else say("nothing waits to be sent")
    )
    expect(phone.locator("[data-strip] [data-waiting]")).to_have_text(said, timeout=20_000)


def kept(table: type[object]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def cut_after(context: BrowserContext, answered: int) -> Callable[[], None]:
    """Let some uploads through; of later ones the service hears, but the phone gets no answer."""
    seen = {"sent": 0}

    def cut(route: Route) -> None:
        seen["sent"] += 1
        if seen["sent"] > answered:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    context.route("**/scans", cut)
    return lambda: context.unroute("**/scans")


def walk_half(phone: Page, story: Story) -> None:
    """Count 15 things without a network, the last one damaged and with a photo."""
    for number in story.numbers[:14]:
        count(phone, number)
    phone.locator("[data-more] summary").click()
    phone.locator("#remark").fill("จอแตก")
    phone.locator("#condition").select_option("damaged")
    phone.locator("#photos").set_input_files(jpeg())
    phone.locator("#code").fill(story.numbers[14])
    phone.locator("#code").press("Enter")


def test_thirty_scans_and_a_photo_without_a_network_arrive_exactly_once(
    open_browser: Open, story: Story, complaints: list[Complaints]
) -> None:
    phone = open_browser(story.chair, viewport=PHONE, has_touch=True, is_mobile=True)
    take_along(phone)
    with complaints[0].expected():
        phone.context.set_offline(True)
        walk_half(phone, story)
        waiting(phone, 16)
        phone.reload()
        expect(phone.get_by_role("heading", level=1)).to_have_text(
            say("Counting without a network")
        )
        waiting(phone, 16)
        for number in story.numbers[15:29]:
            count(phone, number)
        count(phone, "ไม่มีในทะเบียน")
        waiting(phone, 31)
        assert kept(Scan) == 0

        restore = cut_after(phone.context, 1)
        with phone.expect_event("requestfailed", lambda asked: asked.url.endswith("/scans")):
            phone.context.set_offline(False)
        waiting(phone, 6)
        assert kept(Scan) == 30
        restore()
        button(phone, "Send now").click()
        waiting(phone, 0)
    assert (kept(Scan), kept(ScanPhoto), kept(Result)) == (30, 1, 29)
    outcomes = list(db.session.scalars(select(Scan.outcome)))
    assert outcomes.count(Outcome.FOUND) == 29
    assert outcomes.count(Outcome.UNKNOWN) == 1
    damaged = db.session.scalars(select(Result).where(Result.condition == "damaged")).one()
    assert damaged.remark == "จอแตก"
    with complaints[0].expected():
        button(phone, "Send now").click()
        waiting(phone, 0)
    assert kept(Scan) == 30
    last = phone.locator("[data-last] .scanned").first
    expect(last).to_contain_text(say_of("scan", "Not in the register"))


def test_a_server_error_and_a_lost_sign_in_keep_the_queue(
    app: Flask, open_browser: Open, site: str, story: Story, complaints: list[Complaints]
) -> None:
    phone = open_browser(story.chair, viewport=PHONE)
    take_along(phone)
    with complaints[0].expected():
        phone.context.route("**/scans", lambda route: route.fulfill(status=500, body="{}"))
        for number in story.numbers[:3]:
            count(phone, number)
        expect(phone.locator("[data-strip]")).to_have_attribute("data-state", "trouble")
        phone.context.unroute("**/scans")
        phone.context.clear_cookies()
        button(phone, "Send now").click()
        expect(phone.locator("[data-strip]")).to_have_attribute("data-state", "sign-in")
        expect(phone.locator("[data-sign-in]")).to_be_visible()
        waiting(phone, 3)
        phone.reload()
        waiting(phone, 3)
        give_session(app, phone.context, story.chair, site)
        button(phone, "Send now").click()
        waiting(phone, 0)
    assert kept(Scan) == 3


def test_what_the_service_refuses_stays_in_sight_with_its_reason(
    open_browser: Open, story: Story, complaints: list[Complaints]
) -> None:
    phone = open_browser(story.chair, viewport=PHONE)
    take_along(phone)
    with complaints[0].expected():
        phone.context.set_offline(True)
        count(phone, story.numbers[0])
        db.session.rollback()
        db.session.get_one(Round, story.round.id).state = "planned"
        db.session.commit()
        phone.context.set_offline(False)
        button(phone, "Send now").click()
        waiting(phone, 0)
        refused = phone.locator("[data-refused-list]")
        expect(refused).to_contain_text(story.numbers[0])
        phone.reload()
        expect(refused).to_contain_text(story.numbers[0])
        db.session.get_one(Round, story.round.id).state = "open"
        db.session.commit()
        button(phone, "Send these again").click()
        expect(refused).to_be_hidden()
        waiting(phone, 0)
    assert kept(Scan) == 1


def test_a_part_of_a_scanned_set_is_confirmed_by_one_tap_without_a_network(
    open_browser: Open, story: Story, complaints: list[Complaints]
) -> None:
    school = db.session.get_one(Unit, story.round.unit_id)
    kit = make_asset(school, room_id=story.room.id, name="ชุดเครื่องเสียง")
    make_asset(school, room_id=story.room.id, name="ลำโพง", asset_no=None, whole_id=kit.id)
    chair = make_person()
    story.round = open_round(school, chair, fiscal_year=2568, ordered_on=date(2025, 9, 15))
    phone = open_browser(chair, viewport=PHONE)
    take_along(phone, EXPECTED + 2)
    with complaints[0].expected():
        phone.context.set_offline(True)
        count(phone, str(kit.asset_no))
        offered = phone.locator("[data-set]")
        expect(offered).to_contain_text("ลำโพง")
        waiting(phone, 1)
        button(phone, "It is here").click()
        waiting(phone, 2)
        expect(offered).to_be_hidden()
        assert phone.evaluate("document.activeElement.id") == "code"
        phone.context.set_offline(False)
        button(phone, "Send now").click()
        waiting(phone, 0)
    assert kept(Result) == 2
    assert set(db.session.scalars(select(Scan.outcome))) == {Outcome.FOUND}


def test_the_label_of_a_room_leads_into_it_without_a_network(
    app: Flask, open_browser: Open, complaints: list[Complaints]
) -> None:
    school, chair = make_unit(name_th="โรงเรียนตัวอย่าง"), make_person()
    for name in ("ก ห้องพักครู", "ห้องสมุด"):
        room = make_room(school, name)
        make_asset(school, room_id=room.id)
    make_tag(code="R00M2310", room_id=room.id)
    open_round(school, chair)
    phone = open_browser(chair, viewport=PHONE, has_touch=True, is_mobile=True)
    phone.goto(PAGE)
    boxes = phone.locator("[data-rooms] input")
    expect(boxes).to_have_count(2)
    take = button(phone, "Take the ticked rooms along")
    place = take.bounding_box()
    expect(phone.locator("[data-ready]")).to_be_visible()
    assert take.bounding_box() == place, "what is tapped moved under the finger"
    for box in boxes.all():
        box.check()
    take.click()
    chosen = phone.locator("#room option:checked")
    expect(chosen).to_have_text("ก ห้องพักครู")
    with complaints[0].expected():
        phone.context.set_offline(True)
        phone.locator("#code").fill("HTTPS://HOST/Q/R00M2310")
        phone.locator("#code").press("Enter")
        said = say("You are in %(room)s now.", room="ห้องสมุด")
        expect(phone.locator("[data-result]")).to_have_text(said)
        expect(chosen).to_have_text("ห้องสมุด")
        expect(phone.locator("body")).to_have_attribute("data-waiting", "0")
