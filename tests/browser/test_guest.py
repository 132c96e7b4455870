"""A guest with a phone reports a fault, a technician repairs it, the guest sees it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from assets.labels.qr import address as label_address
from assets.register.models import Asset
from assets.register.states import Condition
from helpdesk.tickets.models import Ticket, TicketPhoto
from helpdesk.tickets.states import OUTCOMES, Outcome
from kernel.db import db
from kernel.files import store
from tests.browser import camera, pages, photos
from tests.browser.conftest import PHONE, Open, without_network
from tests.browser.pages import box, button, say
from tests.browser.watching import Complaints, overflow
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room
from tests.factories.tickets import make_symptom, make_tag, make_ticket

SYMPTOM = "เปิดไม่ติด"
DETAIL = "กดปุ่มแล้วไฟไม่ขึ้น"
GUEST = "ครูสมมติ"
CODE = "SCAN2ME7"
OFFLINE = (
    "No connection right now. What you wrote is still here; please send it again "
    "when you are online."
)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def code(cast: Cast) -> str:
    """The label of a school's notebook that has a chip for its commonest fault."""
    kind = make_class()
    make_symptom(kind.id, text_th=SYMPTOM)
    room = make_room(cast.school)
    item = make_asset(unit=cast.school, class_id=kind.id, room_id=room.id)
    return make_tag(item, code=CODE).code


def reports() -> list[Ticket]:
    """The reports that have arrived."""
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def repair(desk: Page, ticket: Ticket) -> None:
    """Find a report in the queue, take it, answer, and resolve it."""
    desk.goto("/tickets")
    desk.get_by_role("link", name=ticket.subject).click()
    expect(desk.get_by_role("main")).to_contain_text(DETAIL)
    button(desk, "Take it").click()
    box(desk, "Message").fill("จะไปดูบ่ายนี้")
    button(desk, "Send").click()
    expect(desk.get_by_role("main")).to_contain_text("จะไปดูบ่ายนี้")
    expect(box(desk, "Message")).to_have_value("")
    button(desk, "Start work").click()
    pages.link(desk, "Resolve").click()
    panel = desk.locator("#resolve")
    panel.get_by_label(str(OUTCOMES[Outcome.FIXED])).check()
    box(panel, "Cause").select_option("hardware")
    box(panel, "What was done").fill("เปลี่ยนสายไฟ")
    box(panel, "A word to the reporter").fill("ใช้งานได้แล้วครับ")
    button(panel, "Resolve and tell the reporter").click()
    expect(desk.locator(".page-badge")).to_contain_text(pages.say_of("ticket", "Resolved"))


def test_a_guest_reports_with_a_photo_a_technician_repairs_and_the_guest_sees_it(
    phone: Page, open_browser: Open, cast: Cast, code: str
) -> None:
    pages.scan_by_address(phone, code)
    pages.link(phone, "Report a fault").click()
    pages.fill_report(
        phone, symptom=SYMPTOM, detail=DETAIL, name=GUEST, photos=[photos.jpeg(), photos.heic()]
    )
    expect(phone.locator("[data-photo-list] li")).to_have_count(2)
    pages.send_report(phone)
    [ticket] = reports()
    expect(phone.get_by_role("main")).to_contain_text(ticket.number)
    assert overflow(phone) == []
    private = pages.private_link(phone)
    assert private.endswith(ticket.token)

    desk = open_browser(cast.thep)
    repair(desk, ticket)

    phone.goto(private)
    expect(phone.get_by_role("main")).to_contain_text("จะไปดูบ่ายนี้")
    expect(phone.get_by_role("main")).to_contain_text("ใช้งานได้แล้วครับ")
    expect(button(phone, "It works again")).to_be_visible()
    assert overflow(phone) == []
    db.session.rollback()
    assert db.session.get_one(Asset, ticket.asset_id).condition == Condition.GOOD


def test_photos_of_a_report_lose_the_place_where_they_were_taken(phone: Page, code: str) -> None:
    sent = [photos.jpeg(), photos.heic()]
    assert all(photos.place_in(one["buffer"]) for one in sent)
    phone.goto(f"/q/{code}/report")
    pages.fill_report(phone, symptom=SYMPTOM, detail=DETAIL, name=GUEST, photos=sent)
    pages.send_report(phone)
    db.session.rollback()
    kept = [store().read(key) for key in db.session.scalars(select(TicketPhoto.key))]
    assert [photos.place_in(data) for data in kept] == [{}, {}]
    assert {Image.open(io.BytesIO(data)).format for data in kept} == {"JPEG"}


