"""Checks of what everything leans on: numbers, audit trail, units, grants, references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ForeignKey, or_, select, text

from assets.catalogue.models import Symptom
from assets.loans.models import Loan
from assets.loans.rules import lending
from helpdesk.doctor.findings import Check, named, rows
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from kernel.db import Model, db
from kernel.i18n import lazy_gettext as _l
from office.bookkeeping import audit
from office.bookkeeping.models import AuditEntry, NumberSeries
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

NUMBERED: tuple[tuple[str, Any], ...] = ((intake.NUMBER, Ticket), (lending.NUMBERS, Loan))


def numbers() -> Iterator[str]:
    """Yield numbers that are missing in their series, above its last, or of another form."""
    for kind, model in NUMBERED:
        form = re.compile(rf"{re.escape(kind)}([1-9]\d*)/(\d{{4}})")
        series = select(NumberSeries.fiscal_year, NumberSeries.last)
        ended = rows(series.where(NumberSeries.kind == kind))
        years = {row.fiscal_year: row.last for row in ended}
        given = {year: bytearray(last + 1) for year, last in years.items()}
        for row in rows(select(model.number).order_by(model.id)):
            read = form.fullmatch(row.number)
            number, year = (int(read[1]), int(read[2])) if read else (0, 0)
            if not read or number > years.get(year, 0):
                yield row.number
            else:
                given[year][number] = 1
        for year, seen in sorted(given.items()):
            yield from (f"{kind}{n}/{year}" for n in range(1, len(seen)) if not seen[n])


def audit_trail() -> Iterator[str]:
    """Yield the first broken entry of the audit trail."""
    verdict = audit.verify()
    if verdict.broken_id is not None:
        yield f"audit_entry {verdict.broken_id}: {verdict.reason}"


def unit_paths() -> Iterator[str]:
    """Yield units whose path is not that of the unit above with their own id."""
    units = {row.id: row for row in rows(select(Unit.id, Unit.parent_id, Unit.path))}
    for unit in units.values():
        above = units.get(unit.parent_id)
        if unit.path != f"{above.path if above else '/'}{unit.id}/":
            yield f"unit {unit.id}"


def grants() -> Iterator[str]:
    """Yield grants of a role that there is not, or of a person who has left."""
    query = select(RoleGrant.id).join(Person, Person.id == RoleGrant.person_id)
    wrong = or_(RoleGrant.role.not_in(list(Role)), Person.left_on.is_not(None))
    return named("role_grant", query.where(wrong).order_by(RoleGrant.id))


def references() -> Iterator[str]:
    """Yield rows that point at a row that is not there; the database itself tells the most."""
    if db.engine.dialect.name == "sqlite":
        for row in db.session.execute(text("PRAGMA foreign_key_check")):
            yield f"{row[0]} {row[1]}: {row[2]}"
    else:
        for key in _foreign_keys():
            yield from _dangling(key)
    actors = select(AuditEntry.id).outerjoin(Person, Person.id == AuditEntry.actor_id)
    gone = actors.where(AuditEntry.actor_id.is_not(None), Person.id.is_(None))
    yield from (f"audit_entry {row.id}: person" for row in rows(gone))
    chips = set(db.session.scalars(select(Symptom.id)))
    for row in rows(select(Ticket.id, Ticket.symptoms).order_by(Ticket.id)):
        if not chips.issuperset(row.symptoms):
            yield f"ticket {row.id}: symptom"


def _foreign_keys() -> list[ForeignKey]:
    tables = Model.metadata.sorted_tables
    return [key for table in tables for key in sorted(table.foreign_keys, key=str)]


def _dangling(key: ForeignKey) -> Iterator[str]:
    child: Column[Any] = key.parent
    above = key.column.table.alias()
    there = above.c[key.column.name]
    identity = next(iter(child.table.primary_key.columns))
    query = select(identity).select_from(child.table.outerjoin(above, there == child))
    for row in rows(query.where(child.is_not(None), there.is_(None))):
        yield f"{child.table.name} {row[0]}: {key.column.table.name}"


CHECKS = (
    Check(
        "numbers",
        _l("The numbers of tickets and loans run without a gap in every fiscal year."),
        _l("Look into the audit trail and a backup for what bore the number, and restore it."),
        numbers,
    ),
    Check(
        "audit_trail",
        _l("The audit trail is unbroken."),
        _l("Keep a copy of the database, compare the entry with a backup, and tell the director."),
        audit_trail,
    ),
    Check(
        "unit_paths",
        _l("The path of every unit is that of the unit above it with its own id."),
        _l("Restore the units from a backup; people see too much or too little until then."),
        unit_paths,
    ),
    Check(
        "grants",
        _l("Every role is one of the house, and its person works here."),
        _l("Take the role away on the page of the person."),
        grants,
    ),
    Check(
        "references",
        _l("Nothing points at something that is not there."),
        _l("Restore what is missing from a backup; was the file changed by another program?"),
        references,
    ),
)
