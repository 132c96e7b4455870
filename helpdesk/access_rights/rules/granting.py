"""Granting a right, ending it, and writing down that the account is switched off."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from helpdesk.access_rights import queries
from helpdesk.access_rights.models import AccessRight, InformationSystem
from helpdesk.access_rights.rules import notices
from helpdesk.access_rights.states import Level, Wish
from helpdesk.requests import answers
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import carrying_out
from helpdesk.requests.states import State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit


def locked(right_id: int) -> AccessRight | None:
    """Return a right that nobody else moves until the unit of work ends."""
    return db.session.scalar(
        select(AccessRight)
        .where(AccessRight.id == right_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def grant(
    request: ServiceRequest,
    system: InformationSystem,
    account: str,
    words: str,
    *,
    by: Viewer,
) -> AccessRight | None:
    """Write down that what an approved request asks for is done in the system.

    New access makes a right; a change ends the one before and makes another; the end of access ends
    it; a forgotten password changes nothing that is kept here. The request is carried out by it.

    Args:
        request: approved, for this system.
        system: whose account was made.
        account: its name there; never a password.
        words: for the asker; may be blank.
        by: who made it: not the asker (R-AC3).

    Returns:
        the right, None where none is in force afterwards.

    Refuses the asker's own request, an account without a name, and a request that is not approved.
    """
    if request.state != State.APPROVED:
        raise Refusal(_("Only an approved request is carried out."))
    if by.id is None or by.id == request.asker_id:
        raise NotAllowed(_("Nobody grants access to themselves; another keeper has to do it."))
    wish = Wish(request.answers["wish"]["value"])
    right = queries.right_in_force(system.id, request.asker_id)
    if wish in (Wish.NEW, Wish.CHANGE):
        if not account.strip():
            raise Refusal(_("Please write the name of the account."), field="account")
        if right is not None:
            _replace(right, by=by)
        right = _make(request, system, account.strip(), by=by)
        notices.tell_granted(right)
    elif wish == Wish.CANCEL and right is not None:
        revoke(right, _("Ended at the wish of the holder."), by=by)
        switch_off(right, by=by)
        right = None
    with speaking(request.asker.language):
        done = words.strip() or _("Done in the system %(system)s.", system=system.name)
    carrying_out.finish(request, done, by=by)
    return right


def _make(
    request: ServiceRequest, system: InformationSystem, account: str, *, by: Viewer
) -> AccessRight:
    said = request.answers
    first = max(answers.day_of(said.get("from")) or clock.today(), clock.today())
    last = answers.day_of(said["until"]) or first
    if last < clock.today():
        raise Refusal(
            _("The last day that was approved is over. Please ask the asker for a new request.")
        )
    right = AccessRight(
        system_id=system.id,
        person_id=request.asker_id,
        unit_id=request.unit_id,
        level=Level(said["level"]["value"]),
        account=account[:120],
        request_id=request.id,
        granted_by_id=by.id,
        granted_at=clock.now(),
        starts_on=first,
        ends_on=last,
        system=system,
        person=request.asker,
    )
    names = f"{request.asker.name_th} {request.asker.name_en}"
    right.search_key = thai.search_key(f"{names} {account} {system.name_th} {system.name_en}")
    db.session.add(right)
    try:
        db.session.flush()  # of two keepers who grant at once one is refused
    except IntegrityError as error:
        if not violates(error, "uq_access_right_in_force", "access_right.system_id"):
            raise
        raise Refusal(_("This access was granted a moment ago.")) from error
    audit.record(
        "granted",
        right,
        by=by,
        after={"system": system.code, "level": right.level, "until": right.ends_on},
    )
    return right


def _replace(right: AccessRight, *, by: Viewer) -> None:
    """End a right because another one takes its place; its account goes on."""
    now = clock.now()
    right.revoked_at, right.revoked_by_id = now, by.id
    right.switched_off_at, right.switched_off_by_id = now, by.id
    with speaking("th"):
        right.revoked_why = _("Replaced by a newer right.")
    audit.record("replaced", right, by=by)
    db.session.flush()  # the right that is in force makes room for the new one


def revoke(right: AccessRight, why: str, *, by: Viewer) -> None:
    """End a right; its keepers are told to switch the account off.

    Refuses one that has ended, and an empty reason.
    """
    if right.revoked_at is not None:
        raise Refusal(_("This right has ended already."))
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    right.revoked_at, right.revoked_by_id = clock.now(), by.id
    right.revoked_why = why.strip()[:300]
    notices.tell_ended(right)
    audit.record("revoked", right, by=by, after={"why": right.revoked_why})


def revoke_all(person_id: int, why: str, *, by: Viewer) -> int:
    """End every right of a person, who leaves or moves (R-AC2); return how many there were."""
    found = queries.in_force_of(person_id)
    for right in found:
        revoke(right, why, by=by)
    return len(found)


def switch_off(right: AccessRight, *, by: Viewer) -> None:
    """Write down that the account does not work any more. Refuses a right that is in force."""
    if right.revoked_at is None:
        raise Refusal(_("This right is in force. Revoke it first."))
    if right.switched_off_at is not None:
        return
    right.switched_off_at, right.switched_off_by_id = clock.now(), by.id
    audit.record("switched_off", right, by=by)


def expire(right: AccessRight, today: date, *, by: Viewer) -> bool:
    """End a right whose last day is over, or whose holder has left (R-AC1, R-AC2).

    Returns:
        whether it was ended now; a second call changes nothing.
    """
    if right.revoked_at is not None:
        return False
    left = right.person.left_on
    gone = left is not None and left <= today
    if right.ends_on >= today and not gone:
        return False
    with speaking(right.person.language):
        why = _("The holder has left.") if gone else _("Its last day is over.")
    revoke(right, why, by=by)
    return True


def warn(right: AccessRight, today: date) -> bool:
    """Tell the holder that a right ends soon, a fortnight and three days before, once each."""
    step = notices.step_of(right.ends_on, today)
    if right.revoked_at is not None or step is None:
        return False
    if right.told_days is not None and right.told_days <= step:
        return False
    right.told_days = step
    notices.tell_ending(right)
    return True
