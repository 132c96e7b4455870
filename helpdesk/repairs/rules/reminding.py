"""Messages because time passed: a timer was forgotten, a vendor keeps an item for too long."""

from __future__ import annotations

from helpdesk.repairs.models import OutsideRepair, Spell
from helpdesk.repairs.rules.times import is_forgotten
from helpdesk.repairs.states import AWAY
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date, show_moment
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


def ask_about(spell: Spell) -> bool:
    """Ask a person about a timer that was forgotten; tell whether there was anything to ask."""
    if not is_forgotten(spell) or spell.started_at is None:
        return False
    person, ticket = spell.person, spell.ticket
    with speaking(person.language):
        bookkeeping.send(
            kind="ticket_timer_forgotten",
            subject=_("Does your timer on %(number)s still run?", number=ticket.number),
            body=_(
                "It has been running since %(since)s. Stop it and type how long it really was.",
                since=show_moment(spell.started_at),
            ),
            language=person.language,
            person_id=person.id,
            link=f"/tickets/{ticket.id}/timer/stop",
            dedupe_key=f"timer_forgotten:{spell.id}",
        )
    return True


def tell_late(outside: OutsideRepair) -> bool:
    """Tell the technician that a vendor keeps an item too long; tell whether it is still late."""
    today = clock.today()
    ticket = outside.ticket
    person = db.session.get(Person, ticket.assignee_id or outside.by_id or 0)
    if outside.state not in AWAY or outside.expected_on >= today or person is None:
        return False
    weeks = (today - outside.expected_on).days // 7
    with speaking(person.language):
        bookkeeping.send(
            kind="ticket_outside_late",
            subject=_("%(number)s is late at the vendor's", number=outside.number),
            body=_(
                "%(item)s was expected back from %(vendor)s on %(day)s.",
                item=ticket.asset.name if ticket.asset else ticket.subject,
                vendor=outside.vendor.name,
                day=show_date(outside.expected_on, "short"),
            ),
            language=person.language,
            person_id=person.id,
            link=f"/tickets/{ticket.id}/work",
            dedupe_key=f"outside_late:{outside.id}:{weeks}",
        )
    return True
