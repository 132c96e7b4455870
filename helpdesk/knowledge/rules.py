"""The verbs of an article: write, edit, publish, review, retire; and of its readers: vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, func, select, update

from helpdesk.knowledge.models import Article, ArticleImage, ArticleVersion, ArticleVote
from helpdesk.knowledge.states import ARTICLE, REVIEW_DAYS, Action, State
from helpdesk.knowledge.text import search_key_of
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

LONGEST_REMARK = 400
TEXTS = ("title_th", "title_en", "body_th", "body_en")


@dataclass(frozen=True)
class Picture:
    """A cleaned picture in the file store: the keys of the whole and of the small one."""

    key: str
    thumbnail_key: str


def write(fields: dict[str, Any], *, by: Viewer) -> Article:
    """Begin an article as a draft.

    Args:
        fields: columns of ``Article``; Thai title and text are needed.
        by: who writes.

    Refuses an article without a Thai title or text.
    """
    _check(fields)
    now = clock.now()
    made = Article(**fields, author_id=by.id, created_at=now, changed_at=now)
    _derive(made)
    db.session.add(made)
    db.session.flush()  # the version and the pictures point at the article's id
    _keep_version(made, _("First draft"), by=by)
    audit.record("written", made, by=by, after={"title_th": made.title_th})
    return made


def edit(article: Article, fields: dict[str, Any], note: str = "", *, by: Viewer) -> bool:
    """Change an article; what it said before stays as a version.

    Args:
        article: the article, its version checked by the door.
        fields: columns of ``Article`` with their new values.
        note: what was changed, in a few words.
        by: who changes it.

    Returns:
        whether anything changed. Refuses to take the Thai title or text away.
    """
    _check(fields)
    said = any(fields.get(name, getattr(article, name)) != getattr(article, name) for name in TEXTS)
    changed = audit.record_changes("edited", article, fields, by=by)
    if changed:
        article.changed_at = clock.now()
        _derive(article)
    if said:
        _keep_version(article, note, by=by)
    return changed


def publish(article: Article, *, by: Viewer) -> None:
    """Let its readers read it; from now on it is reviewed once a year.

    Refuses an article that is no draft.
    """
    article.published_at = clock.now()
    _move(article, Action.PUBLISH, "published", by=by)
    _reviewed(article)


def withdraw(article: Article, *, by: Viewer) -> None:
    """Take a published article back into a draft, because something in it is wrong."""
    _move(article, Action.WITHDRAW, "withdrawn", by=by)


def retire(article: Article, *, by: Viewer) -> None:
    """Put an article away that is out of date; nobody is offered it any more."""
    _move(article, Action.RETIRE, "retired", by=by)


def reopen(article: Article, *, by: Viewer) -> None:
    """Make a draft of a retired article again."""
    _move(article, Action.REOPEN, "reopened", by=by)


def review(article: Article, *, by: Viewer) -> None:
    """Say that a published article is still true; the next review is in a year.

    Refuses an article that is not published.
    """
    if article.state != State.PUBLISHED:
        raise Refusal(_("Only a published article is reviewed."))
    before = article.review_on
    _reviewed(article)
    audit.record(
        "reviewed",
        article,
        by=by,
        before={"review_on": before},
        after={"review_on": article.review_on},
    )


def add_pictures(article: Article, pictures: Sequence[Picture], *, by: Viewer) -> None:
    """Add cleaned pictures to an article; its text names them."""
    for one in pictures:
        db.session.add(
            ArticleImage(
                article_id=article.id,
                key=one.key,
                thumbnail_key=one.thumbnail_key,
                at=clock.now(),
            )
        )
    if pictures:
        audit.record("pictured", article, by=by, after={"count": len(pictures)})


def vote(article: Article, voter: str, *, helped: bool, remark: str = "") -> None:
    """Note whether an article helped one reader; a second word of the same reader replaces it.

    Args:
        article: a published article.
        voter: the person or the browser, ``p:12`` or ``b:…``.
        helped: it solved the trouble.
        remark: what was missing, for the writers.

    Refuses an article that is not published, and a remark that is too long.
    """
    if article.state != State.PUBLISHED:
        raise Refusal(_("This article is not published."))
    if len(remark) > LONGEST_REMARK:
        raise Refusal(_("Please write at most %(most)s characters.", most=LONGEST_REMARK))
    said = {"helped": helped, "remark": "" if helped else remark, "at": clock.now()}
    key = {"article_id": article.id, "voter": voter[:64]}
    # Readers of one article queue up here, so that each counts with the votes of those before.
    db.session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
    if not bookkeeping.insert_or_skip(ArticleVote, **key, **said):
        own = (ArticleVote.article_id == article.id, ArticleVote.voter == voter[:64])
        db.session.execute(update(ArticleVote).where(*own).values(**said))
    counts = {
        "helped": _votes(article.id, helped=True),
        "not_helped": _votes(article.id, helped=False),
    }
    table = cast("Table", Article.__table__)
    # Beside the version: an edit that is being typed is not stale because of a vote.
    db.session.execute(update(table).where(table.c.id == article.id).values(**counts))
    db.session.expire(article)


def _votes(article_id: int, *, helped: bool) -> Any:  # noqa: ANN401 - a scalar subquery
    return (
        select(func.count())
        .where(ArticleVote.article_id == article_id, ArticleVote.helped.is_(helped))
        .scalar_subquery()
    )


def remind(article: Article, on: date) -> None:
    """Tell the author that a review is due, once for each day it falls due on.

    Where the author has left the office, everybody's list still shows it.
    """
    person = article.author
    if person is None or person.left_on is not None:
        return
    with speaking(person.language):
        subject = _("Please review the article “%(title)s”", title=article.title)
        body = _(
            "The article “%(title)s” was last looked at a year ago. Please read it again and say "
            "whether it is still true.",
            title=article.title,
        )
    bookkeeping.send(
        kind="article_review",
        subject=subject,
        body=body,
        language=person.language,
        person_id=person.id,
        link=article.path,
        dedupe_key=f"article:{article.id}:review:{article.review_on or on}",
    )


def _reviewed(article: Article) -> None:
    article.reviewed_on = clock.today()
    article.review_on = clock.today() + timedelta(days=REVIEW_DAYS)


def _move(article: Article, action: Action, act: str, *, by: Viewer) -> None:
    before = article.state
    article.state = ARTICLE.target(before, action)
    article.changed_at = clock.now()
    audit.record(act, article, by=by, before={"state": before}, after={"state": article.state})


def _check(fields: dict[str, Any]) -> None:
    for name in ("title_th", "body_th"):
        if name in fields and not fields[name].strip():
            raise Refusal(_("An article needs a title and a text in Thai."), field=name)


def _derive(article: Article) -> None:
    product = article.product_model
    article.search_key = search_key_of(
        article.title_th,
        article.title_en or "",
        article.tags or "",
        product.full_name if product else "",
        article.body_th,
        article.body_en or "",
    )


def _keep_version(article: Article, note: str, *, by: Viewer) -> None:
    last = db.session.scalar(
        select(func.max(ArticleVersion.number)).where(ArticleVersion.article_id == article.id)
    )
    db.session.add(
        ArticleVersion(
            article_id=article.id,
            number=(last or 0) + 1,
            at=clock.now(),
            by_id=by.id,
            by_name=by.name[:200],
            title_th=article.title_th,
            title_en=article.title_en or "",
            body_th=article.body_th,
            body_en=article.body_en or "",
            note=note[:200],
        )
    )
