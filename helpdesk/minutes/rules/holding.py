"""Hold a meeting: who was there and when; send the minutes round, correct and adopt them."""

from __future__ import annotations

from datetime import datetime

from helpdesk.minutes import queries
from helpdesk.minutes.models import Meeting, MeetingPerson
from helpdesk.minutes.rules import inviting
from helpdesk.minutes.rules.calling import demand
from helpdesk.minutes.states import MEETINGS, Action, Adopted, Presence, State
from kernel import clock
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

TOOK_PLACE = (State.HELD, State.CIRCULATED, State.ADOPTED)


def hold(meeting: Meeting, began_at: datetime, ended_at: datetime, *, by: Viewer) -> None:
    """Write down that the meeting was held and at which hours.

    Refuses hours that are still to come, and an end before the begin.
    """
    target = MEETINGS.target(State(meeting.state), Action.HOLD)
    if ended_at <= began_at:
        raise Refusal(_("The meeting has to end after it begins."), field="ended")
    if began_at > clock.now():
        raise Refusal(_("These hours are still to come."), field="began")
    meeting.state, meeting.began_at, meeting.ended_at = target, began_at, ended_at
    after = {"began_at": began_at, "ended_at": ended_at}
    audit.record("held", meeting, by=by, after=after)


def attend(
    meeting: Meeting,
    row: MeetingPerson,
    presence: Presence,
    *,
    by: Viewer,
    deputy: str = "",
    remark: str = "",
) -> None:
    """Note whether somebody was there, in person or by somebody else on their behalf.

    Refuses before the meeting is held and after the minutes went round, and a deputy without name.
    """
    demand(meeting, (State.HELD,))
    name = deputy.strip() if presence == Presence.DEPUTY else ""
    if presence == Presence.DEPUTY and not name:
        raise Refusal(_("Who came on behalf of %(name)s?", name=row.name))
    changes = {"presence": presence, "deputy": name, "remark": remark.strip()}
    audit.record_changes("attended", row, changes, by=by)


def circulate(meeting: Meeting, *, by: Viewer) -> None:
    """Send the minutes round to everybody of the meeting.

    Refuses while somebody's presence is not noted, and minutes without a word.
    """
    target = MEETINGS.target(State(meeting.state), Action.CIRCULATE)
    if any(one.presence == Presence.UNKNOWN for one in queries.people_of(meeting)):
        raise Refusal(_("Please note first who was there."))
    if not any(one.minutes or one.resolution for one in queries.items_of(meeting)):
        raise Refusal(_("Please write the minutes first."))
    meeting.state = target
    audit.record("circulated", meeting, by=by, after={"state": target})
    inviting.tell_minutes(meeting)


def reopen(meeting: Meeting, *, by: Viewer) -> None:
    """Take circulated minutes back to correct them."""
    before = meeting.state
    meeting.state = MEETINGS.target(State(before), Action.REOPEN)
    audit.record("reopened", meeting, by=by, before={"state": before})


def adopt(meeting: Meeting, how: Adopted, corrections: str, *, by: Viewer) -> None:
    """Write down that the minutes are adopted, in one of the three ways of the regulation.

    Refuses minutes that did not go round, and the way of the next meeting before it was held.
    """
    target = MEETINGS.target(State(meeting.state), Action.ADOPT)
    day = clock.today()
    if how == Adopted.NEXT:
        after = queries.next_of(meeting)
        if after is None or after.state not in TOOK_PLACE or after.began_at is None:
            raise Refusal(
                _("The next meeting is not held yet. Call it with the button “Next meeting”."),
                field="how",
            )
        day = clock.local(after.began_at).date()
    elif how == Adopted.AT_ONCE and meeting.began_at is not None:
        day = clock.local(meeting.began_at).date()
    meeting.state, meeting.adopted_on, meeting.adopted_how = target, day, how
    meeting.corrections = corrections.strip()
    told = {"adopted_on": day, "way": how, "corrections": meeting.corrections}
    audit.record("adopted_minutes", meeting, by=by, after=told)
