"""What was answered, in words that stay: a choice in both languages, a number as a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.tickets.categories.shipped import Question
from helpdesk.tickets.categories.states import QuestionKind
from kernel import numbers
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking

LONGEST = 400
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Answer:
    """One answer with its question, ready to be written down."""

    question: Question
    value_th: str
    value_en: str = ""


def read(questions: Sequence[Question], given: Mapping[str, str]) -> list[Answer]:
    """Return the answers among what was given.

    Args:
        questions: of the chosen category.
        given: what was typed, by the code of the question; a choice by its place from 0.

    Raises:
        Refusal: a required answer is missing, or an answer does not fit its question.
    """
    found = [(one, _one(one, given.get(one.code, "").strip())) for one in questions]
    return [Answer(one, *pair) for one, pair in found if pair is not None]


def check(question: Question, typed: str) -> None:
    """Refuse an answer that does not fit.

    Raises:
        Refusal: the sentence says why.
    """
    _one(question, typed.strip())


def _one(question: Question, typed: str) -> tuple[str, str] | None:
    name = field_name(question)
    if not typed:
        if question.required:
            raise Refusal(_("Please answer this question."), field=name)
        return None
    if question.kind == QuestionKind.CHOICE:
        return _chosen(question, typed)
    if question.kind == QuestionKind.YESNO:
        if typed not in (YES, NO):
            raise Refusal(_("Please answer yes or no."), field=name)
        return _in_both(_l("Yes") if typed == YES else _l("No"))
    if question.kind == QuestionKind.NUMBER:
        try:
            number = numbers.read(typed.replace(" ", ""))
        except ValueError as wrong:
            raise Refusal(str(wrong), field=name) from wrong
        if number is None:
            raise Refusal(_("Please answer this question."), field=name)
        return f"{number:f}", ""
    if len(typed) > LONGEST:
        raise Refusal(_("An answer may have %(most)s characters.", most=LONGEST), field=name)
    return typed, ""


def field_name(question: Question) -> str:
    """Return the name of the form field of a question."""
    return f"q_{question.code}"


def _in_both(word: Any) -> tuple[str, str]:  # noqa: ANN401 - a lazy text
    """Return a word of ours in Thai and in English, as it is kept."""
    said = []
    for code in ("th", "en"):
        with speaking(code):
            said.append(str(word))
    return said[0], said[1]


def _chosen(question: Question, typed: str) -> tuple[str, str]:
    place = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 4 else -1
    if not 0 <= place < len(question.choices):
        raise Refusal(_("Please choose one of the answers."), field=field_name(question))
    return question.choices[place]
