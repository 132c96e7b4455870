"""The doctor finds each fault that is planted in a round, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from assets.counts import access
from assets.counts.models import Proposal, Round
from assets.counts.rules import deciding, reviewing
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import open_round, scan, sent, store_officer
from tests.factories.office import make_person, make_unit, viewer_for
from tests.helpdesk.doctor.planting import found, found_by, ignore_constraint, plant, take_back

NAMES = ("frozen_lists", "rooms_counted", "results_whole", "rounds_decided")


@pytest.fixture(autouse=True)
def _round(app: Flask, clock: Clock) -> Iterator[None]:
    school = make_unit()
    seen = make_asset(school)
    make_asset(school)
    one = open_round(school)
    scan(one, sent(seen.asset_no or ""), sent("UNKNOWN 1"))
    store, head = store_officer(), viewer_for(make_person(Role.APPROVER))
    with work():
        fresh = db.session.get_one(Round, one.id)
        reviewing.end_counting(fresh, by=store)
    with work():
        fresh = db.session.get_one(Round, one.id)
        ids = list(db.session.scalars(select(Proposal.id)))
        deciding.put_forward(fresh, access.proposals_among(ids, fresh), by=store)
        deciding.approve(fresh, access.proposals_among(ids, fresh), by=head)
    yield
    take_back()


def test_a_sound_round_is_sound() -> None:
    assert found_by(*NAMES) == {}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("frozen_lists", "UPDATE count_round SET expected_total = 7"),
        ("rooms_counted", "UPDATE count_room SET counted = 0"),
        ("results_whole", "DELETE FROM count_result WHERE scan_id IS NULL"),
        ("results_whole", "DELETE FROM count_result WHERE scan_id IS NOT NULL"),
        ("rounds_decided", "UPDATE count_proposal SET put_forward_by_id = NULL"),
    ],
)
def test_a_planted_fault_is_found(name: str, fault: str) -> None:
    plant(fault)
    assert found(name)


def test_an_undecided_proposal_of_a_closed_round_is_found() -> None:
    ignore_constraint("count_round", "ck_count_round_closed")
    plant("UPDATE count_round SET state = 'closed'", "UPDATE count_proposal SET state = 'open'")
    assert found("rounds_decided")
