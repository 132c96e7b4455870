"""Finding programmes, and what belongs to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from helpdesk.programmes.access import visible
from helpdesk.programmes.models import (
    Activity,
    Indicator,
    ProcessText,
    Programme,
    ProgrammeMember,
    ProgrammeStep,
)
from helpdesk.programmes.notice_models import ProgrammeNotice, ProgrammeReader
from helpdesk.programmes.states import SETTLED, Duty
from kernel.access import Viewer
from kernel.db import db
from kernel.search import contains
from kernel.thai import search_key

A_PAGE = 30
DUTY_ORDER = tuple(Duty)


@dataclass(frozen=True)
class Filter:
    """What a list of programmes is narrowed to; 0 and "" mean all."""

    query: str = ""
    year: int = 0
    process_no: int = 0
    state: str = ""


def programmes(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Programme]:
    """Return one page of the programmes the viewer may see, the newest year first, and one more."""
    query = (
        select(Programme)
        .options(joinedload(Programme.unit), joinedload(Programme.owner))
        .where(visible(viewer))
        .order_by(Programme.fiscal_year.desc(), Programme.process_no, Programme.id.desc())
    )
    if wanted.year:
        query = query.where(Programme.fiscal_year == wanted.year)
    if wanted.process_no:
        query = query.where(Programme.process_no == wanted.process_no)
    if wanted.state:
        query = query.where(Programme.state == wanted.state)
    if wanted.query:
        query = query.where(contains(Programme.search_key, search_key(wanted.query)))
    return db.session.scalars(query.limit(A_PAGE + 1).offset((number - 1) * A_PAGE)).all()


def steps_done(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many steps of each programme are done or left out, and of how many."""
    settled = case((ProgrammeStep.state.in_(SETTLED), 1))
    rows = db.session.execute(
        select(ProgrammeStep.programme_id, func.count(settled), func.count())
        .where(ProgrammeStep.programme_id.in_(ids))
        .group_by(ProgrammeStep.programme_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def steps_of(programme_id: int) -> Sequence[ProgrammeStep]:
    """Return the steps of a programme in their order."""
    return db.session.scalars(
        select(ProgrammeStep)
        .options(joinedload(ProgrammeStep.responsible))
        .where(ProgrammeStep.programme_id == programme_id)
        .order_by(ProgrammeStep.number)
    ).all()


def members_of(programme_id: int) -> list[ProgrammeMember]:
    """Return the working group, the chair first."""
    found = db.session.scalars(
        select(ProgrammeMember)
        .options(joinedload(ProgrammeMember.person))
        .where(ProgrammeMember.programme_id == programme_id)
        .order_by(ProgrammeMember.id)
    )
    return sorted(found, key=lambda one: DUTY_ORDER.index(Duty(one.duty)))


def activities_of(programme_id: int) -> Sequence[Activity]:
    """Return the plan of a programme in the order of its days."""
    return db.session.scalars(
        select(Activity)
        .options(joinedload(Activity.responsible))
        .where(Activity.programme_id == programme_id)
        .order_by(Activity.starts_on, Activity.id)
    ).all()


def indicators_of(programme_id: int) -> Sequence[Indicator]:
    """Return the indicators of a programme in the order in which they were written."""
    return db.session.scalars(
        select(Indicator).where(Indicator.programme_id == programme_id).order_by(Indicator.id)
    ).all()


def newest_text(process_no: int) -> ProcessText | None:
    """Return what the office wrote last about a process."""
    return db.session.scalar(
        select(ProcessText)
        .options(joinedload(ProcessText.made_by))
        .where(ProcessText.process_no == process_no)
        .order_by(ProcessText.edition.desc())
        .limit(1)
    )


def counts_of_year(viewer: Viewer, year: int) -> dict[int, int]:
    """Return how many programmes of a fiscal year the viewer sees, by process."""
    rows = db.session.execute(
        select(Programme.process_no, func.count())
        .where(visible(viewer), Programme.fiscal_year == year)
        .group_by(Programme.process_no)
    )
    return {row[0]: row[1] for row in rows}


def notices_of(programme_id: int) -> list[tuple[ProgrammeNotice, int, int]]:
    """Return the notices of a programme, the newest first: each with readers and how many read."""
    rows = db.session.execute(
        select(ProgrammeNotice, func.count(ProgrammeReader.id), func.count(ProgrammeReader.read_at))
        .join(ProgrammeReader, ProgrammeReader.notice_id == ProgrammeNotice.id)
        .where(ProgrammeNotice.programme_id == programme_id)
        .group_by(ProgrammeNotice.id)
        .order_by(ProgrammeNotice.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def readers_of(notice_ids: Sequence[int]) -> dict[int, list[ProgrammeReader]]:
    """Return whom notices were sent to, by notice."""
    found: dict[int, list[ProgrammeReader]] = {}
    for one in db.session.scalars(
        select(ProgrammeReader)
        .options(joinedload(ProgrammeReader.person))
        .where(ProgrammeReader.notice_id.in_(notice_ids))
        .order_by(ProgrammeReader.id)
    ):
        found.setdefault(one.notice_id, []).append(one)
    return found


def suggested_order_no(year: int) -> str:
    """Return the number after the largest order of the calendar year (Buddhist era): ``13/2570``.

    Numbers that people wrote in another manner are left aside; gaps are allowed.
    """
    ending = f"/{year}"
    said = db.session.scalars(
        select(Programme.order_no).where(Programme.order_no.like(f"%{ending}"))
    )
    plain = (one.removesuffix(ending) for one in said)
    return f"{max((int(one) for one in plain if one.isdecimal()), default=0) + 1}{ending}"


def same_order_no(order_no: str, but: int) -> Programme | None:
    """Return another programme whose order has this number."""
    return db.session.scalar(
        select(Programme).where(Programme.order_no == order_no, Programme.id != but).limit(1)
    )
