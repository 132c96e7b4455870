"""Checks of knowledge and figures: votes, versions, consultations, figures of tickets."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from helpdesk.doctor.findings import Check, named
from helpdesk.figures.advice_models import Consultation
from helpdesk.figures.models import FigureCursor, TicketFigure, TicketMonth
from helpdesk.knowledge.models import Article, ArticleVersion, ArticleVote
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Kind
from kernel.i18n import lazy_gettext as _l


def votes() -> Iterator[str]:
    """Yield articles whose counts of votes are not those of their votes."""
    own = ArticleVote.article_id == Article.id
    yes = select(func.count()).where(own, ArticleVote.helped).scalar_subquery()
    no = select(func.count()).where(own, ArticleVote.helped.is_(False)).scalar_subquery()
    wrong = or_(Article.helped != yes, Article.not_helped != no)
    return named("article", select(Article.id).where(wrong).order_by(Article.id))


def versions() -> Iterator[str]:
    """Yield articles that say something else than their last version."""
    any_of = aliased(ArticleVersion)
    last = (
        select(func.max(any_of.number))
        .where(any_of.article_id == Article.id)
        .correlate(Article)
        .scalar_subquery()
    )
    same = and_(ArticleVersion.article_id == Article.id, ArticleVersion.number == last)
    differs = or_(
        ArticleVersion.id.is_(None),
        ArticleVersion.body_th != Article.body_th,
        ArticleVersion.title_th != Article.title_th,
    )
    articles = select(Article.id).outerjoin(ArticleVersion, same).where(differs)
    return named("article", articles.order_by(Article.id))


def consultations() -> Iterator[str]:
    """Yield consultations of tickets that are no advice, or of another unit than their ticket."""
    wrong = or_(Ticket.kind != Kind.ADVICE, Ticket.unit_id != Consultation.unit_id)
    found = select(Consultation.id).join(Ticket, Ticket.id == Consultation.ticket_id).where(wrong)
    return named("consultation", found.order_by(Consultation.id))


def figures() -> Iterator[str]:
    """Yield tickets that are counted though they were merged, or otherwise than they ended.

    Tickets that changed since the last gathering are not looked at: they are taken in with it.
    """
    counted_open, is_open = TicketFigure.ended_month.is_(None), Ticket.next_due_at.is_not(None)
    wrong = or_(Ticket.merged_into_id.is_not(None), counted_open != is_open)
    found = (
        select(TicketFigure.ticket_id)
        .join(Ticket, Ticket.id == TicketFigure.ticket_id)
        .join(FigureCursor, FigureCursor.walk_ends.is_(None))
        .where(TicketFigure.seen_version == Ticket.version, wrong)
    )
    return named("ticket", found.order_by(TicketFigure.ticket_id))


def figure_months() -> Iterator[str]:
    """Yield months whose sums are not those of the tickets that are counted in them."""
    for month, total in (
        (TicketFigure.opened_month, TicketMonth.came),
        (TicketFigure.ended_month, TicketMonth.ended),
    ):
        told = (
            select(month.label("month"), TicketFigure.unit_id, func.count().label("n"))
            .group_by(month, TicketFigure.unit_id)
            .subquery()
        )
        same = and_(told.c.month == TicketMonth.month, told.c.unit_id == TicketMonth.unit_id)
        wrong = (
            select(TicketMonth.month)
            .outerjoin(told, same)
            .where(func.coalesce(told.c.n, 0) != total)
        )
        yield from named("ticket_month", wrong.distinct().order_by(TicketMonth.month))


CHECKS = (
    Check(
        "article_votes",
        _l("Articles count the votes that were given."),
        _l("Vote once more on the article: its counts are made anew."),
        votes,
    ),
    Check(
        "article_versions",
        _l("Every article says what its last version says."),
        _l("Change a word of the article and save it, so that what it says is kept as a version."),
        versions,
    ),
    Check(
        "consultations",
        _l("Consultations belong to advice of their unit."),
        _l("Give the ticket its topic and result again."),
        consultations,
    ),
    Check(
        "figures",
        _l("Figures count each ticket once, as it stands."),
        _l("Run `flask job run check_figures`: it counts again what differs."),
        figures,
    ),
    Check(
        "figure_months",
        _l("The figures of a month are the sum of its tickets."),
        _l("The job check_figures makes the sums anew, at night or at once on the timetable."),
        figure_months,
    ),
)
