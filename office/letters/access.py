"""Who may see and keep the register of letters; the loaders that refuse.

Keepers and readers reach the registers of their units; whoever a letter was passed to sees that
letter and finishes it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.letters.models import Letter, LetterFile, LetterStep
from office.people.access import EVERYONE, Role

READ = permission("office:letter:read", roles=EVERYONE)
SEE = permission(
    "office:letter:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
KEEP = permission(
    "office:letter:keep",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR, Role.ADMIN),
)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``Letter``, of what the viewer may see."""
    if viewer.id is None:
        return viewer.scope(SEE).clause(Letter.unit_id)
    passed = exists().where(LetterStep.letter_id == Letter.id, LetterStep.person_id == viewer.id)
    return or_(
        viewer.scope(SEE).clause(Letter.unit_id),
        Letter.holder_id == viewer.id,
        passed,
    )


def letter_seen(viewer: Viewer, letter_id: int, right: Permission = READ) -> Letter:
    """Return a letter that the viewer may see.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
        NotAllowed: the viewer may see it only.
    """
    found = db.session.scalar(
        select(Letter)
        .options(
            joinedload(Letter.unit),
            joinedload(Letter.holder),
            joinedload(Letter.registered_by),
            joinedload(Letter.answers),
        )
        .where(Letter.id == letter_id, visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such letter."))
    if right is not READ:
        viewer.demand(right, found.unit_id)
    return found


def may_handle(viewer: Viewer, letter: Letter) -> bool:
    """Tell whether the viewer keeps the register or holds the letter now."""
    held = letter.holder_id is not None and letter.holder_id == viewer.id
    return held or viewer.may(KEEP, letter.unit_id)


def letter_handled(viewer: Viewer, letter_id: int) -> Letter:
    """Return a letter that the viewer may pass on and finish.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: it lies with somebody else.
    """
    found = letter_seen(viewer, letter_id)
    if not may_handle(viewer, found):
        raise NotAllowed(_("This letter lies with somebody else now."))
    return found


def file_of(letter: Letter, file_id: int) -> LetterFile:
    """Return a file of a letter.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(LetterFile, file_id)
    if found is None or found.letter_id != letter.id:
        raise NotFound(_("There is no such file."))
    return found
