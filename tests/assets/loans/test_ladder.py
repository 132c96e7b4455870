"""The days of the reminders as the office sets them, and the block that begins with them."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans import limits
from assets.loans.jobs import flag_due
from assets.loans.limits import Ladder
from assets.loans.models import LoanLadder, LoanNotice
from assets.loans.rules import blocks
from assets.loans.rules.ladder import set_ladder
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import AuditEntry, OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.loans import make_loan
from tests.factories.office import make_person, sign_in, viewer_for

DUE = date(2026, 11, 30)  # a Monday
OTHER = {
    "before_days": 3,
    "after_days": 2,
    "follow_up_days": 4,
    "head_days": 8,
    "director_days": 9,
    "block_from_days": 3,
}


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def set_days(cast: Cast, **days: int) -> None:
    with work():
        set_ladder(Ladder(**{**OTHER, **days}), by=viewer_for(cast.admin))


def test_the_regulation_gives_the_days_where_nobody_has_set_any(cast: Cast) -> None:
    usual = limits.ladder()
    assert usual.borrower_steps == (-1, 0, 1, 7)
    assert (usual.head_days, usual.director_days, usual.block_from_days) == (14, 21, 1)


def test_the_timetable_reminds_on_the_days_that_were_set(cast: Cast, clock: Clock) -> None:
    set_days(cast)
    make_loan(borrower=cast.malee, due_on=DUE)
    for day in range(26, 31):
        clock.set(kernel_clock.at(date(2026, 11, day), time(6, 30)))
        flag_due()
    for day in range(1, 12):
        clock.set(kernel_clock.at(date(2026, 12, day), time(6, 30)))
        flag_due()
    told = db.session.execute(
        select(LoanNotice.kind, LoanNotice.step, LoanNotice.sent_on).order_by(LoanNotice.id)
    ).all()
    assert [tuple(row) for row in told] == [
        ("due", -3, date(2026, 11, 27)),
        ("due", 0, DUE),
        ("due", 2, date(2026, 12, 2)),
        ("due", 4, date(2026, 12, 4)),
        ("head", 8, date(2026, 12, 8)),
        ("director", 9, date(2026, 12, 9)),
    ]
    bodies = db.session.scalars(
        select(OutgoingMessage.body)
        .where(OutgoingMessage.person_id == cast.malee.id)
        .order_by(OutgoingMessage.id)
    ).all()
    assert "พรุ่งนี้" not in bodies[0]
    assert ["211" in body for body in bodies] == [False, False, False, True]


def test_the_block_begins_on_the_day_that_was_set(cast: Cast, clock: Clock) -> None:
    set_days(cast)
    make_loan(borrower=cast.malee, due_on=DUE)
    begun = []
    for day in (1, 2, 3, 4):
        clock.set(kernel_clock.at(date(2026, 12, day), time(10)))
        begun.append(blocks.block_of(cast.malee.id) is not None)
    assert begun == [False, False, True, True]


def test_nonsense_is_refused_with_its_field(cast: Cast) -> None:
    nonsense = {
        "follow_up_days": 8,
        "before_days": 0,
        "after_days": 4,
        "head_days": 4,
        "director_days": 8,
        "block_from_days": 61,
    }
    for field, days in nonsense.items():
        with pytest.raises(Refusal) as refused:
            set_days(cast, **{field: days})
        assert refused.value.field == field
    assert db.session.scalar(select(LoanLadder)) is None


def test_clause_211_is_named_where_the_follow_up_would_come_too_late(cast: Cast) -> None:
    with pytest.raises(Refusal, match="211"):
        set_days(cast, follow_up_days=8)


def test_setting_the_days_is_written_down_with_what_they_were(cast: Cast) -> None:
    set_days(cast, before_days=1)
    set_days(cast, before_days=2)
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_kind == "loan_ladder").order_by(AuditEntry.id)
    ).all()
    assert [(one.act, one.actor_id) for one in entries] == [("changed", cast.admin.id)] * 2
    assert entries[0].before is not None
    assert entries[0].before["head_days"] == 14
    assert (entries[1].before, entries[1].after) == ({"before_days": 1}, {"before_days": 2})


def test_only_the_administrator_of_the_whole_office_sets_the_days(
    client: FlaskClient, cast: Cast
) -> None:
    opened = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        if client.get("/loans/ladder").status_code == 200:
            opened.append(role)
    assert opened == ["admin"]
    with pytest.raises(NotAllowed), work():
        set_ladder(Ladder(**OTHER), by=viewer_for(cast.sri))


def test_the_page_sets_the_days_and_keeps_what_was_typed_wrong(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    assert "ข้อ 211" in client.get("/loans/ladder").text
    days = {name: str(number) for name, number in OTHER.items()}
    refused = client.post("/loans/ladder", data={**days, "follow_up_days": "๙", "version": "0"})
    assert refused.status_code == 422
    assert 'value="๙"' in refused.text
    assert client.post("/loans/ladder", data={**days, "version": "0"}).status_code == 302
    assert limits.ladder().borrower_steps == (-3, 0, 2, 4)
    late = client.post("/loans/ladder", data={**days, "head_days": "20", "version": "0"})
    assert late.status_code == 409
    assert 'href="/loans/ladder"' in client.get("/loans/late").text
    sign_in(client, make_person("admin", language="en"))
    shown = client.get("/loans/ladder").text
    assert "Days of the reminders" in shown
    assert 'value="4"' in shown
