"""Who may see and keep licences; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.licences.models import Licence, LicenceFile, Seat
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

SEE = permission(
    "assets:licence:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
KEEP = permission("assets:licence:keep", roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN))
# What a contract costs stands beside what things cost: not for every coordinator.
COST = permission(
    "assets:licence:cost",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
)


def licence_seen(viewer: Viewer, licence_id: int, right: Permission = SEE) -> Licence:
    """Return a licence of a unit in which the viewer has a right.

    Raises:
        NotFound: there is none, or it belongs to another school.
        NotAllowed: the viewer may see it only.
    """
    found = db.session.scalar(
        select(Licence)
        .options(
            joinedload(Licence.unit), joinedload(Licence.vendor), joinedload(Licence.caretaker)
        )
        .where(Licence.id == licence_id, viewer.scope(SEE).clause(Licence.unit_id))
    )
    if found is None:
        raise NotFound(_("There is no such licence, or it belongs to another school."))
    viewer.demand(right, found.unit_id)
    return found


def seat_of(licence: Licence, seat_id: int) -> Seat:
    """Return a seat of a licence that is in use.

    Raises:
        NotFound: there is none, or it was given back meanwhile.
    """
    found = db.session.get(Seat, seat_id)
    if found is None or found.licence_id != licence.id or found.given_back_at is not None:
        raise NotFound(_("This seat is not in use any more."))
    return found


def seat_of_person(person_id: int, seat_id: int) -> Seat:
    """Return a seat that a person has; whose licence it is has to be looked at besides.

    Raises:
        NotFound: there is none, or it was given back meanwhile.
    """
    found = db.session.get(Seat, seat_id)
    if found is None or found.person_id != person_id or found.given_back_at is not None:
        raise NotFound(_("This seat is not in use any more."))
    return found


def file_of(licence: Licence, file_id: int) -> LicenceFile:
    """Return a file of a licence.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(LicenceFile, file_id)
    if found is None or found.licence_id != licence.id:
        raise NotFound(_("There is no such file."))
    return found
