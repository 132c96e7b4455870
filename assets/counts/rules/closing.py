"""The report of the committee, its copies, and the end of the round."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select

from assets.counts import access
from assets.counts.models import Proposal, Round
from assets.counts.states import ROUNDS, UNDECIDED, RoundAction, RoundState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def note_papers(
    one: Round,
    *,
    reported_on: date | None,
    auditor_copy_on: date | None,
    parent_copy_on: date | None,
    by: Viewer,
) -> None:
    """Write down when the report went to the appointer, and when its copies went out (clause 213).

    One copy goes to the State Audit Office, one to the parent agency.

    Refuses days that have not come, a report before the counting began, copies without or before
    the report, and a round that is still being counted or was cancelled.
    """
    if one.state not in (RoundState.REVIEWING, RoundState.CLOSED):
        raise Refusal(_("There is nothing to report before the counting has ended."))
    if one.state == RoundState.CLOSED and reported_on is None:
        raise Refusal(_("The round is closed with its report."), field="reported_on")
    given = (
        ("reported_on", reported_on, one.starts_on),
        ("auditor_copy_on", auditor_copy_on, reported_on),
        ("parent_copy_on", parent_copy_on, reported_on),
    )
    for name, day, earliest in given:
        if day is None:
            continue
        if day > clock.today():
            raise Refusal(_("This day has not come yet."), field=name)
        if earliest is None or day < earliest:
            raise Refusal(
                _("Copies are sent after the report, the report after the counting."), field=name
            )
    changes = {name: day for name, day, _earliest in given}
    audit.record_changes("reported", one, changes, by=by)


def close(one: Round, *, by: Viewer) -> None:
    """Close a round; afterwards nothing of it changes but the days of its copies.

    Refuses while a proposal is undecided, and before the report has gone to the appointer.
    """
    state = ROUNDS.target(access.state_locked(one), RoundAction.CLOSE)
    waiting = exists().where(Proposal.round_id == one.id, Proposal.state.in_(UNDECIDED))
    if db.session.scalar(select(waiting)):
        raise Refusal(_("Some differences are not decided yet."))
    if one.reported_on is None:
        raise Refusal(_("Write down when the report went to the appointer first."))
    one.state, one.closed_at = state, clock.now()
    audit.record("closed", one, by=by, after={"reported_on": one.reported_on})
