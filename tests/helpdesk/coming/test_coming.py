"""What is coming: every kind on one page, for whom may see it; warranties told of once."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import event, select

from assets.maintenance.models import Visit
from assets.stock.rules import items as stock
from helpdesk.coming import jobs, queries
from helpdesk.coming.queries import Filter
from helpdesk.coming.states import Kind
from helpdesk.coming.views.pages import PAGES
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.i18n import speaking
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.licences import make_licence
from tests.factories.office import in_work, sign_in, viewer_for
from tests.factories.stock import make_stock_item, make_store
from tests.factories.tickets import make_ticket
from tests.factories.work import send_out


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def under_warranty(cast: Cast, days: int = 20, **overrides: object) -> None:
    until = kernel_clock.today() + timedelta(days=days)
    make_asset(cast.school, warranty_until=until, **overrides)


def kinds_of(cast: Cast, person: str, **wanted: object) -> set[Kind]:
    viewer = viewer_for(getattr(cast, person))
    lines = queries.coming(viewer, Filter(**wanted), backup_days=7).lines  # type: ignore[arg-type]
    return {line.kind for line in lines}


def everything(cast: Cast) -> None:
    """Let something of many kinds come up at the school."""
    under_warranty(cast)
    make_licence(cast.school, days_left=-3)
    make_ticket(make_asset(cast.school))
    send_out(make_asset(cast.school), viewer_for(cast.thep))
    with in_work():
        day = kernel_clock.today() + timedelta(days=3)
        db.session.add(Visit(unit_id=cast.school.id, day=day, created_at=kernel_clock.now()))


def test_every_kind_is_listed_for_whom_may_see_it(cast: Cast) -> None:
    everything(cast)
    common = {Kind.WARRANTY, Kind.LICENCE, Kind.VISIT}
    work = {Kind.TICKET, Kind.OUTSIDE}
    assert kinds_of(cast, "admin") == common | work | {Kind.BACKUP}
    assert kinds_of(cast, "kanda") == common | work
    assert kinds_of(cast, "sri") == common
    assert kinds_of(cast, "malee") == set()


def test_a_coordinator_sees_nothing_of_other_schools(cast: Cast) -> None:
    make_licence(cast.other_school, days_left=5)
    assert kinds_of(cast, "kanda") == set()
    assert kinds_of(cast, "sri") == {Kind.LICENCE}


def test_the_list_is_narrowed_by_kind_unit_and_days(cast: Cast) -> None:
    everything(cast)
    make_licence(cast.office, days_left=80)
    assert kinds_of(cast, "admin", kind="visit") == {Kind.VISIT}
    assert kinds_of(cast, "admin", kind="ticket") == {Kind.TICKET}
    assert kinds_of(cast, "admin", unit_id=cast.other_school.id) == set()
    viewer = viewer_for(cast.admin)
    counted = [
        len(queries.coming(viewer, Filter(kind="licence", days=days), backup_days=7).lines)
        for days in (30, 90)
    ]
    assert counted == [1, 2]


def test_the_most_urgent_stands_first(cast: Cast) -> None:
    everything(cast)
    lines = queries.coming(viewer_for(cast.admin), Filter(), backup_days=7).lines
    assert [line.day for line in lines] == sorted(line.day for line in lines)
    assert lines[0].kind == Kind.LICENCE


def test_a_page_holds_the_first_lines_and_counts_everything_late(cast: Cast) -> None:
    everything(cast)
    for days_left in (-9, -5, -2, 4):
        make_licence(cast.school, days_left=days_left)
    viewer = viewer_for(cast.admin)
    every = queries.coming(viewer, Filter(), backup_days=7)
    assert every.late == sum(line.day < kernel_clock.today() for line in every.lines) == 4
    for most in range(1, len(every.lines)):
        page = queries.coming(viewer, Filter(), backup_days=7, most=most)
        assert (page.lines, page.late) == (every.lines[:most], every.late)
    elsewhere = queries.coming(viewer, Filter(unit_id=cast.other_school.id), backup_days=7)
    assert elsewhere.late == 0


def test_reports_are_named_in_the_language_of_the_reader(cast: Cast) -> None:
    ticket = make_ticket(make_asset(cast.school))
    with in_work():
        ticket.subject_en = "Does not print"
    seen = []
    for code in ("th", "en"):
        with speaking(code):
            lines = queries.coming(viewer_for(cast.admin), Filter(kind="ticket"), backup_days=7)
        seen.append(lines.lines[0].title)
    assert seen == [f"{ticket.number} · {ticket.subject}", f"{ticket.number} · Does not print"]


def test_things_alike_are_one_line(cast: Cast) -> None:
    for _number in range(3):
        under_warranty(cast)
    under_warranty(cast, name="เครื่องพิมพ์")
    lines = queries.coming(viewer_for(cast.sri), Filter(), backup_days=7).lines
    assert sorted(line.number for line in lines) == [1, 3]


def test_stock_below_its_minimum_is_due_today(cast: Cast) -> None:
    shop, item = make_store(cast.office), make_stock_item()
    assert Kind.STOCK not in kinds_of(cast, "sri")
    with in_work():
        stock.limit(shop.store, item, Decimal(5), None, by=viewer_for(cast.sri))
    lines = queries.coming(viewer_for(cast.sri), Filter(kind="stock"), backup_days=7).lines
    assert [line.day for line in lines] == [kernel_clock.today()]


def test_the_page_leads_to_every_line_in_both_languages(cast: Cast, client: FlaskClient) -> None:
    everything(cast)
    sign_in(client, cast.admin)
    page = client.get("/coming")
    assert page.status_code == 200
    viewer = viewer_for(cast.admin)
    with client.application.test_request_context():
        lines = queries.coming(viewer, Filter(), backup_days=7).lines
        addresses = [PAGES[line.kind](line.ref) for line in lines]
    assert {at: client.get(at).status_code for at in addresses} == dict.fromkeys(addresses, 200)
    sheet = load_workbook(io.BytesIO(client.get("/coming/table.xlsx").data)).worksheets[0]
    assert sheet.max_row == len(lines) + 1


def test_whoever_works_for_nobody_sees_no_page(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.malee)
    assert client.get("/coming").status_code == 403


def test_the_page_asks_as_much_for_many_as_for_few(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.admin)
    everything(cast)
    few = queries_of(client)
    for _number in range(4):
        everything(cast)
    assert queries_of(client) == few <= 9


def queries_of(client: FlaskClient) -> int:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get("/coming").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(statement.lstrip().upper().startswith("SELECT") for statement in asked)


def test_a_warranty_is_told_of_once(cast: Cast, clock: Clock) -> None:
    under_warranty(cast, days=35)
    told = []
    for _day in range(40):
        told.append(jobs.flag_warranties() + jobs.flag_warranties())
        clock.forward(days=1)
    assert sum(told) == 1
    assert told.index(1) in range(5, 8)
    people = select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "warranty_ends")
    assert set(db.session.scalars(people)) == {cast.thep.id, cast.sri.id}


def test_a_licence_offers_the_purchase_that_asks_for_its_renewal(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_licence(cast.school, days_left=10, kind="domain", name="โดเมนโรงเรียน")
    sign_in(client, cast.sri)
    page = client.get(f"/licences/{made.id}").text
    at = page.split('href="/purchases/new?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    form = client.get(f"/purchases/new?{at}").text
    assert "ต่ออายุ “โดเมนโรงเรียน”" in form
    assert re.search(r'value="web_space"[^>]* checked|checked[^>]* value="web_space"', form)
    never = make_licence(cast.school, days_left=None)
    assert "/purchases/new" not in client.get(f"/licences/{never.id}").text
