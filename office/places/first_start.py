"""The verb of the first start: the office and its first administrator come to be."""

from __future__ import annotations

from sqlalchemy import select

from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.people import keys
from office.people import rules as people
from office.people.access import Role
from office.people.models import Person
from office.places import rules
from office.places.models import Unit

OFFICE_CODE = "00"


def open_office(
    secret: str, *, office_th: str, office_en: str, password_hash: str, **person: str
) -> Person:
    """Make the root unit, where there is none yet, and the first administrator; return the latter.

    Args:
        secret: of the link that was printed on the terminal; it is spent.
        office_th: name of the office in Thai.
        office_en: name in English, may be empty.
        password_hash: argon2id hash of the chosen password.
        person: name_th, name_en, username and email of the administrator.

    Raises:
        Gone: the link was used, is too old, or there is an administrator.
    """
    by = Viewer(name="first start")
    keys.use_first_start(secret)
    if not person.get("username"):
        raise Refusal(_("Please fill this in."), field="username")
    office = db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)))
    if office is None:
        office = rules.found_unit(
            OFFICE_CODE, "office", office_th, parent=None, by=by, name_en=office_en
        )
    else:
        rules.edit_unit(office, by=by, parent=None, name_th=office_th, name_en=office_en)
    admin = people.hire(by=by, unit_id=office.id, **person)
    admin.password_hash = password_hash
    people.grant(admin, Role.ADMIN, None, by=by)
    return admin
