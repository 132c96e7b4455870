"""Notices to those concerned, read receipts, and the reminders of deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from helpdesk.programmes.models import Activity, Programme, ProgrammeStep
from helpdesk.programmes.notice_models import ProgrammeNotice, ProgrammeReader
from helpdesk.programmes.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

WARN_DAYS = (7, 1)
LATE = -1


def tell(
    programme: Programme, subject: str, body: str, people: Sequence[Person], *, by: Viewer
) -> ProgrammeNotice:
    """Send a notice to those concerned; each is asked to confirm having read it.

    Refuses a programme that the director has not approved yet, a notice without words, and one to
    nobody; who has left gets none.
    """
    if programme.state not in (State.RUNNING, State.CLOSED):
        raise Refusal(_("Notices go out once the director has approved the programme."))
    if not subject.strip() or not body.strip():
        raise Refusal(_("Please write the subject and the notice."), field="body")
    here = {person.id: person for person in people if person.left_on is None}
    if not here:
        raise Refusal(_("Please name at least one person."), field="people")
    made = ProgrammeNotice(
        programme_id=programme.id,
        subject=subject.strip(),
        body=body.strip(),
        sent_at=clock.now(),
        sent_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()  # the readers name the notice
    for person in here.values():
        db.session.add(ProgrammeReader(notice_id=made.id, person_id=person.id))
        bookkeeping.send(
            kind="programme_notice",
            subject=made.subject,
            body=made.body,
            language=person.language,
            person_id=person.id,
            link=f"/programmes/{programme.id}/notices",
        )
    after = {"subject": made.subject, "people": len(here)}
    audit.record("announced", made, by=by, after=after)
    return made


def confirm(programme: Programme, notice_id: int, *, by: Viewer) -> None:
    """Write down that the reader has read a notice; a second time changes nothing.

    Raises:
        NotFound: the notice was not sent to this person.
    """
    found = db.session.scalar(
        select(ProgrammeReader)
        .join(ProgrammeNotice, ProgrammeNotice.id == ProgrammeReader.notice_id)
        .where(
            ProgrammeReader.notice_id == notice_id,
            ProgrammeReader.person_id == by.id,
            ProgrammeNotice.programme_id == programme.id,
        )
    )
    if found is None:
        raise NotFound(_("This notice was not sent to you."))
    if found.read_at is None:
        found.read_at = clock.now()
        audit.record("read", found, by=by)


def remind(thing: ProgrammeStep | Activity, due_on: date, what: str, today: date) -> bool:
    """Tell who answers for a step or activity that its day comes near or is over; once each.

    Returns:
        whether somebody was told now.
    """
    left = (due_on - today).days
    step = LATE if left < 0 else min((days for days in WARN_DAYS if left <= days), default=None)
    if step is None or (thing.told_days is not None and thing.told_days <= step):
        return False
    thing.told_days = step
    programme = thing.programme
    person = thing.responsible or programme.owner
    if person.left_on is not None:
        person = programme.owner
    if person.left_on is not None:
        return False
    with speaking(person.language):
        day = show_date(due_on, "long")
        subject = (
            _("Late: %(what)s", what=what[:120])
            if step == LATE
            else _("Due soon: %(what)s", what=what[:120])
        )
        bookkeeping.send(
            kind="programme_due",
            subject=subject,
            body=_("Programme “%(name)s”. Due on %(day)s.", name=programme.name, day=day),
            language=person.language,
            person_id=person.id,
            link=f"/programmes/{programme.id}",
        )
    return True
