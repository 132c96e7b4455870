"""Report an incident, classify it, and move it from step to step to its lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from helpdesk.incidents.models import Incident, IncidentMoment, IncidentSystem, IncidentTicket
from helpdesk.incidents.rules import reminding
from helpdesk.incidents.states import (
    INCIDENTS,
    NOTICE_WITHIN,
    TOLD_COMMITTEE,
    Action,
    Risk,
    State,
)
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.thai import search_key
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

SERIES = "หต."
SHORTEST = 10


def report(fields: Mapping[str, Any], *, ticket: Ticket | None = None, by: Viewer) -> Incident:
    """Write an incident down; those who handle incidents hear of it at once.

    Args:
        fields: ``kind``, ``title``, ``story``, ``found_at``, ``systems_text``.
        ticket: the report of a fault by which it was found.
        by: who reports.

    Refuses a moment that has not come yet.
    """
    now = clock.now()
    found_at = fields.get("found_at") or now
    if found_at > now:
        raise Refusal(_("This moment has not come yet."), field="found_on")
    made = Incident(
        **{
            **fields,
            "number": bookkeeping.next_number(SERIES),
            "found_at": found_at,
            "known_at": now,
            "reported_at": now,
            "reported_by_id": by.id,
        }
    )
    db.session.add(made)
    db.session.flush()  # its story and its ticket name the incident
    _derive(made)
    note(made, "report", "", by=by)
    audit.record("reported", made, by=by, after={"number": made.number, "title": made.title})
    if ticket is not None:
        tie(made, ticket, by=by)
    reminding.tell_reported(made)
    return made


def note(incident: Incident, act: str, words: str, *, by: Viewer) -> None:
    """Add a moment to the story of an incident."""
    db.session.add(
        IncidentMoment(
            incident_id=incident.id,
            at=clock.now(),
            act=act,
            by_id=by.id,
            by_name=by.name[:200],
            words=words.strip(),
        )
    )


def _derive(incident: Incident) -> None:
    words = (incident.number, incident.title, incident.story, incident.systems_text)
    incident.search_key = search_key(" ".join(words))


def classify(
    incident: Incident, fields: Mapping[str, Any], systems: Sequence[int], *, by: Viewer
) -> None:
    """Say how grave an incident is and what it means for people; may be done again.

    Where there is a risk to people the notice to the Committee is due 72 hours after the office
    knew (section 37 (4)); the handlers are told at once that the clock runs.

    Args:
        fields: ``kind``, ``gravity``, ``risk``, ``handler_id``, ``known_at``, ``data_kinds``,
            ``people_kinds``, ``people_count``, ``records_count``, ``consequences``, ``cause``,
            ``systems_text``.
        systems: ids of the registered systems concerned.
        by: who does it.

    Refuses a moment of knowing before it was found or still to come, a risk without saying whose
    and which data, and taking a risk back after the Committee was told.
    """
    state = INCIDENTS.target(State(incident.state), Action.CLASSIFY)
    known_at, risk = fields["known_at"], Risk(fields["risk"])
    if not incident.found_at <= known_at <= clock.now():
        raise Refusal(
            _("The office knew between the moment it was found and now."), field="known_on"
        )
    if risk != Risk.NO_DATA and not (fields["data_kinds"] and fields["people_kinds"]):
        field = "people_kinds" if fields["data_kinds"] else "data_kinds"
        raise Refusal(_("Please say which data of whom are concerned."), field=field)
    if incident.notified_at is not None and risk not in TOLD_COMMITTEE:
        raise Refusal(_("The Committee was told already; the risk stays on record."), field="risk")
    ran = incident.notice_due_at
    due = known_at + NOTICE_WITHIN if risk in TOLD_COMMITTEE else None
    changes = {**fields, "state": state, "notice_due_at": due}
    audit.record_changes("classified", incident, changes, by=by)
    db.session.execute(delete(IncidentSystem).where(IncidentSystem.incident_id == incident.id))
    for system_id in dict.fromkeys(systems):
        db.session.add(IncidentSystem(incident_id=incident.id, system_id=system_id))
    _derive(incident)
    note(incident, Action.CLASSIFY, "", by=by)
    if due is not None and due != ran and incident.notified_at is None:
        reminding.tell_clock_runs(incident)


def move(incident: Incident, action: Action, words: str, *, by: Viewer) -> None:
    """Contain, fix, close, dismiss or open again.

    Args:
        action: any of them but ``CLASSIFY``.
        words: what was done, what is learnt, or why; at least ten letters.
        by: who does it.

    Refuses without words, closing while the Committee or the people concerned are still to be
    told, and dismissing what was notified.
    """
    state = INCIDENTS.target(State(incident.state), action)
    said = words.strip()
    if len(said) < SHORTEST:
        raise Refusal(_("Please write at least ten letters."), field="words")
    if action == Action.CLOSE:
        _check_told(incident)
    changes: dict[str, Any] = {"state": state, "ended_at": None}
    if action == Action.DISMISS:
        if incident.notified_at is not None:
            raise Refusal(_("The Committee was told already; close it with lessons instead."))
        changes |= {
            "dismissed_why": said[:400],
            "risk": Risk.NO_DATA,
            "notice_due_at": None,
            "ended_at": clock.now(),
        }
    if action == Action.CLOSE:
        changes |= {"lessons": said, "ended_at": clock.now()}
    audit.record_changes(_PAST[action], incident, changes, by=by)
    note(incident, action, said, by=by)


_PAST = {
    Action.CONTAIN: "contained",
    Action.FIX: "repaired",
    Action.CLOSE: "closed",
    Action.DISMISS: "dismissed",
    Action.REOPEN: "reopened",
}


def _check_told(incident: Incident) -> None:
    if incident.awaits_notice:
        raise Refusal(_("Write down the notice to the Committee first."))
    if incident.awaits_telling:
        raise Refusal(_("Write down first how the people concerned were told."))


def notify(incident: Incident, at: datetime, reference: str, late_why: str, *, by: Viewer) -> None:
    """Write down that the notice to the Committee was sent.

    Args:
        at: when it was sent.
        reference: number of the letter or of the receipt.
        late_why: why it was sent after the 72 hours.
        by: who writes it down.

    Refuses where no notice is due or it was sent already, a moment before knowing or still to
    come, a missing number, and a late one without the reason.
    """
    if not incident.awaits_notice or incident.notice_due_at is None:
        raise Refusal(_("No notice is due."))
    if not incident.known_at <= at <= clock.now():
        raise Refusal(_("It was sent between the moment the office knew and now."), field="on")
    if not reference.strip():
        raise Refusal(_("Please fill this in."), field="reference")
    if at > incident.notice_due_at and len(late_why.strip()) < SHORTEST:
        raise Refusal(
            _("It was sent later than 72 hours after the office knew. Please say why."),
            field="late_why",
        )
    changes = {
        "notified_at": at,
        "notice_reference": reference.strip(),
        "late_why": late_why.strip(),
    }
    audit.record_changes("notified", incident, changes, by=by)
    note(incident, "notify", " · ".join(filter(None, (reference, late_why))), by=by)


def tell_people(incident: Incident, at: datetime, how: str, *, by: Viewer) -> None:
    """Write down that the people concerned were told, and how.

    Refuses where no personal data are concerned, twice, a moment before knowing or still to come,
    and without saying how.
    """
    if not incident.is_breach or incident.told_at is not None:
        raise Refusal(_("There is nobody to tell, or they were told already."))
    if not incident.known_at <= at <= clock.now():
        raise Refusal(_("They were told between the moment the office knew and now."), field="on")
    if not how.strip():
        raise Refusal(_("Please fill this in."), field="how")
    changes = {"told_at": at, "told_how": how.strip()}
    audit.record_changes("informed", incident, changes, by=by)
    note(incident, "tell", how, by=by)


def tie(incident: Incident, ticket: Ticket, *, by: Viewer) -> None:
    """Tie a ticket to an incident; once is enough."""
    if bookkeeping.insert_or_skip(IncidentTicket, incident_id=incident.id, ticket_id=ticket.id):
        audit.record("tied", incident, by=by, after={"ticket": ticket.number})
