"""Reading specifications and comparisons: mine, the library, one with everything in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from helpdesk.specifications import access, criteria_queries
from helpdesk.specifications.comparison_models import Comparison, Offer
from helpdesk.specifications.models import Specification, SpecItem
from helpdesk.specifications.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.i18n import language
from kernel.search import contains
from office.approvals.models import Approval, ApprovalAct
from office.approvals.queries import WITH_STEP
from office.people.models import Person
from office.places.models import Unit

A_PAGE, CHUNK, MOST_OFFERED = 30, 500, 300


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blanks ask for everything."""

    words: str = ""
    state: str = ""


def specifications(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Specification]:
    """Return a page (one more) of the specifications that a viewer works on or sees as staff."""
    query = _specs(viewer, wanted).offset((number - 1) * A_PAGE).limit(A_PAGE + 1)
    return db.session.scalars(query).all()


def all_specifications(viewer: Viewer, wanted: Filter) -> Iterator[Specification]:
    """Yield every specification of the list, a chunk at a time."""
    yield from db.session.scalars(_specs(viewer, wanted).execution_options(yield_per=CHUNK))


def _specs(viewer: Viewer, wanted: Filter) -> Select[Specification]:
    return (
        select(Specification)
        .options(
            joinedload(Specification.unit),
            joinedload(Specification.author),
            joinedload(Specification.approval),
        )
        .where(access.readable(viewer), *_narrowed(Specification, wanted))
        .order_by(Specification.id.desc())
    )


def _narrowed(table: Any, wanted: Filter) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a class
    terms: list[ColumnElement[bool]] = []
    if wanted.words:
        terms.append(contains(table.search_key, wanted.words))
    if wanted.state:
        terms.append(table.state == wanted.state)
    return terms


def library(words: str, number: int) -> Sequence[Specification]:
    """Return a page (one more) of the approved specifications, each in its newest version."""
    newer = aliased(Specification)
    later = select(newer.id).where(
        newer.first_id == Specification.first_id,
        newer.edition > Specification.edition,
        newer.state == State.APPROVED,
    )
    query = (
        select(Specification)
        .options(joinedload(Specification.unit), selectinload(Specification.items))
        .where(Specification.state == State.APPROVED, ~later.exists())
    )
    if words:
        query = query.where(contains(Specification.search_key, words))
    ordered = query.order_by(Specification.approved_at.desc(), Specification.id.desc())
    return db.session.scalars(ordered.offset((number - 1) * A_PAGE).limit(A_PAGE + 1)).all()


def load_whole(specification: Specification) -> None:
    """Load items, requirements, criteria and members of a specification in a few queries."""
    whole = selectinload(Specification.items)
    db.session.scalars(
        select(Specification)
        .options(
            whole.selectinload(SpecItem.requirements),
            whole.joinedload(SpecItem.criterion),
            selectinload(Specification.members),
            selectinload(Specification.payments),
        )
        .where(Specification.id == specification.id)
    ).all()


def versions(specification: Specification, viewer: Viewer) -> Sequence[Specification]:
    """Return the versions of a specification that the viewer may read, the newest first."""
    return db.session.scalars(
        select(Specification)
        .where(Specification.first_id == specification.first_id, access.readable(viewer))
        .order_by(Specification.edition.desc())
    ).all()


def outdated(items: Iterable[SpecItem]) -> set[int]:
    """Return the ids of the criteria of items that are not in force any more (R-X2)."""
    used = {item.criterion_id for item in items if item.criterion_id is not None}
    if not used:
        return set()
    return used - {row.id for row in criteria_queries.in_force(clock.today())}


def approval_acts(kind: str, subject_id: int) -> Sequence[ApprovalAct]:
    """Return what was done in every approval a paper has had, the newest first."""
    return db.session.scalars(
        select(ApprovalAct)
        .options(WITH_STEP)
        .join(Approval, Approval.id == ApprovalAct.approval_id)
        .where(Approval.kind == kind, Approval.subject_id == subject_id)
        .order_by(ApprovalAct.id.desc())
    ).all()


def comparisons(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Comparison]:
    """Return a page (one more) of the comparisons that a viewer may read, newest first."""
    return db.session.scalars(
        select(Comparison)
        .options(
            joinedload(Comparison.unit),
            joinedload(Comparison.author),
            joinedload(Comparison.approval),
            joinedload(Comparison.specification),
            selectinload(Comparison.offers).joinedload(Offer.vendor),
        )
        .where(access.comparable(viewer), *_narrowed(Comparison, wanted))
        .order_by(Comparison.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()


def load_offers(comparison: Comparison) -> None:
    """Load everything of a comparison and its specification in a few queries."""
    load_whole(comparison.specification)
    offers = selectinload(Comparison.offers)
    db.session.scalars(
        select(Comparison)
        .options(
            offers.joinedload(Offer.vendor),
            offers.selectinload(Offer.prices),
            offers.selectinload(Offer.findings),
            selectinload(Comparison.members),
        )
        .where(Comparison.id == comparison.id)
    ).all()


def comparisons_of(specification: Specification, viewer: Viewer) -> Sequence[Comparison]:
    """Return the comparisons with a specification that the viewer may read, newest first."""
    return db.session.scalars(
        select(Comparison)
        .options(joinedload(Comparison.approval))
        .where(Comparison.specification_id == specification.id, access.comparable(viewer))
        .order_by(Comparison.id.desc())
        .limit(A_PAGE)
    ).all()


def offered_items(kept: Iterable[int] = ()) -> Sequence[SpecItem]:
    """Return the items of the newest approved specifications, and those that are used already."""
    newest = [one.id for one in library("", 1)]
    query = (
        select(SpecItem)
        .join(Specification, Specification.id == SpecItem.specification_id)
        .options(joinedload(SpecItem.specification))
        .where(
            Specification.state == State.APPROVED,
            Specification.id.in_(newest) | SpecItem.id.in_(list(kept)),
        )
        .order_by(Specification.id.desc(), SpecItem.position)
        .limit(MOST_OFFERED)
    )
    return db.session.scalars(query).all()


def winning_offers(item_ids: Iterable[int]) -> Sequence[Offer]:
    """Return the offers that approved comparisons chose for some items, the newest first."""
    specs = select(SpecItem.specification_id).where(SpecItem.id.in_(list(item_ids)))
    return db.session.scalars(
        select(Offer)
        .join(Comparison, Comparison.id == Offer.comparison_id)
        .options(joinedload(Offer.comparison), joinedload(Offer.vendor), selectinload(Offer.prices))
        .where(
            Comparison.state == State.APPROVED,
            Comparison.specification_id.in_(specs),
            Offer.chosen,
        )
        .order_by(Comparison.id.desc())
        .limit(MOST_OFFERED)
    ).all()


def people_for(unit_id: int | None, kept: Iterable[int] = ()) -> Sequence[Person]:
    """Return who may be asked into a working group, by their names.

    Those of the unit, of the units above it and of the groups of the office; and who is in it.
    """
    unit = db.session.get_one(Unit, unit_id)
    above = [int(one) for one in unit.path.split("/") if one]
    name = Person.name_en if language() == "en" else Person.name_th
    return db.session.scalars(
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            or_(
                Person.id.in_(list(kept)),
                Person.left_on.is_(None) & (Unit.id.in_(above) | (Unit.kind != "school")),
            )
        )
        .order_by(thai_order(name), Person.id)
        .limit(CHUNK)
    ).all()
