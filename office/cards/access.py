"""Who may ask for cards, make them and see whose they are; the loaders that refuse.

The photo of a card is personal data: the holder, administrators, the coordinators of the holder's
unit and the desk see it, nobody else.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.approvals import access as approvals
from office.approvals.models import Approval
from office.cards.models import CardBatch, CardRun, UserCard
from office.people.access import EVERYONE, Role
from office.people.models import Person

MINE = permission("office:card:mine", roles=EVERYONE)
SEE = permission("office:card:see", roles=(Role.ADMIN, Role.COORDINATOR, Role.STOREKEEPER))
MAKE = permission("office:card:make", roles=(Role.ADMIN, Role.COORDINATOR))
DESIGN = permission("office:card_design:edit", roles=(Role.ADMIN, Role.COORDINATOR))


def cards_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the cards of other people that a viewer may see.

    Asked over ``UserCard`` joined with ``Person``: the unit of today counts, so a coordinator loses
    sight of who has moved to another school.
    """
    return viewer.scope(SEE).clause(Person.unit_id)


def may_see(viewer: Viewer, card: UserCard) -> bool:
    """Tell whether a viewer may see the face and everything else of a card."""
    own = viewer.id is not None and card.person_id == viewer.id
    return own or viewer.may(SEE, card.person.unit_id)


def card_read(viewer: Viewer, card_id: int) -> UserCard:
    """Return a card with whatever the viewer may read of it: also who was asked to approve it.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = _card(card_id)
    if found is not None and (may_see(viewer, found) or _signs(viewer, found)):
        return found
    raise NotFound(_("There is no such card."))


def _signs(viewer: Viewer, card: UserCard) -> bool:
    if card.approval_id is None or viewer.id is None:
        return False
    asked = select(Approval.id).where(Approval.id == card.approval_id, approvals.visible(viewer))
    return db.session.scalar(asked) is not None


def _card(card_id: int) -> UserCard | None:
    return db.session.scalar(
        select(UserCard)
        .options(
            joinedload(UserCard.person),
            joinedload(UserCard.unit),
            joinedload(UserCard.approval),
            joinedload(UserCard.batch),
            joinedload(UserCard.asked_by),
        )
        .where(UserCard.id == card_id)
    )


def card_pictured(viewer: Viewer, card_id: int) -> UserCard:
    """Return a card whose photo the viewer may see.

    Raises:
        NotFound: there is none, or its face is none of the viewer's business.
    """
    found = _card(card_id)
    if found is None or not may_see(viewer, found):
        raise NotFound(_("There is no such card."))
    return found


def card_made(viewer: Viewer, card_id: int) -> UserCard:
    """Return a card that the viewer may print, hand over and revoke.

    Raises:
        NotFound: there is none, or it belongs to another unit.
    """
    found = _card(card_id)
    if found is None or not viewer.may(MAKE, found.person.unit_id):
        raise NotFound(_("There is no such card."))
    return found


def card_ended(viewer: Viewer, card_id: int) -> UserCard:
    """Return a card that the viewer may report as lost: the own one, or of a unit made for.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = _card(card_id)
    if found is not None and viewer.id is not None and found.person_id == viewer.id:
        return found
    return card_made(viewer, card_id)


def person_for(viewer: Viewer, person_id: int | None) -> Person:
    """Return for whom the viewer may ask for a card: for oneself, or a person of the own units.

    Args:
        viewer: who asks.
        person_id: of whom; None for the viewer.

    Raises:
        NotFound: there is none, or it is somebody of another unit.
    """
    wanted = viewer.id if person_id is None else person_id
    found = db.session.get(Person, wanted) if wanted is not None else None
    if found is None or not (found.id == viewer.id or viewer.may(MAKE, found.unit_id)):
        raise NotFound(_("There is no such person."))
    return found


def batches_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the batches a viewer may see."""
    return viewer.scope(MAKE).clause(CardBatch.unit_id)


def batch_read(viewer: Viewer, batch_id: int) -> CardBatch:
    """Return a batch for who makes cards of its unit, or is asked to approve it.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(CardBatch)
        .outerjoin(Approval, Approval.id == CardBatch.approval_id)
        .options(joinedload(CardBatch.unit), joinedload(CardBatch.by))
        .where(
            CardBatch.id == batch_id,
            or_(batches_seen(viewer), approvals.visible(viewer) & Approval.id.is_not(None)),
        )
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such list of cards."))
    return found


def batch_made(viewer: Viewer, batch_id: int) -> CardBatch:
    """Return a batch that the viewer may go on with.

    Raises:
        NotFound: there is none, or it belongs to another unit.
    """
    found = batch_read(viewer, batch_id)
    if not viewer.may(MAKE, found.unit_id):
        raise NotFound(_("There is no such list of cards."))
    return found


def run_made(viewer: Viewer, run_id: int) -> CardRun:
    """Return a run of which the viewer may print at least one card.

    Raises:
        NotFound: there is none, or all of it belongs to other units.
    """
    inside = (
        select(UserCard.id)
        .join(Person, Person.id == UserCard.person_id)
        .where(UserCard.run_id == run_id, viewer.scope(MAKE).clause(Person.unit_id))
        .limit(1)
    )
    found = db.session.get(CardRun, run_id)
    if found is None or db.session.scalar(inside) is None:
        raise NotFound(_("There is no such sheet of cards."))
    return found
