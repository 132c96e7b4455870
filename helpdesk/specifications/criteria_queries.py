"""Reading the price criteria: what is in force on a day, the editions, and the brand words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, contains_eager

from helpdesk.specifications.criteria_models import BrandWord, CriteriaEdition, PriceCriterion
from kernel.db import db
from kernel.search import contains

MOST_EDITIONS, MOST_ROWS = 60, 600
_SHIPPED_BRANDS = Path(__file__).parent / "data" / "brands.txt"


def in_force(on: date, words: str = "") -> Sequence[PriceCriterion]:
    """Return the rows that count on a day, in the order of their editions (R-X2).

    A row stops counting on the first day of the edition that replaces its own, and on the first
    day of the edition of the row that supersedes it.
    """
    successor, newer, whole = (
        aliased(PriceCriterion),
        aliased(CriteriaEdition),
        aliased(CriteriaEdition),
    )
    query = (
        select(PriceCriterion)
        .join(PriceCriterion.edition)
        .options(contains_eager(PriceCriterion.edition))
        .outerjoin(whole, whole.id == CriteriaEdition.replaced_by_id)
        .outerjoin(successor, successor.id == PriceCriterion.superseded_by_id)
        .outerjoin(newer, newer.id == successor.edition_id)
        .where(
            CriteriaEdition.valid_from <= on,
            or_(whole.id.is_(None), whole.valid_from > on),
            or_(newer.id.is_(None), newer.valid_from > on),
        )
    )
    if words:
        query = query.where(contains(PriceCriterion.search_key, words))
    ordered = query.order_by(CriteriaEdition.valid_from.desc(), PriceCriterion.position)
    return db.session.scalars(ordered.limit(MOST_ROWS)).all()


def editions() -> Sequence[CriteriaEdition]:
    """Return every edition, the newest first."""
    newest = CriteriaEdition.valid_from.desc()
    return db.session.scalars(
        select(CriteriaEdition).order_by(newest, CriteriaEdition.id.desc()).limit(MOST_EDITIONS)
    ).all()


def rows_of(edition: CriteriaEdition) -> Sequence[PriceCriterion]:
    """Return the rows of an edition with what supersedes them."""
    newer = aliased(PriceCriterion)
    return db.session.scalars(
        select(PriceCriterion)
        .outerjoin(newer, PriceCriterion.superseded_by)
        .options(contains_eager(PriceCriterion.superseded_by.of_type(newer)))
        .where(PriceCriterion.edition_id == edition.id)
        .order_by(PriceCriterion.position)
    ).all()


def brands() -> Sequence[str]:
    """Return the brand words: the office's own list, and the shipped one until there is one."""
    own = db.session.scalars(select(BrandWord.word).order_by(BrandWord.same_key)).all()
    return own or shipped_brands()


def shipped_brands() -> list[str]:
    """Return the brand words that come with the service."""
    lines = _SHIPPED_BRANDS.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]
