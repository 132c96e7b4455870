"""A survey as a form to fill in by hand, as F10 is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from helpdesk.surveys.models import Survey, SurveyQuestion
from helpdesk.surveys.states import LEVELS, Sort
from kernel.i18n import speaking
from kernel.thai import thai_digits
from office.papers import engine

TEMPLATE = Path(__file__).parent / "paper" / "form.typ"


def form_pdf(survey: Survey, questions: Sequence[SurveyQuestion], *, office: str) -> bytes:
    """Print the questions of a survey.

    Args:
        survey: with its titles.
        questions: in their order.
        office: the name of the office in Thai.
    """
    with speaking("th"):
        levels = [
            {"figure": thai_digits(str(level)), "name": str(name)}
            for level, name in sorted(LEVELS.items(), reverse=True)
        ]
    numbered = [(number, one) for number, one in enumerate(questions, 1)]
    data = {
        "office": office,
        "title": thai_digits(survey.title_th),
        "title_en": survey.title_en,
        "intro": thai_digits(survey.intro_th),
        "levels": levels,
        "parts": [
            {
                "section": thai_digits(section),
                "english": english,
                "pieces": _pieces(list(rows)),
            }
            for (section, english), rows in groupby(
                numbered, key=lambda row: (row[1].section_th, row[1].section_en)
            )
        ],
    }
    return engine.render(TEMPLATE, data)


def _pieces(rows: Sequence[tuple[int, SurveyQuestion]]) -> list[dict[str, Any]]:
    """Part the questions of a section: those of five levels by aspect, the others by themselves."""
    return [
        {
            "aspect": thai_digits(aspect),
            "scale": scale,
            "rows": [_question(number, one) for number, one in some],
        }
        for (aspect, scale), some in groupby(
            rows, key=lambda row: (row[1].aspect_th, row[1].sort == Sort.SCALE)
        )
    ]


def _question(number: int, one: SurveyQuestion) -> dict[str, Any]:
    return {
        "number": thai_digits(str(number)),
        "text": thai_digits(one.text_th),
        "english": one.text_en,
        "sort": str(one.sort),
        "choices": [{"text": thai_digits(th), "english": en} for th, en in one.choices],
    }
