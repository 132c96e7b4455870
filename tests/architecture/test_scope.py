"""A role for one school opens no page about a thing of another school, and tells nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from assets.counts.models import Member
from assets.loans.models import LoanLine
from assets.register.rules import import_runs
from kernel.db import db
from kernel.files import store
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.calendar import rules as calendar
from office.people.access import Role
from office.places.models import Building, Unit
from tests.architecture.test_endpoints import CHANGING, Browser, rules, turns
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.counts import open_round, room_in, scan, sent
from tests.factories.disposals import make_disposal
from tests.factories.loans import make_loan
from tests.factories.office import TESTER, make_person, make_room, sign_in, viewer_for
from tests.factories.studies import make_development, make_record, make_study
from tests.factories.tickets import make_tag, make_ticket
from tests.factories.transfers import make_handover, make_transfer

REFUSED = {403, 404, 405}
# What is behind a label is for whoever stands before the item; units are known to all staff;
# a blank label belongs to nobody; taking off the own list what is not on it does nothing.
OPEN = {
    "scan.landing",
    "scan.photo",
    "tickets.report",
    "tickets.noted",
    "places.unit",
    "labels.claim",
    "lending.remove",
}
LISTS = (
    "/",
    "/items",
    "/tickets",
    "/tickets?view=resolved",
    "/loans",
    "/loans/overdue",
    "/people",
    "/register/imports",
    "/labels/sheet",
    "/desk?pick=ลับ",
    "/find?q=ลับ",
    "/inbox",
    "/reports",
    "/my-equipment",
    "/handovers?state=all",
    "/transfers?which=all",
    "/movements",
    "/counts",
    "/disposals?state=all",
    "/values",
    "/values/changes",
    "/labels/runs",
    "/remarks",
    "/studies",
    "/developments",
)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def things_of(unit: Unit, cast: Cast) -> dict[str, object]:
    """Make one of everything for a unit; return the variable parts of its addresses."""
    stranger = make_person(unit=unit, name_th="คนลับ", phone="089-999-9999")
    room = make_room(unit, "ห้องลับ", building="ตึกลับ")
    asset = make_asset(unit, name="ของลับ", room_id=room.id)
    ticket = make_ticket(asset, detail="เรื่องลับ", reporter_name="ผู้แจ้งลับ")
    loan = make_loan(make_asset(unit, name="ของลับ"), borrower=stranger, purpose="งานลับ")
    handover = make_handover(asset, to=stranger, reason="เหตุลับ")
    transfer = make_transfer(make_asset(unit, name="ของลับ"), from_unit=unit)
    member = make_person(unit=unit, name_th="กรรมการลับ")
    round_ = open_round(unit, member, order_no="คำสั่งลับ")
    place = room_in(round_, room)
    scan(round_, sent(asset.asset_no or "", place, remark="เหตุลับ"))
    case = make_disposal(make_asset(unit, name="ของลับ"))
    study = make_study(cast.thep, unit_id=unit.id, title="ศึกษาลับ")
    record = make_record(study, cast.thep)
    development = make_development(cast.thep, unit_id=unit.id, title="งานพัฒนาลับ")
    tag, key = make_tag(asset), store().put(b"a list", "csv")
    with work():
        here = db.session.get_one(Unit, unit.id)
        day = calendar.close_day(date(2026, 12, 9), "วันปิด", reason="-", by=TESTER, unit=here)
        brought = import_runs.keep(here, key, "บัญชีลับ.csv", by=viewer_for(cast.admin))
        bookkeeping.send(
            kind="news", subject="ข่าวลับ", body="ลับ", language="th", person_id=stranger.id
        )
    return {
        "unit_id": unit.id,
        "person_id": stranger.id,
        "room_id": room.id,
        "building_id": db.session.scalars(select(Building.id)).one(),
        "asset_id": asset.id,
        "ticket_id": ticket.id,
        "loan_id": loan.id,
        "line_id": db.session.scalars(select(LoanLine.id)).one(),
        "tag_id": tag.id,
        "day_id": day.id,
        "import_id": brought.id,
        "handover_id": handover.id,
        "transfer_id": transfer.id,
        "disposal_id": case.id,
        "round_id": round_.id,
        "study_id": study.id,
        "record_id": record.id,
        "development_id": development.id,
        "member_id": db.session.scalars(select(Member.id)).one(),
        "listing": "count",
        "addressee": "audit",
        "sheet": "xlsx",
        "movement_id": 1,
        "remark_id": 1,
        "code": tag.code,
        "message_id": 1,
        "photo_id": 1,
        "grant_id": 1,
        "size": "small",
    }


def browsers_of(cast: Cast, app: Flask, roles: Iterable[Role]) -> Iterator[Browser]:
    """A browser of a person of each role, who holds it for one school."""
    for role in roles:
        client = app.test_client()
        sign_in(client, make_person(role, unit=cast.school, over=cast.school))
        yield role, client


def test_nothing_of_another_school_is_opened_or_told(
    app: Flask, cast: Cast, engine_name: str
) -> None:
    values = things_of(cast.other_school, cast)
    opened = []
    doors = {
        re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found.group(1)]), rule.rule): rule
        for rule in rules(app)
        if rule.endpoint not in OPEN and rule.arguments and rule.arguments <= values.keys()
    }
    everybody = (role for role in Role if role != Role.REQUESTER)
    for role, client in turns(engine_name, browsers_of(cast, app, everybody)):
        for path, rule in doors.items():
            for method in (rule.methods or set()) & {"GET", *CHANGING}:
                answer = client.open(path, method=method, data={"version": "1"})
                if answer.status_code not in REFUSED or "ลับ" in answer.text:
                    opened.append((role, method, rule.rule, answer.status_code))
    assert opened == []


def test_no_list_tells_of_another_school(app: Flask, cast: Cast) -> None:
    things_of(cast.other_school, cast)
    secrets = (
        "ของลับ",
        "คนลับ",
        "เรื่องลับ",
        "ผู้แจ้งลับ",
        "งานลับ",
        "บัญชีลับ",
        "ข่าวลับ",
        "คำสั่งลับ",
        "กรรมการลับ",
    )
    told = [
        (role, path, word)
        for role, client in browsers_of(cast, app, Role)
        for path in LISTS
        for page in (client.get(path).text,)
        for word in secrets
        if word in page
    ]
    assert told == []
