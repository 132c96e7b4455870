"""The report, its copies and the end of a round, with the year before beside it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.counts import access
from assets.counts.models import Proposal, Round
from assets.counts.queries import report as figures
from assets.counts.rules import closing, deciding, reviewing
from assets.counts.states import (
    RoundState,
)
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.access import Role
from office.places.models import Unit
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import make_round, open_round, scan, sent, store_officer
from tests.factories.office import make_person, make_unit, sign_in


@pytest.fixture
def school(app: Flask, clock: Clock) -> Unit:
    return make_unit()


@pytest.fixture
def store(school: Unit) -> Viewer:
    return store_officer()


def reviewed(one: Round) -> Round:
    with work():
        reviewing.end_counting(db.session.get_one(Round, one.id), by=store_officer())
    return db.session.get_one(Round, one.id)


def test_a_round_closes_only_with_everything_decided_and_reported(
    school: Unit, store: Viewer
) -> None:
    make_asset(school)
    one = reviewed(open_round(school))
    with pytest.raises(Refusal), work():
        closing.close(db.session.get_one(Round, one.id), by=store)
    with work():
        fresh = db.session.get_one(Round, one.id)
        ids = list(db.session.scalars(select(Proposal.id)))
        deciding.dismiss(fresh, access.proposals_among(ids, fresh), "ยืมใช้", by=store)
    with pytest.raises(Refusal), work():
        closing.close(db.session.get_one(Round, one.id), by=store)
    with work():
        fresh = db.session.get_one(Round, one.id)
        days = {"auditor_copy_on": None, "parent_copy_on": None}
        closing.note_papers(fresh, reported_on=date(2026, 11, 12), **days, by=store)
        closing.close(fresh, by=store)
    assert db.session.get_one(Round, one.id).state == RoundState.CLOSED


@pytest.mark.parametrize(
    "days",
    [
        (date(2027, 1, 1), None, None),
        (date(2026, 9, 30), None, None),
        (None, date(2026, 11, 12), None),
        (date(2026, 11, 12), date(2026, 11, 11), None),
    ],
)
def test_days_of_papers_that_cannot_be_are_refused(
    school: Unit, store: Viewer, days: tuple[date | None, ...]
) -> None:
    make_asset(school)
    one = reviewed(open_round(school))
    reported, auditor, parent = days
    with pytest.raises(Refusal), work():
        closing.note_papers(
            db.session.get_one(Round, one.id),
            reported_on=reported,
            auditor_copy_on=auditor,
            parent_copy_on=parent,
            by=store,
        )


def test_the_report_shows_last_year_beside(school: Unit, store: Viewer) -> None:
    good, bad = make_asset(school), make_asset(school)
    earlier = open_round(school, fiscal_year=2568, ordered_on=date(2025, 9, 10))
    scan(earlier, sent(good.asset_no or ""), sent(bad.asset_no or "", condition="damaged"))
    with work():
        fresh = db.session.get_one(Round, earlier.id)
        reviewing.end_counting(fresh, by=store)
        db.session.flush()
        ids = list(db.session.scalars(select(Proposal.id)))
        deciding.dismiss(fresh, access.proposals_among(ids, fresh), "ซ่อมแล้ว", by=store)
        days = {"auditor_copy_on": None, "parent_copy_on": None}
        closing.note_papers(fresh, reported_on=date(2025, 11, 12), **days, by=store)
        closing.close(fresh, by=store)
    one = open_round(school)
    scan(one, sent(good.asset_no or ""))
    total = figures.report(store, db.session.get_one(Round, one.id)).total
    assert (total.counts["good"], total.counts["uncounted"]) == (1, 1)
    assert (total.last["good"], total.last["damaged"]) == (1, 1)


def test_the_plan_is_changed_and_cancelled_by_its_pages(client: FlaskClient, school: Unit) -> None:
    one = make_round(school)
    sign_in(client, make_person(Role.STOREKEEPER))
    at = f"/counts/{one.id}"
    assert client.get(f"{at}/edit").status_code == 200
    order = {"order_no": "99/2569", "ordered_on": "20/9/2569", "appointer_name": "ผู้อำนวยการใหม่"}
    assert client.post(f"{at}/edit", data={**order, "version": 99}).status_code == 409
    saved = client.post(f"{at}/edit", data={**order, "version": one.version})
    assert saved.status_code == 302
    fresh = db.session.get_one(Round, one.id, populate_existing=True)
    assert (fresh.order_no, fresh.first_day_counts) == ("99/2569", False)
    assert client.post(f"{at}/cancel", data={"version": fresh.version}).status_code == 422
    ended = client.post(f"{at}/cancel", data={"version": fresh.version, "reason": "พิมพ์ผิด"})
    assert ended.status_code == 302
    assert "พิมพ์ผิด" in client.get(at).get_data(as_text=True)


def test_the_days_of_the_papers_are_written_down_by_the_page(
    client: FlaskClient, school: Unit
) -> None:
    make_asset(school)
    one = reviewed(open_round(school))
    sign_in(client, make_person(Role.STOREKEEPER))
    at = f"/counts/{one.id}"
    wrong = client.post(f"{at}/papers", data={"auditor_copy_on": "12/11/2569"})
    assert wrong.status_code == 422
    client.post(f"{at}/papers", data={"reported_on": "12/11/2569"})
    fresh = db.session.get_one(Round, one.id, populate_existing=True)
    assert fresh.reported_on == date(2026, 11, 12)
    assert client.post(f"{at}/close", data={"version": fresh.version}).status_code == 422
