"""Checks of what is renewed: licences with their terms and seats, and backups."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from assets.licences.models import Licence, Seat, Term
from helpdesk.backups.models import Backup
from helpdesk.doctor.findings import Check, named
from kernel.i18n import lazy_gettext as _l
from office.people.models import Person


def licence_terms() -> Iterator[str]:
    """Yield licences that have no term, or whose days are not those of the newest one."""
    any_of = aliased(Term)
    newest = (
        select(any_of.id)
        .where(any_of.licence_id == Licence.id)
        .order_by(any_of.starts_on.desc(), any_of.id.desc())
        .limit(1)
        .correlate(Licence)
        .scalar_subquery()
    )
    differs = or_(
        Term.id.is_(None),
        Term.starts_on != Licence.starts_on,
        Term.ends_on.is_distinct_from(Licence.ends_on),
        Term.cost.is_distinct_from(Licence.cost),
    )
    query = select(Licence.id).outerjoin(Term, Term.id == newest).where(differs)
    return named("licence", query.order_by(Licence.id))


def licence_seats() -> Iterator[str]:
    """Yield licences of which more seats are in use than there are."""
    query = (
        select(Licence.id)
        .join(Seat, and_(Seat.licence_id == Licence.id, Seat.given_back_at.is_(None)))
        .group_by(Licence.id, Licence.seats)
        .having(func.count() > Licence.seats)
    )
    return named("licence", query.order_by(Licence.id))


def seats_of_leavers() -> Iterator[str]:
    """Yield seats that are in use by somebody who has left."""
    query = (
        select(Seat.id)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.given_back_at.is_(None), Person.left_on.is_not(None))
    )
    return named("licence_seat", query.order_by(Seat.id))


def backup_days() -> Iterator[str]:
    """Yield backups that were read back before they were made."""
    query = select(Backup.id).where(Backup.rehearsed_at < Backup.made_at)
    return named("backup", query.order_by(Backup.id))


CHECKS = (
    Check(
        "licence_terms",
        _l("A licence has the days and the cost of its newest term."),
        _l("Look in the trail of the licence which is right, and edit it."),
        licence_terms,
    ),
    Check(
        "licence_seats",
        _l("No more seats of a licence are in use than there are."),
        _l("Give seats back, or write down how many there are."),
        licence_seats,
    ),
    Check(
        "seats_of_leavers",
        _l("Nobody who has left has a seat of a licence."),
        _l("Give the seat back on the page of the licence."),
        seats_of_leavers,
    ),
    Check(
        "backup_days",
        _l("No backup was read back before it was made."),
        _l("Set the clock of the machine, and make and read back a new backup."),
        backup_days,
    ),
)
