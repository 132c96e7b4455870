"""Appointing the committee: a round is planned, changed while it is planned, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from assets.counts import access, dates
from assets.counts.models import Member, Round, RoundUnit
from assets.counts.states import ROUNDS, Duty, RoundAction, RoundState
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

EARLIEST, YEARS_AHEAD = 2500, 1


@dataclass(frozen=True)
class Appointment:
    """What the order of the head says.

    Attributes:
        unit_id: the agency whose head appoints.
        unit_ids: the units whose books are checked.
        fiscal_year: the Buddhist year that is checked.
    """

    unit_id: int
    unit_ids: tuple[int, ...]
    fiscal_year: int
    order_no: str
    ordered_on: date
    appointer_name: str
    appointer_position: str = ""
    first_day_counts: bool = True


def units_covered(unit: Unit, covers: str) -> tuple[int, ...]:
    """Return the units of a round.

    Args:
        unit: the agency.
        covers: ``unit`` alone, with its ``groups``, or with ``all`` that lies under it.
    """
    if covers == "unit":
        return (unit.id,)
    under = select(Unit.id).where(
        Unit.path.startswith(unit.path, autoescape=True), Unit.closed_on.is_(None)
    )
    if covers == "groups":
        under = under.where(or_(Unit.id == unit.id, Unit.kind == "group"))
    return tuple(db.session.scalars(under.order_by(Unit.id)))


def plan(wanted: Appointment, *, by: Viewer) -> Round:
    """Write down an appointment order; the committee is named afterwards.

    Refuses a blank order number or appointer, a year that is not one, a unit outside the viewer's
    right, a unit that has a round of this year already (R-I5). A date of the order outside
    September is warned of on the page, not refused (R-I1).
    """
    _check(wanted, by)
    days = dates.days_of(
        wanted.fiscal_year, wanted.unit_id, first_day_counts=wanted.first_day_counts
    )
    one = Round(
        unit_id=wanted.unit_id,
        fiscal_year=wanted.fiscal_year,
        starts_on=days.starts_on,
        due_on=days.due_on,
        created_at=clock.now(),
        created_by_id=by.id,
        **_written(wanted),
    )
    db.session.add(one)
    db.session.flush()  # its units need the id
    for unit_id in wanted.unit_ids:
        db.session.add(RoundUnit(round_id=one.id, unit_id=unit_id, fiscal_year=wanted.fiscal_year))
    _settle_units()
    after = {"fiscal_year": wanted.fiscal_year, "units": list(wanted.unit_ids), **_written(wanted)}
    audit.record("planned", one, by=by, after=after)
    return one


def edit(one: Round, wanted: Appointment, *, by: Viewer) -> None:
    """Change the order of a round that is planned; unit and year stay. Refuses as ``plan``."""
    ROUNDS.target(RoundState(one.state), RoundAction.EDIT)
    _check(wanted, by)
    days = dates.days_of(one.fiscal_year, one.unit_id, first_day_counts=wanted.first_day_counts)
    changes = {**_written(wanted), "starts_on": days.starts_on, "due_on": days.due_on}
    audit.record_changes("edited", one, changes, by=by)


def _written(wanted: Appointment) -> dict[str, object]:
    return {
        "order_no": wanted.order_no.strip(),
        "ordered_on": wanted.ordered_on,
        "appointer_name": wanted.appointer_name.strip(),
        "appointer_position": wanted.appointer_position.strip(),
        "first_day_counts": wanted.first_day_counts,
    }


def _check(wanted: Appointment, by: Viewer) -> None:
    if not wanted.order_no.strip():
        raise Refusal(_("The order needs its number."), field="order_no")
    if not wanted.appointer_name.strip():
        raise Refusal(_("Write who gives the order."), field="appointer_name")
    latest = thai.fiscal_year(clock.today()) + YEARS_AHEAD
    if not EARLIEST <= wanted.fiscal_year <= latest:
        raise Refusal(_("This is not a fiscal year that can be checked."), field="fiscal_year")
    if not wanted.unit_ids:
        raise Refusal(_("A round needs a unit."), field="unit_id")
    for unit_id in (wanted.unit_id, *wanted.unit_ids):
        by.demand(access.PLAN, unit_id)


def _settle_units() -> None:
    try:
        db.session.flush()  # the database refuses a second round of a unit and year (R-I5)
    except IntegrityError as error:
        if violates(error, "uq_count_unit_year", "count_unit.unit_id, count_unit.fiscal_year"):
            raise Refusal(
                _("One of these units has a round of this fiscal year already."),
                field="fiscal_year",
            ) from error
        raise


def appoint(one: Round, person: Person, duty: Duty, *, by: Viewer) -> Member:
    """Put a person on the committee.

    Refuses a supply officer of one of the units (clause 213, R-I2), somebody who has left, a
    person who is on it already, a second chair, and a round that is not planned or open.
    """
    _check_committee_may_change(one)
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name), field="person_id")
    if is_supply_officer(person.id, units_of(one)):
        raise Refusal(
            _(
                "%(name)s is a supply officer of a unit that is checked. Clause 213 wants "
                "inspectors who are not.",
                name=person.name,
            ),
            field="person_id",
        )
    members = db.session.scalars(select(Member).where(Member.round_id == one.id)).all()
    if any(member.person_id == person.id for member in members):
        raise Refusal(
            _("%(name)s is on the committee already.", name=person.name), field="person_id"
        )
    if duty == Duty.CHAIR and any(member.duty == Duty.CHAIR for member in members):
        raise Refusal(_("The committee has a chair already."), field="duty")
    member = Member(
        round_id=one.id,
        person_id=person.id,
        name=person.name_th,
        position=person.position,
        duty=duty,
    )
    db.session.add(member)
    after = {"person": person.name_th, "person_id": person.id, "duty": duty}
    audit.record("appointed", one, by=by, after=after)
    return member


def discharge(one: Round, member: Member, *, by: Viewer) -> None:
    """Take a person off the committee; what the person scanned stays."""
    _check_committee_may_change(one)
    before = {"person": member.name, "person_id": member.person_id, "duty": member.duty}
    audit.record("discharged", one, by=by, before=before)
    db.session.delete(member)


def _check_committee_may_change(one: Round) -> None:
    if one.state not in (RoundState.PLANNED, RoundState.OPEN):
        raise Refusal(_("The committee cannot be changed any more."))


def units_of(one: Round) -> Sequence[int]:
    """Return the ids of the units a round covers."""
    return db.session.scalars(
        select(RoundUnit.unit_id).where(RoundUnit.round_id == one.id).order_by(RoundUnit.unit_id)
    ).all()


def is_supply_officer(person_id: int, unit_ids: Sequence[int]) -> bool:
    """Tell whether a person is supply officer (storekeeper) of one of the units (R-I2).

    The role reaches what lies under the unit it was given for, as all roles do.
    """
    granted, checked = aliased(Unit), aliased(Unit)
    everywhere: ColumnElement[bool] = RoleGrant.unit_id.is_(None)
    over = exists().where(
        granted.id == RoleGrant.unit_id,
        checked.id.in_(unit_ids),
        checked.path.startswith(granted.path),
    )
    grant = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id,
        RoleGrant.role == Role.STOREKEEPER.value,
        or_(everywhere, over),
    )
    return db.session.scalar(grant.limit(1)) is not None


def cancel(one: Round, reason: str, *, by: Viewer) -> None:
    """Cancel a planned round; its units may have another one of the year. Refuses no reason."""
    state = ROUNDS.target(RoundState(one.state), RoundAction.CANCEL)
    if not reason.strip():
        raise Refusal(_("Please write why."), field="reason")
    one.state, one.cancel_reason = state, reason.strip()[:400]
    db.session.execute(update(RoundUnit).where(RoundUnit.round_id == one.id).values(active=False))
    audit.record("cancelled", one, by=by, after={"reason": one.cancel_reason})
