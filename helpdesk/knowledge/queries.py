"""Reading articles: the list, what fits a report, what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, load_only

from assets.catalogue import queries as catalogue
from assets.catalogue.models import ProductModel
from helpdesk.knowledge import access
from helpdesk.knowledge.models import Article, ArticleImage, ArticleVersion, ArticleVote
from helpdesk.knowledge.states import Audience, State
from helpdesk.knowledge.text import excerpt_of, tags_in
from kernel import clock, search, thai
from kernel.access import GUEST, Viewer
from kernel.db import db, fixed, thai_order
from kernel.spellings import alike

PAGE = 30
MOST_WEIGHED = 2000
MOST_KEPT = 200
LEAST = 2.0
PIECE = 4


@dataclass(frozen=True)
class Match:
    """An article that may help: its id, title and first words in the reader's language."""

    id: int
    title: str
    excerpt: str
    url: str


@dataclass(frozen=True)
class Filters:
    """What the address of the list asks for; empty means all."""

    words: str = ""
    state: str = ""
    audience: str = ""
    class_id: int | None = None
    tag: str = ""


def matching(
    text: str,
    *,
    language: str,
    viewer: Viewer | None = None,
    asset_class_id: int | None = None,
    product_model_id: int | None = None,
    limit: int = 3,
) -> Sequence[Match]:
    """Return the published articles that fit what somebody reports, the best first.

    An article fits by its tags and title, whatever else the sentence says: Thai is written without
    spaces, so pieces of it are compared. The class or model of the item lifts its own articles; on
    its own it is enough only where nothing was typed yet.

    Args:
        text: what was typed; may be blank.
        language: ``th`` or ``en``, of titles and excerpts.
        viewer: who reads; a guest where left out.
        asset_class_id: the class of the item, where one is known.
        product_model_id: its brand and model, where one is known.
        limit: how many at most.
    """
    said = thai.search_key(text[:2000])
    line = set(catalogue.lineage(asset_class_id))
    weighed = []
    for row in db.session.execute(_offered(viewer or GUEST)):
        words = _weight(said, row)
        near = 3.0 * (product_model_id is not None and row.product_model_id == product_model_id)
        near += 1.5 * (row.class_id in line)
        elsewhere = row.class_id is not None and bool(line) and row.class_id not in line
        if words >= LEAST or (not said and near):
            weighed.append((words + near - 1.5 * elsewhere, row.helped, -row.id, row))
    weighed.sort(key=lambda one: one[:3], reverse=True)
    return [_match(one[3], language) for one in weighed[:limit]]


def _offered(viewer: Viewer) -> Select[Any]:
    query = select(
        Article.id,
        Article.title_th,
        Article.title_en,
        func.substr(Article.body_th, 1, 600).label("body_th"),
        func.substr(Article.body_en, 1, 600).label("body_en"),
        Article.tags,
        Article.class_id,
        Article.product_model_id,
        Article.helped,
    ).where(Article.state == State.PUBLISHED)
    if not viewer.may(access.READ_INTERNAL):
        query = query.where(Article.audience == Audience.PUBLIC)
    return query.order_by(Article.id.desc()).limit(fixed(MOST_WEIGHED))


def _weight(said: str, row: Any) -> float:  # noqa: ANN401 - a row of ``_offered``
    """Return how well an article fits a sentence: its tags in it, its words in the title."""
    if not said:
        return 0.0
    tags = [thai.search_key(tag) for tag in tags_in(row.tags)]
    weight = 3.0 * sum(any(one in said for one in alike(tag)) for tag in tags if len(tag) > 1)
    title = thai.search_key(f"{row.title_th} {row.title_en}")
    for word in said.split()[: search.MOST_WORDS]:
        if len(word) > 2 and any(one in title for one in alike(word)):
            weight += 2.0
    bare = said.replace(" ", "")
    pieces = {bare[at : at + PIECE] for at in range(max(len(bare) - PIECE + 1, 0))}
    held = sum(piece in f"{title} {' '.join(tags)}" for piece in pieces)
    return weight + (4.0 * held / len(pieces) if pieces else 0.0)


