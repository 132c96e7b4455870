"""The rules of disposal, each test bearing the number of its rule (R-D1 to R-D5) or its clause."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from assets.disposals.models import DisposalLine
from assets.disposals.rules import carrying_out, deciding, finding_out, removing
from assets.disposals.rules.removing import Reports
from assets.disposals.states import Cause, Duty, Method, State
from assets.register.availability import obstacle_of
from assets.register.models import Movement
from assets.register.rules import items
from assets.register.states import Condition, Lifecycle, Obstacle
from kernel import clock
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from tests.assets.disposals.steps import act, now, priced
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.disposals import (
    Team,
    make_disposal,
    nobody_pays,
    result,
)
from tests.factories.office import TESTER, make_person


def test_r_d1_a_case_without_the_paper_it_rests_on_does_not_go_on(cast: Cast, team: Team) -> None:
    case = make_disposal(team=team)
    with pytest.raises(Refusal) as refused:
        act(finding_out.go_on, case, Cause.WEAR, " ", "เก่า", by=cast.sri)
    assert refused.value.field == "reference"


def test_r_d1_a_case_without_an_order_is_not_carried_out(cast: Cast, team: Team) -> None:
    case = make_disposal(state=State.APPROVED, team=team)
    with pytest.raises(Refusal):
        act(carrying_out.carry_out, case, result(), by=cast.sri)
    with pytest.raises(Refusal):
        act(carrying_out.order, case, " ", clock.today(), by=cast.sri)


def test_r_d1_a_case_without_a_result_document_is_not_carried_out(cast: Cast, team: Team) -> None:
    case = make_disposal(state=State.ORDERED, team=team)
    with pytest.raises(Refusal) as refused:
        act(carrying_out.carry_out, case, result(document=" "), by=cast.sri)
    assert refused.value.field == "result_doc"


def test_r_d2_striking_off_sets_lifecycle_day_and_reference(cast: Cast, team: Team) -> None:
    asset = priced("9000", custodian_id=cast.thep.id)
    case = make_disposal(asset, state=State.STRUCK_OFF, team=team)
    card, case = now(asset), now(case)
    assert (card.lifecycle, card.custodian_id, card.room_id) == (Lifecycle.DISPOSED, None, None)
    assert (case.struck_off_on, case.deadline.due_on) == (
        clock.today(),
        clock.today() + case.deadline.due_on.__class__.resolution * 30,
    )
    moved = db.session.scalars(select(Movement)).one()
    assert (moved.reference, moved.from_custodian_name) == (case.number, cast.thep.name_th)
    assert obstacle_of(card) == Obstacle.GONE


def test_r_d2_the_value_of_the_day_is_kept_on_the_line(cast: Cast, team: Team) -> None:
    asset = priced("24000", acquired_on=clock.today().replace(year=2020), useful_life_years=3)
    make_disposal(asset, state=State.STRUCK_OFF, team=team)
    line = db.session.scalars(select(DisposalLine)).one()
    assert (line.cost, line.accumulated, line.net) == (
        Decimal("24000.00"),
        Decimal("23999.00"),
        Decimal("1.00"),
    )


def test_r_d2_a_case_closes_only_after_both_reports(cast: Cast, team: Team) -> None:
    case = make_disposal(state=State.STRUCK_OFF, team=team)
    with pytest.raises(Refusal):
        act(removing.close, case, by=cast.sri)
    act(removing.notify, case, Reports(audit_on=clock.today()), by=cast.sri)
    with pytest.raises(Refusal):
        act(removing.close, case, by=cast.sri)
    both = Reports(audit_on=clock.today(), parent_on=clock.today())
    act(removing.notify, case, both, by=cast.sri)
    act(removing.close, case, by=cast.sri)
    assert now(case).state == State.CLOSED


def test_r_d3_the_row_and_its_number_stay_and_are_not_given_again(cast: Cast, team: Team) -> None:
    asset = priced("9000")
    number = asset.asset_no
    make_disposal(asset, state=State.CLOSED, team=team)
    assert now(asset).asset_no == number
    fields = {"name": "ใหม่", "asset_no": number, "owner_unit_id": cast.office.id}
    with pytest.raises(Refusal), work():
        items.take_in(fields, by=TESTER)


@pytest.mark.parametrize(("prices", "allowed"), [
    (("250000.00", "250000.00"), True),
    (("250000.00", "250000.01"), False),
    (("100.00", None), False),
])  # fmt: skip
def test_r_d4_a_specific_sale_is_for_500000_baht_in_all_at_most(
    cast: Cast, team: Team, prices: tuple[str | None, ...], allowed: bool
) -> None:
    things = [make_asset(price=Decimal(price) if price else None) for price in prices]
    case = make_disposal(*things, state=State.PREPARING, team=team)
    if allowed:
        act(deciding.submit, case, Method.SELL_SPECIFIC_A, "ร้านรับซื้อ", "", by=cast.sri)
        assert now(case).state == State.SUBMITTED
    else:
        with pytest.raises(Refusal) as refused:
            act(deciding.submit, case, Method.SELL_SPECIFIC_A, "ร้านรับซื้อ", "", by=cast.sri)
        assert refused.value.field == "method"


def test_r_d4_counts_every_piece_of_a_lot(cast: Cast, team: Team) -> None:
    lot = priced("100000.00", quantity=6)
    case = make_disposal(lot, state=State.PREPARING, team=team)
    with pytest.raises(Refusal):
        act(deciding.submit, case, Method.SELL_SPECIFIC_A, "ร้าน", "", by=cast.sri)


@pytest.mark.parametrize(("price", "needed"), [("1000000.00", False), ("1000000.01", True)])
def test_r_d5_a_write_off_above_a_million_needs_the_ministry(
    cast: Cast, team: Team, price: str, needed: bool
) -> None:
    asset = priced(price, condition=Condition.MISSING)
    case = make_disposal(
        asset,
        state=State.APPROVED,
        team=team,
        method=Method.WRITE_OFF,
        findings=nobody_pays(),
        cause=Cause.LOST,
    )
    if needed:
        with pytest.raises(Refusal) as refused:
            act(carrying_out.order, case, "9/2570", clock.today(), by=cast.sri)
        assert refused.value.field == "ministry_ref"
    letter = {"ministry_ref": "กค 0405/77"} if needed else {}
    act(carrying_out.order, case, "9/2570", clock.today(), by=cast.sri, **letter)
    assert now(case).state == State.ORDERED


def test_r_l3_what_awaits_disposal_is_not_lent(cast: Cast, team: Team) -> None:
    asset = priced("9000")
    make_disposal(asset, team=team)
    assert now(asset).lifecycle == Lifecycle.PENDING_DISPOSAL
    assert obstacle_of(asset) == Obstacle.AWAITING_DISPOSAL


@pytest.mark.parametrize("cause", [Cause.DAMAGED, Cause.LOST, Cause.NOT_NEEDED])
def test_clause_214_only_plain_wear_goes_on_without_a_committee(
    cast: Cast, team: Team, cause: Cause
) -> None:
    case = make_disposal(team=team)
    with pytest.raises(Refusal):
        act(finding_out.go_on, case, cause, "รายงาน", "เก่า", by=cast.sri)


def test_clause_214_what_is_missing_needs_a_committee(cast: Cast, team: Team) -> None:
    case = make_disposal(priced("1", condition=Condition.MISSING), team=team)
    with pytest.raises(Refusal):
        act(finding_out.go_on, case, Cause.WEAR, "รายงาน", "เก่า", by=cast.sri)


def test_clause_26_a_committee_has_a_chair_and_two_others(cast: Cast, team: Team) -> None:
    case = make_disposal(team=team)
    order = finding_out.Order("1/2570", clock.today())
    people = [make_person() for _one in range(3)]
    bad = [
        [(people[0], Duty.CHAIR), (people[1], Duty.MEMBER)],
        [(one, Duty.MEMBER) for one in people],
        [(people[0], Duty.CHAIR), (people[1], Duty.MEMBER), (people[1], Duty.SECRETARY)],
    ]
    for members in bad:
        with pytest.raises(Refusal):
            act(finding_out.appoint, case, Cause.DAMAGED, order, members, by=cast.sri)


def test_clause_214_whose_name_an_item_is_in_does_not_investigate_it(
    cast: Cast, team: Team
) -> None:
    case = make_disposal(priced("1", custodian_id=team.committee[2].id), team=team)
    order = finding_out.Order("1/2570", clock.today())
    with pytest.raises(Refusal):
        act(finding_out.appoint, case, Cause.DAMAGED, order, team.seats, by=cast.sri)


def test_only_members_write_the_findings(cast: Cast, team: Team) -> None:
    case = make_disposal(state=State.INVESTIGATING, team=team)
    for stranger in (cast.sri, cast.chai, cast.admin):
        with pytest.raises(NotAllowed):
            act(finding_out.report, case, nobody_pays(), by=stranger)
    act(finding_out.report, case, nobody_pays(), by=team.committee[1])
    assert now(case).state == State.PREPARING


@pytest.mark.parametrize("method", [one for one in Method if one != Method.WRITE_OFF])
def test_clause_217_what_is_missing_can_only_be_written_off(
    cast: Cast, team: Team, method: Method
) -> None:
    asset = priced("9000", name="โน้ตบุ๊ก", condition=Condition.MISSING)
    case = make_disposal(asset, state=State.PREPARING, team=team, findings=nobody_pays())
    with pytest.raises(Refusal):
        act(deciding.submit, case, method, "ใครก็ได้", "", by=cast.sri)


def test_clause_215_c_a_notebook_is_sold_to_its_own_official_only(cast: Cast, team: Team) -> None:
    mine = priced("9000", name="โน้ตบุ๊ก", custodian_id=cast.thep.id)
    case = make_disposal(mine, state=State.PREPARING, team=team)
    with pytest.raises(Refusal):
        act(deciding.submit, case, Method.SELL_SPECIFIC_C, cast.sri.name_th, "", by=cast.sri)
    act(deciding.submit, case, Method.SELL_SPECIFIC_C, cast.thep.name_th, "", by=cast.sri)
    assert now(case).state == State.SUBMITTED


def test_clause_215_c_other_things_are_not_sold_so(cast: Cast, team: Team) -> None:
    desk = priced("9000", name="โต๊ะทำงาน", custodian_id=cast.thep.id)
    case = make_disposal(desk, state=State.PREPARING, team=team)
    with pytest.raises(Refusal):
        act(deciding.submit, case, Method.SELL_SPECIFIC_C, cast.thep.name_th, "", by=cast.sri)
