"""What happens to backups because time passed."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from helpdesk.backups import queries
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_moment
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant


def watch_backups() -> int:
    """Tell administrators once that no backup is young enough; return how many are concerned."""
    since = queries.due_since(current_app.extensions["settings"].backup_days)
    if since is None:
        return 0
    admins = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.ADMIN, RoleGrant.unit_id.is_(None)
    )
    with work():
        people = db.session.scalars(
            select(Person).where(Person.id.in_(admins), Person.left_on.is_(None))
        ).all()
        for person in people:
            with speaking(person.language):
                bookkeeping.send(
                    kind="backup_old",
                    subject=_("A backup has been due since %(when)s", when=show_moment(since)),
                    body=_("Please make one and read it back; the handbook tells how."),
                    language=person.language,
                    person_id=person.id,
                    dedupe_key=f"backup_old:{since:%Y%m%d%H%M%S}:{person.id}",
                )
        return len(people)
