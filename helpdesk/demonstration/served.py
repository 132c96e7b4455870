"""What reporters of the demonstration answer to the questions of a category, and how they rate.

Drawn apart from the story's own chance, so that more questions change nothing else in it.
"""

from __future__ import annotations

from random import Random

from helpdesk.demonstration import script
from helpdesk.tickets.categories import answers, queries
from helpdesk.tickets.categories.answers import Answer
from helpdesk.tickets.categories.shipped import Question
from helpdesk.tickets.categories.states import QuestionKind
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import rating
from kernel.access import Viewer

LEVELS = {5: 58, 4: 27, 3: 9, 2: 4, 1: 2}
RATED, COMMENTED, ANSWERED = 0.6, 0.25, 0.7
TYPED = {
    "account_name": "kruu.example@example.test",
    "software_name": "LibreOffice",
    "conference_when": "29/11/2569 09:30",
    "website_address": "https://www.example.test/news",
    "network_name": "OFFICE-WIFI",
    "phone_number": "114",
    "system_name": "My Office",
}


def answered(code: str, seed: str) -> list[Answer]:
    """Return what somebody answers to the questions of a category; not all that need not be."""
    chance = Random(seed)  # noqa: S311 - the same story each time is the point
    asked = queries.questions_of(code)
    given = {one.code: _word(one, chance) for one in asked}
    return answers.read(asked, given)


def rate(ticket: Ticket, *, by: Viewer) -> None:
    """Let the person served rate a finished ticket, most of the time, now and then with a word."""
    chance = Random(ticket.id)  # noqa: S311 - the same story each time is the point
    if not rating.may_be_rated(ticket) or chance.random() > RATED:
        return
    rating.rate(ticket, script.drawn(LEVELS, chance), by=by)
    if chance.random() < COMMENTED:
        rating.comment(ticket, script.phrase("praise", chance), by=by)


def _word(question: Question, chance: Random) -> str:
    if not question.required and chance.random() > ANSWERED:
        return ""
    if question.kind == QuestionKind.CHOICE:
        return str(chance.randrange(len(question.choices)))
    if question.kind == QuestionKind.YESNO:
        return chance.choice((answers.YES, answers.NO))
    if question.kind == QuestionKind.NUMBER:
        return str(chance.randrange(5, 60, 5))
    return TYPED.get(question.code, "")
