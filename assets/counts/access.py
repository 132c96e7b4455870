"""Who may plan, walk, review and approve a round, and the loaders that refuse.

Members of a committee are named in the order, not by a role: whoever is a member may scan in that
round, and only there.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import joinedload

from assets.counts.models import Member, Proposal, Round, RoundRoom, RoundUnit, Scan, ScanPhoto
from assets.counts.states import RoundState
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

PLAN = permission("assets:count:plan", roles=(Role.STOREKEEPER, Role.ADMIN))
REVIEW = permission("assets:count:review", roles=(Role.STOREKEEPER, Role.ADMIN))
APPROVE = permission("assets:count:approve", roles=(Role.APPROVER,))
SEE = permission(
    "assets:count:see",
    roles=(
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
# Everybody may be called onto a committee; the loaders below ask whether this person was.
SCAN = permission("assets:count:scan", roles=EVERYONE)


def reached(viewer: Viewer, right: Permission) -> ColumnElement[bool]:
    """Return the WHERE term of the rounds that cover a unit inside a right's scope."""
    scope = viewer.scope(right)
    if scope.units is None:
        return true()
    covered = exists().where(RoundUnit.round_id == Round.id, scope.clause(RoundUnit.unit_id))
    return or_(covered, scope.clause(Round.unit_id))


def is_member_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the rounds on whose committee the viewer is."""
    return exists().where(Member.round_id == Round.id, Member.person_id == (viewer.id or 0))


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the rounds a viewer may see."""
    mine = is_member_of(viewer)
    return or_(mine, reached(viewer, SEE)) if viewer.scope(SEE) else mine


def _with_unit(round_id: int, term: ColumnElement[bool]) -> Select[Round]:
    return select(Round).where(Round.id == round_id, term).options(joinedload(Round.unit))


def round_seen_by(viewer: Viewer, round_id: int) -> Round:
    """Return a round that the viewer may see.

    Raises:
        NotFound: there is none, or it is of other schools.
    """
    found = db.session.scalar(_with_unit(round_id, visible(viewer)))
    if found is None:
        raise NotFound(_("There is no such round, or it belongs to another school."))
    return found


def round_under(viewer: Viewer, round_id: int, right: Permission) -> Round:
    """Return a round that the viewer may plan, review or approve, whole: all of its units.

    Raises:
        NotFound: there is none, or the viewer may not see it.
        NotAllowed: it covers a unit for which the viewer does not hold the right.
    """
    found = round_seen_by(viewer, round_id)
    scope = viewer.scope(right)
    units = db.session.scalars(select(RoundUnit.unit_id).where(RoundUnit.round_id == round_id))
    if not scope or not all(scope.covers(unit_id) for unit_id in units):
        raise NotAllowed(_("This needs a right that you do not have."))
    return found


def round_scanned_by(viewer: Viewer, round_id: int) -> Round:
    """Return a round in which the viewer may scan.

    Raises:
        NotFound: there is none, or the viewer may not see it.
        NotAllowed: the viewer is not on its committee.
    """
    found = round_seen_by(viewer, round_id)
    if member_of(viewer, found) is None:
        raise NotAllowed(_("Only members of the committee of this round may scan."))
    return found


def member_of(viewer: Viewer, one: Round) -> Member | None:
    """Return the viewer as a member of a round's committee, None where not a member."""
    return db.session.scalar(
        select(Member).where(Member.round_id == one.id, Member.person_id == (viewer.id or 0))
    )


def lines_seen(viewer: Viewer, one: Round, column: object) -> ColumnElement[bool]:
    """Return the WHERE term that narrows lines of a round to the units a viewer may look at.

    Members of the committee see the whole round; a school's coordinator sees the own school.
    """
    if viewer.scope(SEE).units is None or member_of(viewer, one) is not None:
        return true()
    return viewer.scope(SEE).clause(column)


def room_seen_by(viewer: Viewer, round_id: int, room_id: int) -> tuple[Round, RoundRoom]:
    """Return a room of a round.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    one = round_seen_by(viewer, round_id)
    room = db.session.scalar(
        select(RoundRoom)
        .where(
            RoundRoom.id == room_id,
            RoundRoom.round_id == one.id,
            lines_seen(viewer, one, RoundRoom.unit_id),
        )
        .options(joinedload(RoundRoom.unit), joinedload(RoundRoom.room))
    )
    if room is None:
        raise NotFound(_("There is no such room in this round."))
    return one, room


def photo_seen_by(viewer: Viewer, photo_id: int) -> ScanPhoto:
    """Return a photo of a scan in a round that the viewer may see.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    row = db.session.execute(
        select(ScanPhoto, Round, RoundRoom.unit_id)
        .join(Scan, Scan.id == ScanPhoto.scan_id)
        .join(Round, Round.id == Scan.round_id)
        .outerjoin(RoundRoom, RoundRoom.id == Scan.round_room_id)
        .where(ScanPhoto.id == photo_id, visible(viewer))
    ).first()
    if row is not None:
        photo, one, unit_id = row
        whole = viewer.scope(SEE).units is None or member_of(viewer, one) is not None
        if whole or viewer.may(SEE, unit_id if unit_id is not None else one.unit_id):
            found: ScanPhoto = photo
            return found
    raise NotFound(_("There is no such photo."))


def state_locked(one: Round, *, shared: bool = False) -> RoundState:
    """Return the state of a round as it is now, and keep it so until the unit of work ends.

    Args:
        one: the round.
        shared: others may hold it too; who changes the state waits for all of them.
    """
    held = select(Round.state).where(Round.id == one.id).with_for_update(read=shared)
    return RoundState(db.session.execute(held).scalar_one())


def proposals_among(ids: list[int], one: Round) -> list[Proposal]:
    """Return the chosen proposals of a round in their order, locked against a second decider."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(Proposal.id.in_(ids), Proposal.round_id == one.id)
            .order_by(Proposal.id)
            .with_for_update()
        )
    )