def _match(row: Any, language: str) -> Match:  # noqa: ANN401 - a row of ``_offered``
    english = language == "en"
    title = row.title_en if english and row.title_en else row.title_th
    body = row.body_en if english and row.body_en else row.body_th
    return Match(row.id, title, excerpt_of(body), f"/knowledge/{row.id}")


def articles(viewer: Viewer, filters: Filters, number: int) -> Sequence[Article]:
    """Return one page of the articles somebody may read, and one more where another page follows.

    Without words those that helped most come first.
    """
    query = (
        select(Article)
        .options(joinedload(Article.asset_class), joinedload(Article.product_model))
        .where(access.readable(viewer), *_terms(filters))
    )
    if filters.words:
        query = query.where(search.contains(Article.search_key, filters.words))
    order: tuple[Any, ...] = (Article.helped.desc(), thai_order(Article.title_th), Article.id)
    return db.session.scalars(
        query.order_by(*order).limit(PAGE + 1).offset((number - 1) * PAGE)
    ).all()


def _terms(filters: Filters) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if filters.state == "review":
        terms += [Article.state == State.PUBLISHED, Article.review_on <= clock.today()]
    elif filters.state:
        terms.append(Article.state == filters.state)
    if filters.audience:
        terms.append(Article.audience == filters.audience)
    if filters.class_id:
        terms.append(Article.class_id.in_(catalogue.below(filters.class_id)))
    if filters.tag:
        terms.append(Article.tags.contains(filters.tag, autoescape=True))
    return terms


def versions_of(article_id: int) -> Sequence[ArticleVersion]:
    """Return what an article said before, the newest first, without the long texts."""
    return db.session.scalars(
        select(ArticleVersion)
        .options(
            load_only(
                ArticleVersion.number,
                ArticleVersion.at,
                ArticleVersion.by_name,
                ArticleVersion.note,
                ArticleVersion.title_th,
            )
        )
        .where(ArticleVersion.article_id == article_id)
        .order_by(ArticleVersion.number.desc())
        .limit(fixed(MOST_KEPT))
    ).all()


def version_numbered(article_id: int, number: int) -> ArticleVersion | None:
    """Return one version of an article with its texts."""
    return db.session.scalar(
        select(ArticleVersion).where(
            ArticleVersion.article_id == article_id, ArticleVersion.number == number
        )
    )


def pictures_of(article_id: int) -> Sequence[ArticleImage]:
    """Return the pictures of an article, oldest first."""
    return db.session.scalars(
        select(ArticleImage).where(ArticleImage.article_id == article_id).order_by(ArticleImage.id)
    ).all()


def vote_of(article_id: int, voter: str) -> ArticleVote | None:
    """Return what a reader said of an article."""
    return db.session.scalar(
        select(ArticleVote).where(ArticleVote.article_id == article_id, ArticleVote.voter == voter)
    )


def remarks_on(article_id: int, most: int = 20) -> Sequence[ArticleVote]:
    """Return what readers wrote whom an article did not help, the newest first."""
    return db.session.scalars(
        select(ArticleVote)
        .where(
            ArticleVote.article_id == article_id,
            ArticleVote.helped.is_(False),
            ArticleVote.remark != "",
        )
        .order_by(ArticleVote.id.desc())
        .limit(fixed(most))
    ).all()


def to_review(on: date, most: int = 200) -> Sequence[Article]:
    """Return published articles whose review is due on a day, with their authors."""
    return db.session.scalars(
        select(Article)
        .options(joinedload(Article.author))
        .where(Article.state == State.PUBLISHED, Article.review_on <= on)
        .order_by(Article.review_on, Article.id)
        .limit(fixed(most))
    ).all()


def starters_there() -> set[str]:
    """Return the codes of the shipped articles that were loaded already."""
    found = db.session.scalars(select(Article.starter).where(Article.starter.is_not(None)))
    return {one for one in found if one}


def products_to_choose(also: int | None = None) -> Sequence[ProductModel]:
    """Return the brands and models that an article may be about."""
    return catalogue.products_offered(also=also)
