"""Nobody leaves the office with open accounts (R-AC2): the room of people asks here."""

from __future__ import annotations

from helpdesk.access_rights import queries
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.people.leaving import Standing
from office.people.models import Person


def still_has_access(person: Person) -> Standing | None:
    """Return the rights to revoke before a person leaves; None where there are none."""
    rights = queries.in_force_of(person.id)
    if not rights:
        return None
    return Standing(
        ngettext(
            "%(name)s still has access to %(number)s system. Revoke it first.",
            "%(name)s still has access to %(number)s systems. Revoke it first.",
            len(rights),
            name=person.name,
        ),
        things=tuple(right.system.name for right in rights[:5]),
        href=f"/access/people/{person.id}",
        action=_("To the access rights"),
    )
