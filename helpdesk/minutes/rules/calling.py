"""Call a meeting: begin it, name its people, send the invitations, note replies, cancel it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from helpdesk.minutes import queries
from helpdesk.minutes.models import AgendaItem, Meeting, MeetingPerson
from helpdesk.minutes.rules import inviting
from helpdesk.minutes.shipped import ADOPTING, FOLLOWING, SECTIONS, adopting_title
from helpdesk.minutes.states import BEFORE, MEETINGS, WRITABLE, Action, Duty, Reply, State
from helpdesk.programmes.models import ProgrammeMember
from helpdesk.programmes.states import Duty as GroupDuty
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person

SAME = ("uq_meeting_unit_id_body_year_session_no", "meeting.unit_id, meeting.body")
AS_IN_GROUP = {GroupDuty.CHAIR: Duty.CHAIR, GroupDuty.SECRETARY: Duty.SECRETARY}


def begin(fields: Mapping[str, Any], people: Sequence[Person], *, by: Viewer) -> Meeting:
    """Begin a meeting with the customary agenda.

    Its people are those named, or the working group of its programme where nobody is named.

    Args:
        fields: columns of ``Meeting``; ``session_no`` None takes the next number.
        people: the members, without duties.
        by: the owner, who is the secretary where named.

    Refuses an end before the begin, and a session that exists already.
    """
    made = _start(fields, by=by)
    if not people and made.programme_id:
        _bring_group(made)
    for person in {one.id: one for one in people}.values():
        _put(made, person, Duty.SECRETARY if person.id == by.id else Duty.MEMBER)
    return made


def _start(fields: Mapping[str, Any], *, by: Viewer) -> Meeting:
    if fields["ends_at"] <= fields["starts_at"]:
        raise Refusal(_("The meeting has to end after it begins."), field="ends")
    told = dict(fields)
    year = clock.local(told["starts_at"]).year + thai.BUDDHIST_OFFSET
    told["session_no"] = told.get("session_no") or queries.next_session(
        told["unit_id"], told["body"], year
    )
    made = Meeting(owner_id=by.id, year=year, **told)
    _derive(made)
    db.session.add(made)
    _flush(made)
    for number, title in enumerate(SECTIONS, start=1):
        _item(made, number, 0, title)
    audit.record("begun", made, by=by, after={"title": made.body, "number": made.number})
    return made


def _bring_group(meeting: Meeting) -> None:
    rows = db.session.scalars(
        select(ProgrammeMember)
        .where(ProgrammeMember.programme_id == meeting.programme_id)
        .order_by(ProgrammeMember.id)
    )
    for one in rows:
        if one.person.left_on is None:
            duty = AS_IN_GROUP.get(GroupDuty(one.duty), Duty.MEMBER)
            _put(meeting, one.person, duty, acting=one.acting)


def _put(meeting: Meeting, person: Person, duty: Duty, *, acting: str = "") -> MeetingPerson:
    position = " · ".join(part for part in (person.position, acting) if part)
    made = MeetingPerson(
        meeting_id=meeting.id,
        person_id=person.id,
        duty=duty,
        name=person.name_th,
        position=position[:300],
    )
    db.session.add(made)
    return made


def follow(meeting: Meeting, fields: Mapping[str, Any], *, by: Viewer) -> Meeting:
    """Begin the next meeting of the same people: it adopts these minutes and asks for open tasks.

    Args:
        meeting: the one that it follows.
        fields: ``starts_at``, ``ends_at``, ``place``.
        by: who begins it.

    Refuses one that is followed already, and one that was cancelled.
    """
    if meeting.state == State.CANCELLED:
        raise Refusal(_("This meeting was cancelled."))
    if queries.next_of(meeting) is not None:
        raise Refusal(_("The next meeting exists already."))
    same = {name: getattr(meeting, name) for name in ("unit_id", "body", "programme_id")}
    made = _start({**same, **fields, "previous_id": meeting.id}, by=by)
    for one in queries.people_of(meeting):
        if one.person is None or one.person.left_on is None:
            same_one = {
                name: getattr(one, name) for name in ("person_id", "duty", "name", "position")
            }
            db.session.add(MeetingPerson(meeting_id=made.id, **same_one))
    _item(made, ADOPTING, 1, adopting_title(meeting.number))
    open_tasks = [one for one in queries.tasks_of(meeting) if one.done_on is None]
    for place, task in enumerate(open_tasks, start=1):
        _item(made, FOLLOWING, place, task.what[:300])
    return made


def _item(meeting: Meeting, section: int, place: int, title: str) -> None:
    db.session.add(AgendaItem(meeting_id=meeting.id, section=section, place=place, title=title))


def edit(meeting: Meeting, changes: Mapping[str, Any], *, by: Viewer) -> None:
    """Change when, where and what; who is invited already is told of another time or place.

    Refuses a meeting that was held, an end before the begin, a session that exists already.
    """
    demand(meeting, BEFORE)
    if changes["ends_at"] <= changes["starts_at"]:
        raise Refusal(_("The meeting has to end after it begins."), field="ends")
    moved = any(getattr(meeting, name) != changes[name] for name in ("starts_at", "place"))
    year = clock.local(changes["starts_at"]).year + thai.BUDDHIST_OFFSET
    audit.record_changes("edited", meeting, {**changes, "year": year}, by=by)
    _derive(meeting)
    _flush(meeting)
    if moved and meeting.state == State.CALLED:
        inviting.tell_moved(meeting)


def add_person(
    meeting: Meeting,
    person: Person | None,
    duty: Duty,
    *,
    by: Viewer,
    name: str = "",
    position: str = "",
) -> MeetingPerson:
    """Put somebody on the list: a person of the office, or a guest from outside by name.

    Refuses who stands there already, who has left, a second chair, and nobody at all.
    """
    demand(meeting, WRITABLE)
    if person is None and not name.strip():
        raise Refusal(_("Please name the person."), field="person")
    if person is not None and person.left_on is not None:
        raise Refusal(_("%(name)s has left the office.", name=person.name), field="person")
    there = queries.people_of(meeting)
    if duty == Duty.CHAIR and any(one.duty == Duty.CHAIR for one in there):
        raise Refusal(_("The meeting has a chair already."), field="duty")
    if person is not None and any(one.person_id == person.id for one in there):
        raise Refusal(_("This person stands on the list already."), field="person")
    if person is not None:
        made = _put(meeting, person, duty)
    else:
        made = MeetingPerson(
            meeting_id=meeting.id, duty=duty, name=name.strip(), position=position.strip()
        )
        db.session.add(made)
    audit.record("added", made, by=by, after={"person": made.name, "duty": duty})
    return made


def drop_person(meeting: Meeting, row: MeetingPerson, *, by: Viewer) -> None:
    """Take somebody off the list. Refuses after the minutes went round."""
    demand(meeting, WRITABLE)
    audit.record("dropped", row, by=by, before={"person": row.name})
    db.session.delete(row)


def call(meeting: Meeting, *, by: Viewer) -> int:
    """Send the invitations to those who have none yet; return how many went out.

    Refuses a meeting in the past, and one without anybody to invite.
    """
    target = MEETINGS.target(State(meeting.state), Action.CALL)
    if meeting.starts_at <= clock.now():
        raise Refusal(_("The meeting lies in the past."))
    people = [one for one in queries.people_of(meeting) if one.called_at is None]
    if not people:
        raise Refusal(_("Everybody on the list is invited already."))
    meeting.state = target
    for one in people:
        one.called_at = clock.now()
        if one.person is not None and one.person.left_on is None:
            inviting.invite(meeting, one.person)
    audit.record("called", meeting, by=by, after={"people": len(people)})
    return len(people)


def reply(meeting: Meeting, answer: Reply, *, by: Viewer) -> None:
    """Note whether the invited viewer comes. Refuses who is not invited, and after the meeting."""
    demand(meeting, BEFORE)
    row = db.session.scalar(
        select(MeetingPerson).where(
            MeetingPerson.meeting_id == meeting.id, MeetingPerson.person_id == by.id
        )
    )
    if row is None or row.called_at is None:
        raise Refusal(_("You are not invited to this meeting."))
    row.reply, row.replied_at = answer, clock.now()
    audit.record("answered", row, by=by, after={"answer": answer})


def cancel(meeting: Meeting, why: str, *, by: Viewer) -> None:
    """Cancel a meeting that is not held; who was invited is told. Refuses without a reason."""
    target = MEETINGS.target(State(meeting.state), Action.CANCEL)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    told = meeting.state == State.CALLED
    meeting.state, meeting.cancelled_why = target, why.strip()[:300]
    audit.record("cancelled", meeting, by=by, after={"reason": meeting.cancelled_why})
    if told:
        inviting.tell_cancelled(meeting)


def demand(meeting: Meeting, states: Sequence[State]) -> None:
    """Refuse what is too late in the life of a meeting."""
    if meeting.state not in states:
        face = MEETINGS.faces[State(meeting.state)]
        raise Refusal(_("This is not possible any more: %(state)s.", state=face.label))


def _flush(meeting: Meeting) -> None:
    number = meeting.number
    try:
        db.session.flush()  # people and items name it; a session exists once
    except IntegrityError as error:
        if violates(error, *SAME):
            raise Refusal(
                _("Session %(number)s of this body exists already.", number=number),
                field="session_no",
            ) from error
        raise


def _derive(meeting: Meeting) -> None:
    meeting.search_key = thai.search_key(f"{meeting.body} {meeting.number} {meeting.place}")
