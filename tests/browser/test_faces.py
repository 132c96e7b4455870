"""Every page that people live on: WCAG 2.2 AA, no sideways scrolling, no word in the console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page

from assets.loans.rules import baskets
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from helpdesk.timetable import runner, table
from kernel.work import work
from office.people.models import Person
from office.people.rules import speak
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.watching import overflow
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loans import make_loan
from tests.factories.office import make_person, make_room, viewer_for
from tests.factories.tickets import make_symptom, make_tag, make_ticket

LONG_NAME = (
    "เครื่องคอมพิวเตอร์สำหรับงานประมวลผล แบบที่ 2 พร้อมจอแสดงภาพขนาดไม่น้อยกว่า 19 นิ้ว "
    "และชุดโปรแกรมระบบปฏิบัติการที่มีลิขสิทธิ์ถูกต้องตามกฎหมาย"
)
CHIPS = (
    ("เปิดไม่ติด", "Does not turn on"),
    ("จอดำหรือภาพไม่ขึ้น", "Black screen"),
    ("ช้าหรือค้างบ่อย", "Slow or hangs"),
    ("ต่ออินเทอร์เน็ตไม่ได้", "No internet"),
    ("มีเสียงดังหรือร้อนผิดปกติ", "Noisy or too hot"),
)


@dataclass(frozen=True)
class Office:
    """An office in the middle of its day."""

    cast: Cast
    item: Asset
    code: str
    blank: str
    ticket: Ticket


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    cast = make_cast()
    kind = make_class()
    for thai, english in CHIPS:
        make_symptom(kind.id, text_th=thai, text_en=english)
    room = make_room(cast.school, "ห้องปฏิบัติการคอมพิวเตอร์ 2", building="อาคารเฉลิมพระเกียรติ")
    item = make_asset(cast.school, name=LONG_NAME, class_id=kind.id, room_id=room.id)
    make_loan(make_asset(name=LONG_NAME), make_asset(), borrower=cast.malee, officer=cast.sri)
    clock.forward(days=2)
    thep = viewer_for(cast.thep)
    make_ticket(unit=cast.school, detail="อินเทอร์เน็ตห้อง 12 ใช้ไม่ได้ทั้งวัน", category="network")
    ticket = make_ticket(item, state=State.WAITING_PARTS, technician=thep)
    make_ticket(make_asset(cast.other_school), state=State.RESOLVED, technician=thep)
    make_person(position="นักวิชาการคอมพิวเตอร์ชำนาญการพิเศษ", phone="0 2123 4567 ต่อ 1201")
    return Office(cast, item, make_tag(item).code, make_tag().code, ticket)


def fill_counter(office: Office) -> None:
    """Put a person with something late and two items on the storekeeper's counter."""
    by = viewer_for(office.cast.sri)
    with work():
        baskets.seat(office.cast.malee, by=by)
        for item in (make_asset(name=LONG_NAME, accessories="สายไฟ, กระเป๋า"), make_asset()):
            baskets.put(item.id, by=by)


def run_jobs(office: Office) -> None:
    runner.run_due(table.jobs(), holder="a test", may_go_on=lambda: True)


@dataclass(frozen=True)
class Place:
    """A page: its address (``o``: the office), who looks (None: a guest), what comes first."""

    address: str
    who: Callable[[Cast], Person] | None = None
    before: Callable[[Office], None] | None = None


PLACES = {
    "landing": Place("/q/{o.code}"),
    "landing of a technician": Place("/q/{o.code}", lambda c: c.thep),
    "blank label": Place("/q/{o.blank}"),
    "report": Place("/q/{o.code}/report"),
    "report without a label": Place("/report"),
    "sent": Place("/t/{o.ticket.token}/sent"),
    "tracking": Place("/t/{o.ticket.token}"),
    "sign-in": Place("/sign-in"),
    "home": Place("/", lambda c: c.thep),
    "queue": Place("/tickets", lambda c: c.thep),
    "ticket": Place("/tickets/{o.ticket.id}", lambda c: c.thep),
    "register": Place("/items", lambda c: c.sri),
    "item": Place("/items/{o.item.id}", lambda c: c.sri),
    "card": Place("/items/{o.item.id}/edit", lambda c: c.sri),
    "import": Place("/register/imports", lambda c: c.sri),
    "empty desk": Place("/desk", lambda c: c.sri),
    "desk": Place("/desk", lambda c: c.sri, fill_counter),
    "overdue": Place("/loans/overdue", lambda c: c.sri),
    "people": Place("/people", lambda c: c.admin),
    "timetable": Place("/timetable", lambda c: c.admin, run_jobs),
    "inbox": Place("/inbox", lambda c: c.malee, run_jobs),
}
DARK = ("landing", "ticket", "desk")


@pytest.fixture
def go(open_browser: Open, office: Office) -> Callable[..., Page]:
    """Opens the page of a place in a browser of who lives on it, who keeps theirs."""
    browsers: dict[int | None, Page] = {}

    def open_page(place: Place, language: str, **options: str) -> Page:
        if place.before is not None:
            place.before(office)
        person = place.who(office.cast) if place.who else None
        whose = person.id if person else None
        if whose not in browsers:
            if person is not None:
                with work():
                    speak(person.id, language)
            browsers[whose] = page = open_browser(person, viewport=DESKTOP, **options)
            if person is None:
                here = {"domain": "127.0.0.1", "path": "/"}
                page.context.add_cookies([{"name": "language", "value": language, **here}])
        page = browsers[whose]
        page.set_viewport_size(DESKTOP)
        answer = page.goto(place.address.format(o=office))
        assert answer is not None
        assert answer.ok, place
        return page

    return open_page


def faults(page: Page, language: str) -> list[str]:
    """Return what is wrong with an open page; Thai is tried on a desktop, English on a phone.

    What breaks a rule in one language does so in the other; what is too wide need not.
    """
    found = violations(page) if language == "th" else []
    page.set_viewport_size(PHONE)
    found += violations(page) if language == "en" else []
    found += overflow(page)
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"the page does not speak {language}")
    return found


def test_pages_can_be_used_by_everybody_on_a_desktop_and_on_a_phone(
    go: Callable[..., Page], engine_name: str
) -> None:
    # The look of a page does not know the engine: one of them shows the Thai pages.
    language = {"sqlite": "th", "postgresql": "en"}[engine_name]
    found = {name: faults(go(place, language), language) for name, place in PLACES.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_dark_pages_can_be_read(go: Callable[..., Page]) -> None:
    found = {name: violations(go(PLACES[name], "th", color_scheme="dark")) for name in DARK}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
