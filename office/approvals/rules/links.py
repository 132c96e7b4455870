"""Links that decide from a message: one person, one step, once, for a while.

The secret is random and kept as its hash. Opening the link shows the request and changes nothing,
because scanners of mail open links too; only the form on that page decides.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.approvals.limits import limits
from office.approvals.models import ApprovalLink, ApprovalStep
from office.people.models import Person


def issue(step_id: int, person_id: int) -> str:
    """Make a link of a person for a step; return the path of its page."""
    secret = secrets.token_urlsafe(32)
    db.session.add(
        ApprovalLink(
            step_id=step_id,
            person_id=person_id,
            secret_hash=_digest(secret),
            expires_at=clock.now() + limits().link_lives,
        )
    )
    return f"/approvals/sign/{secret}"


def link_of(secret: str) -> ApprovalLink:
    """Return a link with its step and person, used or not.

    Raises:
        NotFound: there never was such a link, or its person has left.
    """
    found = db.session.scalar(
        select(ApprovalLink)
        .join(Person, Person.id == ApprovalLink.person_id)
        .options(
            joinedload(ApprovalLink.person),
            joinedload(ApprovalLink.step).joinedload(ApprovalStep.approval),
            joinedload(ApprovalLink.step).joinedload(ApprovalStep.plan),
        )
        .where(ApprovalLink.secret_hash == _digest(secret), Person.left_on.is_(None))
    )
    if found is None:
        raise NotFound(_("This link does not work. Please sign in and open “Waiting for me”."))
    return found


def why_dead(link: ApprovalLink) -> str | None:
    """Return why a link decides nothing any more, None where it does."""
    if link.used_at is not None:
        return _("This link has been used already.")
    if link.expires_at <= clock.now():
        return _("This link is too old. Please sign in and open “Waiting for me”.")
    return None


def needs_sign_in(link: ApprovalLink) -> bool:
    """Tell whether the amount is too high to be decided by a link alone."""
    amount = link.step.approval.amount
    return amount is not None and amount > limits().by_link


def spend(link: ApprovalLink) -> Viewer:
    """Use a link up and return the person who acts through it.

    Call it in the unit of work of the act: where the act is refused, the link stays good.
    Refuses a link that was used or is too old, and one whose amount needs a sign-in.
    """
    # Locked by its id alone: PostgreSQL locks no row together with what is joined to it.
    db.session.execute(select(ApprovalLink.id).where(ApprovalLink.id == link.id).with_for_update())
    db.session.refresh(link)
    dead = why_dead(link)
    if dead:
        raise Refusal(dead)
    if needs_sign_in(link):
        raise Refusal(_("For this amount please sign in first."))
    link.used_at = clock.now()
    return Viewer(id=link.person.id, name=link.person.name_th, unit_id=link.person.unit_id)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
