"""Reading categories, their questions, and the answers of tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import selectinload

from helpdesk.tickets.categories import shipped
from helpdesk.tickets.categories.models import TicketAnswer, TicketCategory
from helpdesk.tickets.categories.shipped import Category, Question
from kernel import kept
from kernel.db import db

ROOM = "ticket categories"


def known() -> tuple[Category, ...]:
    """Return every category in its order, retired ones too: the office's own, else the shipped."""
    if kept.in_request():
        return kept.kept(ROOM, "all", _read)
    return _read()


def _read() -> tuple[Category, ...]:
    own = rows()
    return tuple(_as_category(row) for row in own) if own else shipped.categories()


def rows() -> Sequence[TicketCategory]:
    """Return the office's own categories with their questions; none while it uses the shipped."""
    return db.session.scalars(
        select(TicketCategory)
        .options(selectinload(TicketCategory.questions))
        .order_by(TicketCategory.position, TicketCategory.id)
    ).all()


def offered() -> list[Category]:
    """Return the categories to choose from now."""
    return [one for one in known() if not one.retired]


def names() -> Mapping[str, str]:
    """Return the name of every category by its code, in the language spoken now."""
    return {one.code: one.name for one in known()}


def name_of(code: str) -> str:
    """Return the name of a category; the code itself where nobody knows it any more."""
    return names().get(code, code)


def questions_of(code: str) -> tuple[Question, ...]:
    """Return what a category asks; nothing where it is unknown or retired."""
    return next((one.questions for one in offered() if one.code == code), ())


def is_offered(code: str) -> bool:
    """Tell whether a code can be chosen now."""
    return any(one.code == code for one in offered())


def answers_of(ticket_id: int) -> Sequence[TicketAnswer]:
    """Return what was answered on a ticket, in the order of the questions."""
    return db.session.scalars(_answers(), {"ticket_id": ticket_id}).all()


@cache
def _answers() -> Select[TicketAnswer]:
    mine = TicketAnswer.ticket_id == bindparam("ticket_id")
    return select(TicketAnswer).where(mine).order_by(TicketAnswer.id)


def _as_category(row: TicketCategory) -> Category:
    return Category(
        row.code,
        row.name_th,
        row.name_en,
        row.hint_th,
        row.hint_en,
        row.retired,
        tuple(
            Question(
                one.code,
                one.kind,
                one.text_th,
                one.text_en,
                tuple((pair[0], pair[1]) for pair in one.choices),
                one.required,
            )
            for one in row.questions
            if not one.retired
        ),
    )
