"""The plan: activities with days, people and money; indicators with targets and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from helpdesk.programmes.models import Activity, Indicator, Programme
from helpdesk.programmes.rules.drafting import demand_draft
from helpdesk.programmes.states import ActivityState, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person

MOST_LINES = 100
MOST_BAHT = Decimal("999999999.99")


@dataclass(frozen=True)
class Line:
    """What is written in one line of the plan; ``budget`` in baht."""

    title: str
    starts_on: date
    ends_on: date
    responsible: Person | None
    budget: Decimal


def plan_activity(programme: Programme, line: Line, *, by: Viewer) -> Activity:
    """Add a line to the plan of a draft.

    Refuses a blank title, an end before the beginning, days outside of the programme, money below
    nothing, more than a hundred lines, and a programme that is proposed or approved.
    """
    demand_draft(programme)
    if not line.title.strip():
        raise Refusal(_("Please write what is done."), field="title")
    if line.ends_on < line.starts_on:
        raise Refusal(_("The last day lies before the first one."), field="ends_on")
    if line.starts_on < programme.starts_on or line.ends_on > programme.ends_on:
        raise Refusal(_("These days lie outside of the programme."), field="starts_on")
    if not 0 <= line.budget <= MOST_BAHT:
        raise Refusal(_("The budget is less than nothing."), field="budget")
    same = select(Activity.id).where(Activity.programme_id == programme.id).limit(MOST_LINES)
    if len(db.session.scalars(same).all()) >= MOST_LINES:
        raise Refusal(_("A plan has at most %(most)s lines.", most=MOST_LINES))
    made = Activity(
        programme_id=programme.id,
        title=line.title.strip(),
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        responsible_id=line.responsible.id if line.responsible else None,
        budget=line.budget,
    )
    db.session.add(made)
    audit.record("planned", made, by=by, after={"title": made.title, "budget": made.budget})
    return made


def remove_activity(programme: Programme, activity_id: int, *, by: Viewer) -> None:
    """Take a line out of the plan of a draft."""
    demand_draft(programme)
    found = activity_of(programme, activity_id)
    audit.record("removed", found, by=by, before={"title": found.title})
    db.session.delete(found)


def finish_activity(
    programme: Programme, activity_id: int, spent: Decimal, *, dropped: bool, by: Viewer
) -> None:
    """Write down that an activity is done, with what it cost in baht, or that it was dropped.

    Refuses a programme that is not under way, and money below nothing.
    """
    if programme.state != State.RUNNING:
        raise Refusal(_("Activities are done once the director has approved the programme."))
    if not 0 <= spent <= MOST_BAHT:
        raise Refusal(_("The money spent is less than nothing."), field="spent")
    found = activity_of(programme, activity_id)
    found.spent = spent
    found.state = ActivityState.DROPPED if dropped else ActivityState.DONE
    found.done_on = None if dropped else clock.today()
    act = "dropped" if dropped else "finished"
    audit.record(act, found, by=by, after={"title": found.title, "spent": spent})


def activity_of(programme: Programme, activity_id: int) -> Activity:
    """Return an activity of this programme.

    Raises:
        NotFound: it has none with this id.
    """
    found = db.session.scalar(
        select(Activity).where(Activity.id == activity_id, Activity.programme_id == programme.id)
    )
    if found is None:
        raise NotFound(_("There is no such line in the plan."))
    return found


def set_indicator(
    programme: Programme, name: str, unit_word: str, target: Decimal, source: str, *, by: Viewer
) -> Indicator:
    """Add an indicator to a draft; ``source`` names what counts its result, "" for by hand."""
    demand_draft(programme)
    if not name.strip():
        raise Refusal(_("Please name the indicator."), field="name")
    made = Indicator(
        programme_id=programme.id,
        name=name.strip(),
        unit_word=unit_word.strip(),
        target=target,
        source=source,
    )
    db.session.add(made)
    audit.record("added", made, by=by, after={"name": made.name, "target": target})
    return made


def remove_indicator(programme: Programme, indicator_id: int, *, by: Viewer) -> None:
    """Take an indicator out of a draft."""
    demand_draft(programme)
    found = indicator_of(programme, indicator_id)
    audit.record("removed", found, by=by, before={"name": found.name})
    db.session.delete(found)


def measure(
    programme: Programme, indicator_id: int, result: Decimal, evidence: str, *, by: Viewer
) -> None:
    """Write down the result of an indicator by hand, with its evidence.

    Refuses a programme that is not under way.
    """
    if programme.state != State.RUNNING:
        raise Refusal(_("Results are written once the director has approved the programme."))
    found = indicator_of(programme, indicator_id)
    before = {"result": found.result}
    found.result, found.evidence = result, evidence.strip()
    audit.record("measured", found, by=by, before=before, after={"result": result})


def indicator_of(programme: Programme, indicator_id: int) -> Indicator:
    """Return an indicator of this programme.

    Raises:
        NotFound: it has none with this id.
    """
    found = db.session.scalar(
        select(Indicator).where(
            Indicator.id == indicator_id, Indicator.programme_id == programme.id
        )
    )
    if found is None:
        raise NotFound(_("There is no such indicator."))
    return found
