"""Finding licences, their seats and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from assets.licences import access
from assets.licences.models import Licence, LicenceFile, Seat
from assets.licences.states import TOLD_DAYS, Standing
from kernel import clock, search
from kernel.access import Viewer
from kernel.db import db

PAGE = 50
MOST_SEATS = 1000


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blank means everything."""

    words: str = ""
    kind: str = ""
    standing: str = ""
    unit_id: int | None = None


def licences(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Licence]:
    """Return up to a page and one of the licences a viewer sees, the next to end first."""
    query = _listed(viewer, wanted).limit(PAGE + 1).offset((number - 1) * PAGE)
    return db.session.scalars(query).all()


def all_licences(viewer: Viewer, wanted: Filter) -> Iterator[Licence]:
    """Yield everything the list would show, for a table."""
    yield from db.session.scalars(_listed(viewer, wanted).execution_options(yield_per=500))


def _listed(viewer: Viewer, wanted: Filter) -> Select[Licence]:
    query = (
        select(Licence)
        .options(
            joinedload(Licence.unit), joinedload(Licence.vendor), joinedload(Licence.caretaker)
        )
        .where(
            viewer.scope(access.SEE).clause(Licence.unit_id),
            search.contains(Licence.search_key, wanted.words),
            *_terms(wanted),
        )
    )
    return query.order_by(
        Licence.given_up_on.is_not(None), Licence.ends_on.is_(None), Licence.ends_on, Licence.id
    )


def _terms(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    today = clock.today()
    soon = today + timedelta(days=max(TOLD_DAYS))
    if wanted.kind:
        yield Licence.kind == wanted.kind
    if wanted.unit_id is not None:
        yield Licence.unit_id == wanted.unit_id
    if wanted.standing == Standing.GIVEN_UP:
        yield Licence.given_up_on.is_not(None)
        return
    yield Licence.given_up_on.is_(None)
    if wanted.standing == Standing.ENDED:
        yield Licence.ends_on < today
    elif wanted.standing == Standing.ENDING:
        yield Licence.ends_on.between(today, soon)
    elif wanted.standing == Standing.RUNNING:
        yield Licence.ends_on.is_(None) | (Licence.ends_on > soon)


def seats_used(ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many seats of licences are in use, by the licence's id."""
    rows = db.session.execute(
        select(Seat.licence_id, func.count())
        .where(Seat.licence_id.in_(ids), Seat.given_back_at.is_(None))
        .group_by(Seat.licence_id)
    )
    return {licence_id: count for licence_id, count in rows}  # noqa: C416 - rows, not pairs


def seats_of(licence: Licence) -> Sequence[Seat]:
    """Return the seats in use, the first given first."""
    return db.session.scalars(
        select(Seat)
        .options(joinedload(Seat.person), joinedload(Seat.asset))
        .where(Seat.licence_id == licence.id, Seat.given_back_at.is_(None))
        .order_by(Seat.id)
        .limit(MOST_SEATS)
    ).all()


def files_of(licence: Licence) -> Sequence[LicenceFile]:
    """Return the files of a licence, the newest first."""
    return db.session.scalars(
        select(LicenceFile)
        .where(LicenceFile.licence_id == licence.id)
        .order_by(LicenceFile.id.desc())
    ).all()


def seats_held(*, person_id: int | None = None, asset_id: int | None = None) -> Sequence[Seat]:
    """Return the seats that a person or an item has now, with their licences, by name."""
    mine = Seat.person_id == person_id if person_id is not None else Seat.asset_id == asset_id
    return db.session.scalars(
        select(Seat)
        .join(Seat.licence)
        .options(contains_eager(Seat.licence).joinedload(Licence.unit))
        .where(mine, Seat.given_back_at.is_(None))
        .order_by(Licence.name, Seat.id)
        .limit(MOST_SEATS)
    ).all()
