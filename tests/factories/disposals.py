"""Disposals for tests, led along the rules to the state that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assets.disposals.models import Disposal
from assets.disposals.rules import carrying_out, deciding, finding_out, proposing, removing
from assets.disposals.rules.carrying_out import Result
from assets.disposals.rules.finding_out import Findings, Order
from assets.disposals.rules.proposing import Ground
from assets.disposals.rules.removing import Reports
from assets.disposals.states import Cause, Duty, Method, Origin, State
from assets.register.models import Asset
from kernel import clock
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.people.access import Role
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.office import in_work, make_person, viewer_for

WAY = (
    State.PROPOSED,
    State.PREPARING,
    State.SUBMITTED,
    State.APPROVED,
    State.ORDERED,
    State.CARRIED_OUT,
    State.STRUCK_OFF,
    State.CLOSED,
)


@dataclass(frozen=True)
class Team:
    """Who leads a case: the storekeeper, the head who signs, and a committee of three."""

    keeper: Person
    head: Person
    committee: tuple[Person, Person, Person]

    @property
    def seats(self) -> list[tuple[Person, Duty]]:
        """The committee with its duties."""
        duties = (Duty.CHAIR, Duty.MEMBER, Duty.SECRETARY)
        return [
            (db.session.merge(one), duty) for one, duty in zip(self.committee, duties, strict=True)
        ]


def nobody_pays() -> Findings:
    """Return findings of today that leave nobody to pay."""
    return Findings("ชำรุดเพราะไฟกระชาก ไม่พบผู้ต้องรับผิด", clock.today())


def make_team(keeper: Person | None = None, head: Person | None = None) -> Team:
    """Return a team; new people for the whole office where none are given."""
    return Team(
        keeper=keeper or make_person(Role.STOREKEEPER),
        head=head or make_person(Role.APPROVER),
        committee=(make_person(), make_person(), make_person()),
    )


def result(**overrides: Any) -> Result:
    """Return what was done today, with all that any method asks for."""
    return Result(
        **{
            "on": clock.today(),
            "document": "รายงาน 7/2570",
            "counterparty": "ร้านสมมติ",
            "proceeds": Decimal("1500.00"),
            "witnesses": "กรรมการทำลาย 3 คน",
            **overrides,
        }
    )


def make_disposal(
    *assets: Asset,
    state: State = State.PROPOSED,
    team: Team | None = None,
    method: Method = Method.SELL_AUCTION,
    recipient: str = "โรงเรียนผู้รับตัวอย่าง",
    findings: Findings | None = None,
    cause: Cause = Cause.DAMAGED,
) -> Disposal:
    """Return a case of these items (of one new item where none is given).

    Args:
        assets: its items.
        state: how far it is led; never cancelled.
        team: who leads it; new people when left out.
        method, recipient: how the things go.
        findings: of a committee; left out, the case goes on directly as plain wear.
        cause: what the committee is asked about.
    """
    who = team or make_team()
    with in_work():
        keeper = viewer_for(who.keeper)
        things = [db.session.merge(asset) for asset in assets] or [make_asset(price=Decimal(9000))]
        ground = Ground(Origin.HAND, "บันทึก 5/2570", "ใช้งานไม่ได้")
        (case,) = proposing.propose(things, ground, by=keeper)
        lead_to(
            case, state, who, method=method, recipient=recipient, findings=findings, cause=cause
        )
    return case


def lead_to(
    case: Disposal,
    state: State,
    team: Team,
    *,
    method: Method = Method.SELL_AUCTION,
    recipient: str = "โรงเรียนผู้รับตัวอย่าง",
    findings: Findings | None = None,
    cause: Cause = Cause.DAMAGED,
) -> None:
    """Move a proposed case along the acts that lead to a state."""
    keeper = viewer_for(team.keeper)
    if state == State.PROPOSED:
        return
    if findings is not None or state == State.INVESTIGATING:
        order = Order("12/2570", clock.today())
        finding_out.appoint(case, cause, order, team.seats, by=keeper)
        if state == State.INVESTIGATING:
            return
        finding_out.report(case, findings or nobody_pays(), by=viewer_for(team.committee[0]))
    else:
        finding_out.go_on(case, Cause.WEAR, "รายงาน 3/2570", "ใช้งานมานาน", by=keeper)
    wanted = WAY.index(state)
    steps = (
        lambda: None,
        lambda: None,
        lambda: deciding.submit(case, method, recipient, "คุ้มค่าที่สุด", by=keeper),
        lambda: sign(case, team.head),
        lambda: carrying_out.order(
            case, "45/2570", clock.today(), ministry_ref="กค 0405/1", by=keeper
        ),
        lambda: carrying_out.carry_out(case, result(counterparty=recipient), by=keeper),
        lambda: removing.strike_off(case, by=keeper),
        lambda: close(case, team),
    )
    for step in steps[: wanted + 1]:
        step()
        db.session.flush()


def sign(case: Disposal, head: Person) -> None:
    """Let the head of the agency approve."""
    db.session.flush()
    approval = db.session.get_one(Approval, case.approval_id)
    signing.approve(approval, by=viewer_for(head))


def close(case: Disposal, team: Team) -> None:
    """Send both reports today and close."""
    keeper, today = viewer_for(team.keeper), clock.today()
    removing.notify(case, Reports(today, "ศธ 04002/1", today, "ศธ 04002/2"), by=keeper)
    removing.close(case, by=keeper)
