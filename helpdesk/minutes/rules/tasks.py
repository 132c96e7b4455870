"""Tasks that a meeting gave: set one, report it done, remind of its day."""

from __future__ import annotations

from datetime import date, timedelta

from helpdesk.minutes.models import AgendaItem, Meeting, MeetingTask
from helpdesk.minutes.rules.calling import demand
from helpdesk.minutes.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

AHEAD = timedelta(days=3)
LATE = "late"


def give(
    meeting: Meeting,
    what: str,
    person: Person,
    due_on: date,
    *,
    by: Viewer,
    item: AgendaItem | None = None,
) -> MeetingTask:
    """Give somebody a task of the meeting; they are told.

    Refuses before the meeting is held and after the minutes went round, a day in the past,
    somebody who has left.
    """
    demand(meeting, (State.HELD,))
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left the office.", name=person.name), field="person")
    if due_on < clock.today():
        raise Refusal(_("This day is over already."), field="due_on")
    made = MeetingTask(
        meeting_id=meeting.id,
        item_id=item.id if item else None,
        what=what,
        person_id=person.id,
        due_on=due_on,
    )
    db.session.add(made)
    db.session.flush()  # the message is kept under its id
    after = {"what": what, "person": person.name_th, "due_on": due_on}
    audit.record("given", made, by=by, after=after)
    if person.id != by.id:
        _tell(made, "given", person)
    return made


def drop(meeting: Meeting, task: MeetingTask, *, by: Viewer) -> None:
    """Take a task back. Refuses after the minutes went round, and one that is done."""
    demand(meeting, (State.HELD,))
    if task.done_on is not None:
        raise Refusal(_("This task is done already."))
    audit.record("dropped", task, by=by, before={"what": task.what})
    db.session.delete(task)


def finish(task: MeetingTask, words: str, *, by: Viewer, writes: bool) -> None:
    """Report a task done.

    Args:
        task: the task.
        words: what was done.
        by: whoever does it, or writes the meeting.
        writes: the viewer writes the meeting.

    Refuses a task of somebody else, one that is done, and no words.
    """
    if task.person_id != by.id and not writes:
        raise NotAllowed(_("This is somebody else's task."))
    if task.done_on is not None:
        raise Refusal(_("This task is done already."))
    if not words.strip():
        raise Refusal(_("Please write what was done."), field="words")
    task.done_on, task.done_words = clock.today(), words.strip()[:500]
    audit.record("finished", task, by=by, after={"outcome": task.done_words})


def step_of(due_on: date, today: date) -> str | None:
    """Return the step that is reached on a day: ``3``, ``0``, ``late`` or none."""
    left = (due_on - today).days
    if left <= 0:
        return LATE if left else "0"
    return "3" if left <= AHEAD.days else None


def remind(task_id: int, today: date) -> int:
    """Remind of a task, each step once; return how many people it concerns."""
    task = db.session.get_one(MeetingTask, task_id)
    step = step_of(task.due_on, today)
    person = task.person if task.person.left_on is None else task.meeting.owner
    if step is None or task.done_on is not None or person.left_on is not None:
        return 0
    _tell(task, step, person)
    return 1


def _tell(task: MeetingTask, step: str, person: Person) -> None:
    with speaking(person.language):
        what = task.what[:180]
        subjects = {
            "given": _("A task for you: %(what)s", what=what),
            LATE: _("A task is late: %(what)s", what=what),
        }
        bookkeeping.send(
            kind="meeting_task",
            subject=subjects.get(step, _("A task is due: %(what)s", what=what)),
            body=_(
                "%(body)s, session %(number)s. Due on %(day)s.",
                body=task.meeting.body[:150],
                number=task.meeting.number,
                day=show_date(task.due_on, "long"),
            ),
            language=person.language,
            person_id=person.id,
            link=f"/meetings/{task.meeting_id}#tasks",
            dedupe_key=f"meeting_task:{task.id}:{task.due_on}:{step}:{person.id}",
        )
