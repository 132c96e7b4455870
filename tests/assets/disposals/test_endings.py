"""Who decides on a disposal, and how a case ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import deciding, ending, finding_out, proposing, removing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Cause, LineState, Method, Origin, State
from assets.register.models import Asset
from assets.register.rules import holds
from assets.register.states import Condition, HoldKind, Lifecycle
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.people.access import Role
from tests.assets.disposals.steps import act, now, priced
from tests.cast import Cast
from tests.factories.disposals import (
    Team,
    make_disposal,
    nobody_pays,
    sign,
)
from tests.factories.office import make_person, viewer_for


def test_who_proposed_does_not_approve(cast: Cast) -> None:
    both = make_person(Role.STOREKEEPER, Role.APPROVER)
    asset = priced("9000")
    with work():
        (case,) = proposing.propose(
            [db.session.get_one(Asset, asset.id)], Ground(Origin.HAND), by=viewer_for(both)
        )
        finding_out.go_on(case, Cause.WEAR, "รายงาน", "เก่า", by=viewer_for(cast.sri))
        deciding.submit(case, Method.DESTROY, "", "", by=viewer_for(cast.sri))
    with pytest.raises(NotAllowed), work():
        sign(db.session.get_one(Disposal, case.id), both)
    assert now(case).state == State.SUBMITTED


@pytest.mark.parametrize(("method", "condition", "after"), [
    (Method.TRANSFER, Condition.GOOD, Lifecycle.TRANSFERRED_OUT),
    (Method.DESTROY, Condition.DAMAGED, Lifecycle.DISPOSED),
    (Method.WRITE_OFF, Condition.MISSING, Lifecycle.LOST),
    (Method.WRITE_OFF, Condition.DAMAGED, Lifecycle.DISPOSED),
])  # fmt: skip
def test_r_d2_each_method_leads_to_its_lifecycle(
    cast: Cast, team: Team, method: Method, condition: Condition, after: Lifecycle
) -> None:
    asset = priced("9000", condition=condition)
    make_disposal(asset, state=State.STRUCK_OFF, team=team, method=method, findings=nobody_pays())
    assert now(asset).lifecycle == after


def test_what_a_loan_or_a_ticket_holds_is_not_struck_off(cast: Cast, team: Team) -> None:
    asset = priced("9000")
    case = make_disposal(asset, state=State.CARRIED_OUT, team=team)
    for kind in (HoldKind.LOAN, HoldKind.REPAIR):
        with work():
            holds.hold(db.session.get_one(Asset, asset.id), kind, "ซ.1/2570")
        with pytest.raises(Refusal):
            act(removing.strike_off, case, by=cast.sri)
        with work():
            holds.release(db.session.get_one(Asset, asset.id), kind, "ซ.1/2570")
    assert act(removing.strike_off, case, by=cast.sri) == 1


def test_a_lost_item_that_is_found_comes_back_with_its_case_noted(cast: Cast, team: Team) -> None:
    asset = priced("9000", condition=Condition.MISSING)
    case = make_disposal(
        asset, state=State.CLOSED, team=team, method=Method.WRITE_OFF, findings=nobody_pays()
    )
    with work():
        card = db.session.get_one(Asset, asset.id)
        removing.take_back(card, Condition.GOOD, "หลังตู้ห้อง 12", by=viewer_for(cast.sri))
    card, line = now(asset), db.session.scalars(select(DisposalLine)).one()
    assert (card.lifecycle, card.condition) == (Lifecycle.IN_SERVICE, Condition.GOOD)
    assert (line.state, line.end_reason) == (LineState.FOUND, "หลังตู้ห้อง 12")
    assert now(case).state == State.CLOSED


def test_taking_out_frees_the_item_and_voids_what_waits(cast: Cast, team: Team) -> None:
    first, second = priced("1"), priced("2")
    case = make_disposal(first, second, state=State.SUBMITTED, team=team)
    line = db.session.scalars(select(DisposalLine).order_by(DisposalLine.id)).first()
    assert line is not None
    line_id = line.id
    with work():
        row, this = db.session.get_one(DisposalLine, line_id), db.session.get_one(Disposal, case.id)
        ending.take_out(this, row, "ยังใช้ได้", by=viewer_for(cast.sri))
    assert now(first).lifecycle == Lifecycle.IN_SERVICE
    assert now(case).state == State.PREPARING
    assert db.session.scalars(select(Approval.state)).one() == "voided"


def test_what_was_approved_stands_for_what_remains(cast: Cast, team: Team) -> None:
    case = make_disposal(priced("1"), priced("2"), state=State.ORDERED, team=team)
    with work():
        row = db.session.scalars(select(DisposalLine).order_by(DisposalLine.id)).first()
        ending.take_out(
            db.session.get_one(Disposal, case.id), row, "ยังใช้ได้", by=viewer_for(cast.sri)
        )
    assert now(case).state == State.ORDERED


def test_the_last_item_is_not_taken_out(cast: Cast, team: Team) -> None:
    case = make_disposal(team=team)
    keeper, only = viewer_for(cast.sri), select(DisposalLine)
    with pytest.raises(Refusal), work():
        ending.take_out(
            db.session.get_one(Disposal, case.id),
            db.session.scalars(only).one(),
            "ยังใช้ได้",
            by=keeper,
        )


@pytest.mark.parametrize("state", [State.PROPOSED, State.SUBMITTED, State.ORDERED])
def test_cancelling_frees_the_items(cast: Cast, team: Team, state: State) -> None:
    asset = priced("9000")
    case = make_disposal(asset, state=state, team=team)
    act(ending.cancel, case, "โรงเรียนขอใช้ต่อ", by=cast.sri)
    assert (now(case).state, now(asset).lifecycle) == (State.CANCELLED, Lifecycle.IN_SERVICE)
