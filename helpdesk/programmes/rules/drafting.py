"""Beginning a programme, changing it, copying last year's, cancelling; the words on a process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from helpdesk.programmes import queries
from helpdesk.programmes.models import (
    Activity,
    Indicator,
    ProcessText,
    Programme,
    ProgrammeMember,
    ProgrammeStep,
)
from helpdesk.programmes.shipped import Process, process_of
from helpdesk.programmes.states import PROGRAMMES, Action, Duty, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Unit

FIRST_YEAR, LAST_YEAR = 2500, 2700


@dataclass(frozen=True)
class Draft:
    """What is written about a programme; ``fiscal_year`` in the Buddhist era, money in baht."""

    process_no: int
    fiscal_year: int
    name: str
    objective: str
    targets: str
    unit_id: int
    owner: Person
    starts_on: date
    ends_on: date
    budget: Decimal


def begin(draft: Draft, *, by: Viewer) -> Programme:
    """Begin a programme; the steps of its process are copied into it (R-P1).

    Refuses an unknown process or unit, a year outside 2500–2700, an end before the beginning, a
    negative budget, a blank name, and an owner who has left.
    """
    process = process_of(draft.process_no)
    _check(draft)
    programme = Programme(process_no=process.number)
    _fill(programme, draft)
    programme.steps = [
        ProgrammeStep(number=number, kind=one.kind, title_th=one.title_th, title_en=one.title_en)
        for number, one in enumerate(process.steps, start=1)
    ]
    db.session.add(programme)
    db.session.flush()  # the chair's row names the programme
    db.session.add(
        ProgrammeMember(
            programme_id=programme.id,
            person_id=draft.owner.id,
            duty=Duty.CHAIR,
            name=draft.owner.name_th,
            position=draft.owner.position,
        )
    )
    audit.record("begun", programme, by=by, after=_told(draft))
    return programme


def edit(programme: Programme, draft: Draft, *, by: Viewer) -> None:
    """Change a draft; refuses as ``begin`` does, and what is proposed or approved already."""
    demand_draft(programme)
    _check(draft)
    before = {"name": programme.name, "budget": programme.budget}
    _fill(programme, draft)
    audit.record("edited", programme, by=by, before=before, after=_told(draft))


def demand_draft(programme: Programme) -> None:
    """Refuse to change what the director has before them or has approved."""
    if programme.state != State.DRAFT:
        raise Refusal(
            _("What is proposed or approved stays as it is. Take the programme back to a draft.")
        )


def copy(earlier: Programme, *, by: Viewer) -> Programme:
    """Begin the programme of the next fiscal year from one: group, plan and indicators go along.

    Days move by as many years; orders, results, spending and decisions do not go along.
    """
    made = begin(
        Draft(
            process_no=earlier.process_no,
            fiscal_year=earlier.fiscal_year + 1,
            name=earlier.name.replace(str(earlier.fiscal_year), str(earlier.fiscal_year + 1)),
            objective=earlier.objective,
            targets=earlier.targets,
            unit_id=earlier.unit_id,
            owner=earlier.owner,
            starts_on=a_year_later(earlier.starts_on),
            ends_on=a_year_later(earlier.ends_on),
            budget=earlier.budget,
        ),
        by=by,
    )
    made.copied_from_id = earlier.id
    for step, old in zip(made.steps, earlier.steps, strict=True):
        step.due_on = a_year_later(old.due_on) if old.due_on else None
    _copy_group(queries.members_of(earlier.id), made)
    _copy_plan(earlier.id, made.id)
    return made


def _copy_group(members: Sequence[ProgrammeMember], made: Programme) -> None:
    for old in members:
        if old.person_id == made.owner_id or old.person.left_on is not None:
            continue
        duty = Duty.DEPUTY if old.duty == Duty.CHAIR else old.duty
        db.session.add(
            ProgrammeMember(
                programme_id=made.id,
                person_id=old.person_id,
                duty=duty,
                name=old.person.name_th,
                position=old.person.position,
                acting=old.acting,
            )
        )


def _copy_plan(earlier_id: int, made_id: int) -> None:
    for old in queries.activities_of(earlier_id):
        here = old.responsible is not None and old.responsible.left_on is None
        db.session.add(
            Activity(
                programme_id=made_id,
                title=old.title,
                starts_on=a_year_later(old.starts_on),
                ends_on=a_year_later(old.ends_on),
                responsible_id=old.responsible_id if here else None,
                budget=old.budget,
            )
        )
    for one in queries.indicators_of(earlier_id):
        db.session.add(
            Indicator(
                programme_id=made_id,
                name=one.name,
                unit_word=one.unit_word,
                target=one.target,
                source=one.source,
            )
        )


def a_year_later(day: date) -> date:
    """Return the same day of the next year; 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + 1)


def cancel(programme: Programme, reason: str, *, by: Viewer) -> None:
    """Give a programme up. Refuses a proposed or closed one, and an empty reason."""
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    programme.state = PROGRAMMES.target(State(programme.state), Action.CANCEL)
    audit.record("cancelled", programme, by=by, after={"reason": reason.strip()})


def write_words(
    process: Process, definitions: str, references: str, *, seen_edition: int, by: Viewer
) -> ProcessText:
    """Write a newer edition of the definitions and references of a process.

    Raises:
        Stale: somebody else wrote one meanwhile.
    """
    newest = queries.newest_text(process.number)
    edition = newest.edition if newest else 0
    if edition != seen_edition:
        raise Stale(_("Somebody else has changed this meanwhile. What you typed is kept below."))
    made = ProcessText(
        process_no=process.number,
        edition=edition + 1,
        definitions=definitions.strip(),
        refs=references.strip(),
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(made)
    audit.record("edited", made, by=by, after={"edition": edition + 1})
    return made


def _check(draft: Draft) -> None:
    if not thai.normalize(draft.name):
        raise Refusal(_("Please name the programme."), field="name")
    if not FIRST_YEAR <= draft.fiscal_year <= LAST_YEAR:
        raise Refusal(_("Please write the fiscal year in the Buddhist era."), field="fiscal_year")
    if draft.ends_on < draft.starts_on:
        raise Refusal(_("The last day lies before the first one."), field="ends_on")
    if draft.budget < 0:
        raise Refusal(_("The budget is less than nothing."), field="budget")
    unit = db.session.get(Unit, draft.unit_id)
    if unit is None or unit.closed_on is not None:
        raise Refusal(_("Not a valid choice."), field="unit_id")
    if draft.owner.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=draft.owner.name), field="owner")


def _fill(programme: Programme, draft: Draft) -> None:
    programme.fiscal_year = draft.fiscal_year
    programme.name = draft.name.strip()
    programme.objective, programme.targets = draft.objective.strip(), draft.targets.strip()
    programme.unit_id, programme.owner_id = draft.unit_id, draft.owner.id
    programme.owner = draft.owner
    programme.starts_on, programme.ends_on = draft.starts_on, draft.ends_on
    programme.budget = draft.budget
    programme.search_key = thai.search_key(f"{draft.name} {draft.owner.name_th} {draft.objective}")


def _told(draft: Draft) -> dict[str, object]:
    return {
        "name": draft.name,
        "process": draft.process_no,
        "fiscal_year": draft.fiscal_year,
        "unit_id": draft.unit_id,
        "budget": draft.budget,
    }
