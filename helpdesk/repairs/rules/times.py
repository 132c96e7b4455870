"""Time spent: a timer that runs, one for each person, or minutes that are typed.

A timer that ran for more than four hours or past midnight was forgotten: whoever stops it is asked
how long it really was.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from helpdesk.repairs.models import LONGEST_DAY, Spell
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work
from helpdesk.tickets.states import TICKET, Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_moment
from office.bookkeeping import audit

LONGEST_TIMER = timedelta(hours=4)
OLDEST_DAYS = 92


def start(ticket: Ticket, *, by: Viewer) -> Spell | None:
    """Let the clock run for oneself; a ticket that nobody works on yet is started by this.

    A timer of the same person on another ticket is stopped and counted.

    Returns:
        what was stopped for it; None where no timer ran.

    Refuses a finished ticket, a timer that runs here already, and one that was forgotten elsewhere.
    """
    if by.id is None:
        raise NotAllowed(_("Only a person can spend time."))
    if not ticket.is_open:
        raise Refusal(_("This ticket is finished; reopen it first."))
    running = running_of(by.id)
    if running is not None and running.ticket_id == ticket.id:
        raise Refusal(_("Your timer runs on this ticket already."))
    if running is not None:
        stop(running, by=by)
    if TICKET.allows(ticket.state, Action.START):
        work.start(ticket, by=by)
    spell = Spell(
        ticket_id=ticket.id, person_id=by.id, on_day=clock.today(), started_at=clock.now()
    )
    db.session.add(spell)
    try:
        db.session.flush()  # of two timers that one person starts at once the database takes one
    except IntegrityError as error:
        if violates(error, "uq_repair_spell_running", "repair_spell.person_id"):
            raise Refusal(_("Your timer runs on this ticket already.")) from error
        raise
    audit.record("timer_started", spell, by=by)
    return running


def stop(spell: Spell, *, by: Viewer, minutes: int | None = None, note: str = "") -> None:
    """Stop a timer and count what it ran, or what is typed instead.

    Refuses a timer that stands still, somebody else's, and a forgotten one without minutes.
    """
    if spell.minutes is not None or spell.started_at is None:
        raise Refusal(_("This timer has been stopped already."))
    if spell.person_id != by.id:
        raise NotAllowed(_("This timer is somebody else's."))
    if minutes is None and is_forgotten(spell):
        raise Refusal(
            _(
                "Your timer on %(number)s has been running since %(since)s. Please type how many "
                "minutes it really was.",
                number=spell.ticket.number,
                since=show_moment(spell.started_at),
            ),
            field="minutes",
        )
    spell.minutes = ran(spell.started_at) if minutes is None else minutes
    spell.note = note.strip()[:300]
    _check(spell, by.id)
    audit.record("timer_stopped", spell, by=by, after={"minutes": spell.minutes})


def write_down(ticket: Ticket, minutes: int, on_day: date, note: str, *, by: Viewer) -> Spell:
    """Write down minutes that were spent on a day.

    Args:
        minutes: from 1 to a whole day's.
        on_day: today or up to three months ago.
        note: what was done, may be empty.

    Refuses other amounts and days, more than a day holds together, and a cancelled ticket.
    """
    if by.id is None:
        raise NotAllowed(_("Only a person can spend time."))
    if ticket.state == State.CANCELLED:
        raise Refusal(_("This ticket was cancelled."))
    if minutes < 1:
        raise Refusal(_("Please type at least one minute."), field="minutes")
    spell = Spell(
        ticket_id=ticket.id,
        person_id=by.id,
        on_day=on_day,
        minutes=minutes,
        note=note.strip()[:300],
    )
    _check(spell, by.id)
    db.session.add(spell)
    audit.record("time_written", spell, by=by, after={"minutes": minutes, "day": on_day})
    return spell


def correct(spell: Spell, minutes: int, why: str, *, by: Viewer) -> None:
    """Correct how long something took; no minutes at all strike it out. The trail keeps both.

    Refuses a running timer, somebody else's time, a correction without a reason, and amounts that
    a day does not hold.
    """
    if spell.minutes is None:
        raise Refusal(_("This timer still runs; stop it first."))
    if spell.person_id != by.id:
        raise NotAllowed(_("Only %(name)s can correct this time.", name=spell.person.name))
    if not why.strip():
        raise Refusal(_("Please write why it is corrected."), field="why")
    before = spell.minutes
    spell.minutes = minutes
    _check(spell, by.id)
    told = {"minutes": minutes, "why": why.strip()[:300]}
    audit.record("time_corrected", spell, by=by, before={"minutes": before}, after=told)


def end_timers(ticket: Ticket, by: Viewer) -> None:
    """Stop every timer on a ticket that has come to an end; a forgotten one counts four hours."""
    running = select(Spell).where(Spell.ticket_id == ticket.id, Spell.minutes.is_(None))
    for spell in db.session.scalars(running).all():
        since = spell.started_at or clock.now()
        spell.minutes = min(ran(since), int(LONGEST_TIMER.total_seconds() // 60))
        audit.record("timer_stopped", spell, by=by, after={"minutes": spell.minutes})


def running_of(person_id: int) -> Spell | None:
    """Return the timer that a person lets run."""
    running = select(Spell).where(Spell.person_id == person_id, Spell.minutes.is_(None))
    return db.session.scalar(running)


def is_forgotten(spell: Spell) -> bool:
    """Tell whether a timer has run for longer than anybody works without a break."""
    if spell.minutes is not None or spell.started_at is None:
        return False
    past_midnight = clock.local(spell.started_at).date() != clock.today()
    return past_midnight or clock.now() - spell.started_at > LONGEST_TIMER


def ran(since: datetime) -> int:
    """Return the begun minutes since a moment, at least one."""
    return max(1, -int(-(clock.now() - since).total_seconds() // 60))


def _check(spell: Spell, person_id: int) -> None:
    minutes = spell.minutes or 0
    if not 0 <= minutes <= LONGEST_DAY:
        raise Refusal(_("A day has 1,440 minutes."), field="minutes")
    today = clock.today()
    if not today - timedelta(days=OLDEST_DAYS) <= spell.on_day <= today and spell.id is None:
        raise Refusal(_("Choose today, or a day of the last three months."), field="on_day")
    with db.session.no_autoflush:
        others = db.session.scalar(
            select(func.coalesce(func.sum(Spell.minutes), 0)).where(
                Spell.person_id == person_id,
                Spell.on_day == spell.on_day,
                Spell.id != (spell.id or 0),
            )
        )
    if int(others or 0) + minutes > LONGEST_DAY:
        raise Refusal(
            _("Together with the other time of that day this is more than a day."), field="minutes"
        )
