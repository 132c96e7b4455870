"""Reviews: a round asks the owners of a system to keep or revoke each right that is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from helpdesk.access_rights import queries
from helpdesk.access_rights.models import (
    AccessRight,
    InformationSystem,
    ReviewLine,
    ReviewRound,
)
from helpdesk.access_rights.rules import granting, notices
from helpdesk.access_rights.states import Verdict
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

DAYS_TO_REVIEW = 30


def open_round(system: InformationSystem, *, by: Viewer) -> ReviewRound:
    """Open a review with a line for each right in force; the owners are told.

    Refuses a second open round, and a system in which nobody has a right.
    """
    rights = db.session.scalars(
        select(AccessRight.id)
        .where(AccessRight.system_id == system.id, AccessRight.revoked_at.is_(None))
        .order_by(AccessRight.id)
    ).all()
    if not rights:
        raise Refusal(_("Nobody has access to this system; there is nothing to look through."))
    today = clock.today()
    made = ReviewRound(
        system_id=system.id,
        opened_on=today,
        due_on=today + timedelta(days=DAYS_TO_REVIEW),
        opened_by_id=by.id,
        system=system,
    )
    db.session.add(made)
    try:
        db.session.flush()  # the lines name the round; one round is open at a time
    except IntegrityError as error:
        if not violates(error, "uq_access_review_open", "access_review.system_id"):
            raise
        raise Refusal(_("A review of this system is open already.")) from error
    db.session.add_all(ReviewLine(round_id=made.id, right_id=right_id) for right_id in rights)
    system.reviewed_on = today
    notices.tell_review(made)
    audit.record("opened", made, by=by, after={"system": system.code, "rights": len(rights)})
    return made


def decide(round_: ReviewRound, verdicts: Mapping[int, Verdict], *, by: Viewer) -> int:
    """Keep or revoke rights, by line; with the last one the review is closed.

    Nobody decides on the own right. What ended meanwhile needs no word.

    Returns:
        how many lines were decided now. Refuses a closed review, and no decision at all.
    """
    if round_.closed_at is not None:
        raise Refusal(_("This review is closed."))
    decided = 0
    lines = queries.lines_of(round_.id)
    for line in lines:
        verdict = verdicts.get(line.id)
        if verdict is None or line.verdict is not None:
            continue
        if line.right.person_id == by.id:
            raise NotAllowed(_("Nobody reviews access of their own; another owner has to do it."))
        line.verdict, line.decided_by_id, line.decided_at = verdict, by.id, clock.now()
        decided += 1
        if verdict == Verdict.REVOKE and line.right.revoked_at is None:
            granting.revoke(line.right, _("Revoked in the review of the system."), by=by)
    if not decided:
        raise Refusal(_("Please decide on at least one right."))
    audit.record("reviewed", round_, by=by, after={"decided": decided})
    if all(line.verdict is not None or line.right.revoked_at is not None for line in lines):
        close(round_, by=by)
    return decided


def close(round_: ReviewRound, *, by: Viewer) -> None:
    """Close a review; refuses one in which a right in force has no word yet."""
    open_lines = [
        line
        for line in queries.lines_of(round_.id)
        if line.verdict is None and line.right.revoked_at is None
    ]
    if open_lines:
        raise Refusal(_("Some rights are not decided on yet."))
    round_.closed_at = clock.now()
    audit.record("closed", round_, by=by)


def is_due(system: InformationSystem, today: date) -> bool:
    """Tell whether a system has not been looked through for as long as it says.

    A system that never was is due that long after its first right.
    """
    since = system.reviewed_on
    if since is None:
        first = db.session.scalar(
            select(AccessRight.granted_at)
            .where(AccessRight.system_id == system.id)
            .order_by(AccessRight.id)
            .limit(1)
        )
        since = clock.local(first).date() if first else None
    return since is not None and (today - since).days >= system.review_months * 30
