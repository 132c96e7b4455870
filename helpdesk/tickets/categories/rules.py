"""The verbs of categories and questions, and keeping what was answered.

The shipped list is copied into the office's own the first time somebody changes anything.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from helpdesk.tickets.categories import access, queries, shipped
from helpdesk.tickets.categories.answers import Answer
from helpdesk.tickets.categories.models import CategoryQuestion, TicketAnswer, TicketCategory
from helpdesk.tickets.categories.states import QuestionKind
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.rules import take_turns

MOST_CHOICES = 12


def adopt(*, by: Viewer) -> None:
    """Make the shipped list the office's own, where it has none yet."""
    take_turns()  # two who begin at once must see each other
    if queries.rows():
        return
    for place, one in enumerate(shipped.categories(), 1):
        made = TicketCategory(
            code=one.code,
            name_th=one.name_th,
            name_en=one.name_en,
            hint_th=one.hint_th,
            hint_en=one.hint_en,
            position=place * 10,
        )
        made.questions = [
            CategoryQuestion(
                code=asked.code,
                kind=asked.kind,
                text_th=asked.text_th,
                text_en=asked.text_en,
                choices=[list(pair) for pair in asked.choices],
                required=asked.required,
                position=number * 10,
            )
            for number, asked in enumerate(one.questions, 1)
        ]
        db.session.add(made)
    db.session.flush()  # the acts that follow name the rows by their ids
    for row in queries.rows():
        audit.record("adopted", row, by=by, after={"code": row.code})


def category_to_change(code: str, *, by: Viewer) -> TicketCategory:
    """Return a category of the office's own list, which begins now if it has not yet.

    Raises:
        NotFound: there is none of this code.
    """
    adopt(by=by)
    found = access.category_row(code)
    if found is None:
        raise NotFound(_("There is no such category."))
    return found


def question_to_change(code: str, *, by: Viewer) -> CategoryQuestion:
    """Return a question of the office's own list, which begins now if it has not yet.

    Raises:
        NotFound: there is none of this code.
    """
    adopt(by=by)
    found = access.question_row(code)
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


def add(fields: dict[str, Any], *, by: Viewer) -> TicketCategory:
    """Add a category at the end of the list.

    Refuses a name that another category has.
    """
    adopt(by=by)
    last = db.session.scalar(select(func.max(TicketCategory.position))) or 0
    made = TicketCategory(**{**fields, "code": f"own_{secrets.token_hex(4)}"})
    made.position = made.position or last + 10
    _check_name(made)
    db.session.add(made)
    db.session.flush()  # the audit trail names it by its id
    audit.record("added", made, by=by, after={"code": made.code, "name": made.name_th})
    return made


def edit(category: TicketCategory, changes: dict[str, Any], *, by: Viewer) -> bool:
    """Change the words or the place of a category.

    Refuses a name that another category has.
    """
    changed = audit.record_changes("edited", category, changes, by=by)
    _check_name(category)
    return changed


def retire(category: TicketCategory, *, by: Viewer) -> None:
    """Offer a category no more; tickets that have it keep it.

    Refuses the last one: a report must be about something.
    """
    others = [one for one in queries.rows() if not one.retired and one.id != category.id]
    if not others:
        raise Refusal(_("This is the last category; add another one first."))
    audit.record_changes("retired", category, {"retired": True}, by=by)


def reopen(category: TicketCategory, *, by: Viewer) -> None:
    """Offer a category again."""
    audit.record_changes("reopened", category, {"retired": False}, by=by)


def ask(
    category: TicketCategory,
    fields: dict[str, Any],
    choices: Sequence[tuple[str, str]],
    *,
    by: Viewer,
) -> CategoryQuestion:
    """Let a category ask one more question.

    Refuses a choice without at least two answers.
    """
    last = db.session.scalar(
        select(func.max(CategoryQuestion.position)).where(
            CategoryQuestion.category_id == category.id
        )
    )
    made = CategoryQuestion(
        **{**fields, "category_id": category.id, "code": f"q_{secrets.token_hex(6)}"}
    )
    made.choices = _pairs(made.kind, choices)
    made.position = made.position or (last or 0) + 10
    db.session.add(made)
    db.session.flush()  # the audit trail names it by its id
    audit.record("added", made, by=by, after={"category": category.code, "text": made.text_th})
    return made


def reword(
    question: CategoryQuestion,
    changes: dict[str, Any],
    choices: Sequence[tuple[str, str]],
    *,
    by: Viewer,
) -> bool:
    """Change a question; what was answered before keeps the words it was asked in.

    Refuses a choice without at least two answers.
    """
    wanted = {**changes, "choices": _pairs(changes.get("kind", question.kind), choices)}
    return audit.record_changes("edited", question, wanted, by=by)


def retire_question(question: CategoryQuestion, *, by: Viewer) -> None:
    """Ask it no more."""
    audit.record_changes("retired", question, {"retired": True}, by=by)


def reopen_question(question: CategoryQuestion, *, by: Viewer) -> None:
    """Ask it again."""
    audit.record_changes("reopened", question, {"retired": False}, by=by)


def keep_answers(ticket_id: int, answers: Sequence[Answer]) -> None:
    """Write down what was answered, with the question in the words of today."""
    db.session.add_all(
        TicketAnswer(
            ticket_id=ticket_id,
            question_code=one.question.code,
            question_th=one.question.text_th,
            question_en=one.question.text_en,
            value_th=one.value_th,
            value_en=one.value_en,
        )
        for one in answers
    )


def _pairs(kind: QuestionKind, choices: Sequence[tuple[str, str]]) -> list[list[str]]:
    if kind != QuestionKind.CHOICE:
        return []
    if not 2 <= len(choices) <= MOST_CHOICES:
        raise Refusal(
            _("Please write two to %(most)s answers, one on each line.", most=MOST_CHOICES),
            field="choices",
        )
    return [list(pair) for pair in choices]


def _check_name(category: TicketCategory) -> None:
    key = thai.search_key(category.name_th)
    for other in queries.rows():
        if other is not category and thai.search_key(other.name_th) == key:
            raise Refusal(_("Another category has this name already."), field="name_th")
