"""The agenda: add, change and drop items before the meeting, write the minutes of each after."""

from __future__ import annotations

from sqlalchemy import func, select

from helpdesk.minutes.models import AgendaItem, Meeting, MeetingTask
from helpdesk.minutes.rules import filing
from helpdesk.minutes.rules.calling import demand
from helpdesk.minutes.states import WRITABLE, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_ITEMS = 60


def add(meeting: Meeting, section: int, title: str, detail: str, *, by: Viewer) -> AgendaItem:
    """Put an item at the end of a section.

    Refuses a section that is not there, more than sixty items, and after the minutes went round.
    """
    demand(meeting, WRITABLE)
    mine = select(func.max(AgendaItem.place)).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.section == section
    )
    last = db.session.scalar(mine)
    if last is None:
        raise Refusal(_("There is no such section."), field="section")
    count = select(func.count()).where(AgendaItem.meeting_id == meeting.id)
    if (db.session.scalar(count) or 0) >= MOST_ITEMS:
        raise Refusal(_("Up to %(most)s items on one agenda.", most=MOST_ITEMS))
    made = AgendaItem(
        meeting_id=meeting.id, section=section, place=last + 1, title=title, detail=detail
    )
    db.session.add(made)
    audit.record("added", made, by=by, after={"number": made.number, "title": title})
    return made


def edit(meeting: Meeting, item: AgendaItem, title: str, detail: str, *, by: Viewer) -> None:
    """Change title and detail of an item. Refuses after the minutes went round."""
    demand(meeting, WRITABLE)
    audit.record_changes("edited", item, {"title": title, "detail": detail}, by=by)


def drop(meeting: Meeting, item: AgendaItem, *, by: Viewer) -> None:
    """Take an item off; those behind it move up.

    Refuses a whole section, an item that has minutes or tasks, and after the minutes went round.
    """
    demand(meeting, WRITABLE)
    if not item.place:
        raise Refusal(_("The sections of an agenda stay."))
    tasked = select(MeetingTask.id).where(MeetingTask.item_id == item.id).limit(1)
    if item.minutes or item.resolution or db.session.scalar(tasked) is not None:
        raise Refusal(_("This item has minutes or tasks already."))
    audit.record("dropped", item, by=by, before={"title": item.title})
    filing.loosen(item)
    db.session.delete(item)
    db.session.flush()  # its place is free for the next one
    behind = db.session.scalars(
        select(AgendaItem)
        .where(
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.section == item.section,
            AgendaItem.place > item.place,
        )
        .order_by(AgendaItem.place)
    ).all()
    for one in behind:
        one.place -= 1
        db.session.flush()  # one after the other: a place is taken once


def write(meeting: Meeting, item: AgendaItem, minutes: str, resolution: str, *, by: Viewer) -> None:
    """Write what was said and resolved under an item. Refuses before the meeting and once round."""
    demand(meeting, (State.HELD,))
    changes = {"minutes": minutes, "resolution": resolution}
    audit.record_changes("minuted", item, changes, by=by)
