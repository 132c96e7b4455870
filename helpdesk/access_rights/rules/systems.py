"""The register of systems: enter, change, retire, and say who owns and keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from helpdesk.access_rights.models import InformationSystem, SystemPerson
from helpdesk.access_rights.states import Part
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Unit


@dataclass(frozen=True)
class SystemDraft:
    """What is written about a system; months are whole ones."""

    code: str
    name_th: str
    name_en: str
    purpose: str
    unit_id: int
    review_months: int
    longest_months: int
    owners: Sequence[Person]
    keepers: Sequence[Person]


def enter(draft: SystemDraft, *, by: Viewer) -> InformationSystem:
    """Enter a system; refuses whatever ``_check`` refuses, and a code that another one has."""
    _check(draft)
    system = InformationSystem(code=draft.code.strip(), unit_id=draft.unit_id)
    _fill(system, draft)
    db.session.add(system)
    _flush(draft)
    _name(system, draft)
    audit.record("entered", system, by=by, after=_told(draft))
    return system


def edit(system: InformationSystem, draft: SystemDraft, *, by: Viewer) -> None:
    """Change a system and its people; refuses as ``enter`` does."""
    _check(draft)
    before = {"code": system.code, "name_th": system.name_th, "unit_id": system.unit_id}
    system.code, system.unit_id = draft.code.strip(), draft.unit_id
    _fill(system, draft)
    _flush(draft)
    _name(system, draft)
    audit.record("edited", system, by=by, before=before, after=_told(draft))


def _fill(system: InformationSystem, draft: SystemDraft) -> None:
    system.name_th, system.name_en = draft.name_th.strip(), draft.name_en.strip()
    system.purpose = draft.purpose.strip()
    system.review_months, system.longest_months = draft.review_months, draft.longest_months


def _flush(draft: SystemDraft) -> None:
    try:
        db.session.flush()  # its people name the system; a code stands once
    except IntegrityError as error:
        if not violates(error, "uq_information_system_code", "information_system.code"):
            raise
        raise Refusal(
            _("Another system has the code %(code)s.", code=draft.code), field="code"
        ) from error


def _check(draft: SystemDraft) -> None:
    unit = db.session.get(Unit, draft.unit_id)
    if unit is None or unit.closed_on is not None:
        raise Refusal(_("Not a valid choice."), field="unit_id")
    if not thai.normalize(draft.name_th) or not draft.code.strip():
        raise Refusal(_("A system needs a code and a Thai name."), field="name_th")
    if not 1 <= draft.review_months <= 60:
        raise Refusal(_("Between 1 and 60 months, please."), field="review_months")
    if not 1 <= draft.longest_months <= 120:
        raise Refusal(_("Between 1 and 120 months, please."), field="longest_months")
    for people, field in ((draft.owners, "owners"), (draft.keepers, "keepers")):
        if not people:
            raise Refusal(_("Please name at least one person."), field=field)


def _name(system: InformationSystem, draft: SystemDraft) -> None:
    """Write down who owns and keeps a system; with one owner and keeper nobody is left out."""
    db.session.execute(delete(SystemPerson).where(SystemPerson.system_id == system.id))
    for part, people in ((Part.OWNER, draft.owners), (Part.KEEPER, draft.keepers)):
        for person_id in sorted({person.id for person in people}):
            db.session.add(SystemPerson(system_id=system.id, person_id=person_id, part=part))
    db.session.flush()  # pages of the same request read them


def _told(draft: SystemDraft) -> dict[str, object]:
    return {
        "code": draft.code,
        "name_th": draft.name_th,
        "owners": [person.id for person in draft.owners],
        "keepers": [person.id for person in draft.keepers],
    }


def retire(system: InformationSystem, *, by: Viewer) -> None:
    """Take a system out of use: nobody can ask for it; rights in force go on until they end.

    Refuses one that is retired already.
    """
    if system.retired_on is not None:
        raise Refusal(_("This system is retired already."))
    system.retired_on = clock.today()
    audit.record("retired", system, by=by)


def people_of(system_id: int, part: Part) -> list[Person]:
    """Return who owns or keeps a system, as they are written down."""
    return list(
        db.session.scalars(
            select(Person)
            .join(SystemPerson, SystemPerson.person_id == Person.id)
            .where(SystemPerson.system_id == system_id, SystemPerson.part == part)
            .order_by(Person.id)
        )
    )
