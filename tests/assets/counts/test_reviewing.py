"""The review: differences, two people who decide, the register changed by its own verbs."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from assets.counts import access
from assets.counts.models import Proposal, Round
from assets.counts.queries import receipts
from assets.counts.rules import deciding, reviewing
from assets.counts.rules.deciding import Decided
from assets.counts.states import (
    ProposalKind,
    ProposalState,
)
from assets.disposals.models import Disposal
from assets.register.models import Asset, Movement
from assets.register.rules import items
from assets.register.states import Condition, Lifecycle, MoveCause
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.people.access import Role
from office.places.models import Room, Unit
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import open_round, room_in, scan, sent, store_officer
from tests.factories.office import TESTER, make_person, make_room, make_unit, viewer_for


@pytest.fixture
def school(app: Flask, clock: Clock) -> Unit:
    return make_unit()


@pytest.fixture
def store(school: Unit) -> Viewer:
    return store_officer()


@pytest.fixture
def head(school: Unit) -> Viewer:
    return viewer_for(make_person(Role.APPROVER))


def reviewed(one: Round) -> Round:
    with work():
        reviewing.end_counting(db.session.get_one(Round, one.id), by=store_officer())
    return db.session.get_one(Round, one.id)


def kinds(one: Round) -> list[str]:
    db.session.expire_all()
    return sorted(db.session.scalars(select(Proposal.kind).where(Proposal.round_id == one.id)))


def put_forward(one: Round, store: Viewer) -> list[int]:
    with work():
        fresh = db.session.get_one(Round, one.id)
        ids = list(db.session.scalars(select(Proposal.id).where(Proposal.round_id == one.id)))
        deciding.put_forward(fresh, access.proposals_among(ids, fresh), by=store)
    return ids


def approve(one: Round, ids: list[int], by: Viewer) -> Decided:
    with work():
        fresh = db.session.get_one(Round, one.id)
        return deciding.approve(fresh, access.proposals_among(ids, fresh), by=by)


def card(asset: Asset) -> Asset:
    return db.session.get_one(Asset, asset.id, populate_existing=True)


def test_scanning_and_reviewing_leave_the_register_alone(school: Unit) -> None:
    room, other = make_room(school, "ห้อง 1"), make_room(school, "ห้อง 2")
    asset = make_asset(school, room_id=room.id)
    version = card(asset).version
    one = open_round(school)
    scan(one, sent(asset.asset_no or "", room_in(one, other), condition="damaged"))
    reviewed(one)
    assert kinds(one) == [ProposalKind.CONDITION, ProposalKind.MOVE]
    now = card(asset)
    assert (now.room_id, now.condition, now.version) == (room.id, Condition.GOOD, version)


def test_a_move_and_a_condition_of_one_card_are_applied_together(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    room, other = make_room(school, "ห้อง 1"), make_room(school, "ห้อง 2")
    asset = make_asset(school, room_id=room.id)
    one = open_round(school)
    scan(one, sent(asset.asset_no or "", room_in(one, other), condition="damaged"))
    ids = put_forward(reviewed(one), store)
    assert approve(one, ids, head) == Decided(done=2)
    now = card(asset)
    assert (now.room_id, now.condition) == (other.id, Condition.DAMAGED)
    moved = db.session.scalars(select(Movement)).one()
    assert (moved.cause, moved.reference) == (MoveCause.COUNT, one.order_no)


def test_what_nobody_found_is_proposed_as_lost_only_after_approval(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    asset = make_asset(school)
    one = reviewed(open_round(school))
    assert card(asset).lifecycle == Lifecycle.IN_SERVICE
    approve(one, put_forward(one, store), head)
    now = card(asset)
    assert (now.lifecycle, now.condition) == (Lifecycle.PENDING_DISPOSAL, Condition.MISSING)
    case = db.session.scalars(select(Disposal)).one()
    assert (case.cause, case.reference, case.origin) == ("lost", one.order_no, "inspection")


def test_what_was_lost_and_stands_there_is_taken_back(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    make_asset(school)
    room = make_room(school)
    lost = make_asset(school, lifecycle=Lifecycle.LOST, condition=Condition.MISSING)
    one = open_round(school)
    scan(one, sent(lost.asset_no or "", room_in(one, room), condition="good"))
    approve(one, put_forward(reviewed(one), store), head)
    now = card(lost)
    assert (now.lifecycle, now.condition, now.room_id) == (
        Lifecycle.IN_SERVICE,
        Condition.GOOD,
        room.id,
    )


def test_an_unknown_thing_becomes_a_draft_card(school: Unit, store: Viewer, head: Viewer) -> None:
    make_asset(school)
    room = make_room(school)
    one = open_round(school)
    scan(one, sent("XYZ 1", room_in(one, room), remark="ตู้เหล็ก"), sent("xyz1"))
    approve(one, put_forward(reviewed(one), store), head)
    draft = db.session.scalars(select(Asset).where(Asset.lifecycle == Lifecycle.DRAFT)).one()
    assert (draft.name, draft.room_id, draft.owner_unit_id) == ("ตู้เหล็ก", room.id, school.id)


def test_fewer_pieces_change_the_quantity_and_none_means_lost(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    fewer, none = make_asset(school, quantity=40), make_asset(school, quantity=5)
    one = open_round(school)
    scan(one, sent(fewer.asset_no or "", quantity=38), sent(none.asset_no or "", quantity=0))
    approve(one, put_forward(reviewed(one), store), head)
    assert (card(fewer).quantity, card(none).lifecycle) == (38, Lifecycle.PENDING_DISPOSAL)


def test_worn_out_things_are_gathered_in_one_case_without_fact_finding(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    asset = make_asset(school)
    one = open_round(school)
    scan(one, sent(asset.asset_no or "", condition="worn_out"))
    approve(one, put_forward(reviewed(one), store), head)
    case = db.session.scalars(select(Disposal)).one()
    assert (case.cause, case.proposed_by_id) == ("wear", store.id)
    assert card(asset).lifecycle == Lifecycle.PENDING_DISPOSAL


def test_a_card_changed_since_is_shown_again_not_overwritten(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    asset = make_asset(school)
    one = open_round(school)
    scan(one, sent(asset.asset_no or "", condition="damaged"))
    ids = put_forward(reviewed(one), store)
    with work():
        items.edit(db.session.get_one(Asset, asset.id), {"name": "อีกชื่อ"}, by=TESTER)
    assert approve(one, ids, head) == Decided(shown_again=1)
    proposal = db.session.get_one(Proposal, ids[0])
    assert (proposal.state, proposal.changed_since) == (ProposalState.OPEN, True)
    assert card(asset).condition == Condition.GOOD
    put_forward(one, store)
    assert approve(one, ids, head).done == 1
    assert card(asset).condition == Condition.DAMAGED


def test_what_the_register_refuses_goes_back_with_the_reason(
    school: Unit, store: Viewer, head: Viewer
) -> None:
    room, other = make_room(school, "ห้อง 1"), make_room(school, "ห้อง 2")
    asset = make_asset(school, room_id=room.id)
    one = open_round(school)
    scan(one, sent(asset.asset_no or "", room_in(one, other)))
    ids = put_forward(reviewed(one), store)
    with work():
        db.session.get_one(Room, other.id).closed_on = date(2026, 11, 1)
    assert approve(one, ids, head).stopped
    proposal = db.session.get_one(Proposal, ids[0])
    assert proposal.state == ProposalState.OPEN
    assert "ห้อง 2" in proposal.reason


def test_nobody_approves_what_the_same_person_put_forward(school: Unit) -> None:
    make_asset(school)
    both = viewer_for(make_person(Role.STOREKEEPER, Role.APPROVER))
    one = reviewed(open_round(school))
    ids = put_forward(one, both)
    with pytest.raises(NotAllowed):
        approve(one, ids, both)


def test_dismissing_and_rejecting_need_a_reason(school: Unit, store: Viewer, head: Viewer) -> None:
    make_asset(school)
    one = reviewed(open_round(school))
    for act, by in ((deciding.dismiss, store), (deciding.reject, head)):
        with work():
            fresh = db.session.get_one(Round, one.id)
            ids = list(db.session.scalars(select(Proposal.id)))
            chosen = access.proposals_among(ids, fresh)
            if act is deciding.reject:
                deciding.put_forward(fresh, chosen, by=store)
            with pytest.raises(Refusal):
                act(fresh, chosen, " ", by=by)


def test_a_late_scan_settles_what_was_missing(school: Unit) -> None:
    late, asset = make_asset(school), make_asset(school)
    one = open_round(school)
    scan(one, sent(asset.asset_no or ""))
    reviewed(one)
    scan(one, sent(late.asset_no or ""), sent("NEW 7"))
    states = {p.kind: p.state for p in db.session.scalars(select(Proposal))}
    assert states == {
        ProposalKind.LOST: ProposalState.WITHDRAWN,
        ProposalKind.DRAFT_CARD: ProposalState.OPEN,
    }


def test_a_late_scan_leaves_what_was_decided(school: Unit, store: Viewer, head: Viewer) -> None:
    asset = make_asset(school)
    one = reviewed(open_round(school))
    ids = put_forward(one, store)
    approve(one, ids, head)
    scan(one, sent(asset.asset_no or ""))
    states = {p.kind: p.state for p in db.session.scalars(select(Proposal))}
    assert states[ProposalKind.LOST] == ProposalState.APPLIED
    assert states[ProposalKind.FOUND_AGAIN] == ProposalState.OPEN
    approve(one, put_forward(one, store), head)
    assert card(asset).lifecycle == Lifecycle.IN_SERVICE
    assert db.session.scalars(select(Disposal.state)).one() == "cancelled"


def test_things_of_other_units_are_reported_and_not_moved(school: Unit) -> None:
    make_asset(school)
    room = make_room(school)
    stranger = make_asset(make_unit())
    one = open_round(school)
    scan(one, sent(stranger.asset_no or "", room_in(one, room), condition="damaged"))
    reviewed(one)
    assert kinds(one) == [ProposalKind.LOST]
    assert [r.asset.id for r in receipts.strangers(store_officer(), one)] == [stranger.id]