def test_a_guest_without_javascript_reports_with_a_photo_and_follows_the_report(
    open_browser: Open, cast: Cast, code: str
) -> None:
    phone = open_browser(viewport=PHONE, java_script_enabled=False)
    pages.scan_by_address(phone, code)
    pages.link(phone, "Report a fault").click()
    pages.fill_report(
        phone, symptom=SYMPTOM, detail=DETAIL, name=GUEST, photos=[photos.jpeg(), photos.heic()]
    )
    pages.send_report(phone)
    [ticket] = reports()
    assert db.session.scalar(select(func.count()).select_from(TicketPhoto)) == 2
    private = pages.private_link(phone)
    repair(open_browser(cast.thep), ticket)
    phone.goto(private)
    expect(phone.get_by_role("main")).to_contain_text("ใช้งานได้แล้วครับ")
    button(phone, "It works again").click()
    expect(phone.get_by_role("status")).to_contain_text(say("Thank you. The report is finished."))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_tap_on_send_makes_one_report(
    open_browser: Open, code: str, javascript: bool
) -> None:
    phone = open_browser(viewport=PHONE, java_script_enabled=javascript)
    phone.goto(f"/q/{code}/report")
    pages.fill_report(phone, symptom=SYMPTOM, detail=DETAIL, name=GUEST)
    button(phone, "Send the report").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text(say("Your report has arrived"))
    assert [ticket.detail for ticket in reports()] == [DETAIL]


def test_without_a_network_the_page_stays_as_it_is_and_says_so(phone: Page, code: str) -> None:
    phone.goto(f"/q/{code}/report")
    pages.fill_report(
        phone, symptom=SYMPTOM, detail=DETAIL, name=GUEST, photos=[photos.jpeg(), photos.jpeg()]
    )
    with without_network(phone):
        button(phone, "Send the report").click()
        expect(phone.get_by_role("alert")).to_have_text(say(OFFLINE))
        expect(box(phone, "What happens?")).to_have_value(DETAIL)
    expect(phone.get_by_role("alert")).to_have_count(0)
    pages.send_report(phone)
    assert [ticket.detail for ticket in reports()] == [DETAIL]
    assert db.session.scalar(select(func.count()).select_from(TicketPhoto)) == 2


def test_what_was_typed_survives_when_the_line_breaks_while_it_is_sent(
    phone: Page, code: str, complaints: list[Complaints]
) -> None:
    address = f"/q/{code}/report"
    phone.goto(address)
    pages.fill_report(phone, symptom=SYMPTOM, detail=DETAIL, name=GUEST)
    with complaints[0].expected():
        phone.route(f"**{address}", lambda route: route.abort("connectionreset"))
        button(phone, "Send the report").click()
        phone.wait_for_url("chrome-error://**")
        phone.unroute(f"**{address}")
    assert reports() == []
    phone.goto(address)
    expect(box(phone, "What happens?")).to_have_value(DETAIL)
    expect(box(phone, "Your name")).to_have_value(GUEST)
    pages.send_report(phone)
    assert [ticket.detail for ticket in reports()] == [DETAIL]


def test_a_second_guest_adds_to_the_report_that_is_open(phone: Page, cast: Cast, code: str) -> None:
    item = db.session.scalars(select(Asset)).one()
    ticket = make_ticket(item)
    pages.scan_by_address(phone, code)
    pages.link(phone, "Add to the report").click()
    pages.fill_report(phone, symptom=SYMPTOM, detail="ห้องข้าง ๆ ก็เป็น", name="ครูอีกคน")
    button(phone, "Send the report").click()
    expect(phone.get_by_role("main")).to_contain_text(ticket.number)
    assert len(reports()) == 1


def test_a_technician_scans_a_label_with_the_camera(
    open_browser: Open, cast: Cast, code: str, film: Path, site: str
) -> None:
    camera.film(label_address(site, code), film)
    phone = open_browser(cast.thep, viewport=PHONE, has_touch=True, is_mobile=True)
    phone.goto("/")
    phone.get_by_role("button", name=say("Scan with the camera")).click()
    expect(phone).to_have_url(re.compile(f"/q/{code}$", re.IGNORECASE))
    expect(phone.get_by_role("heading", level=2).first).to_contain_text("โน้ตบุ๊ก")


def test_the_landing_of_a_guest_holds_the_button_on_the_first_screen(
    phone: Page, code: str
) -> None:
    pages.scan_by_address(phone, code)
    place: Any = pages.link(phone, "Report a fault").bounding_box()
    assert place["y"] + place["height"] < PHONE["height"]
