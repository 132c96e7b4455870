"""The categories and questions that the service comes with: those of an office's ICT group."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpdesk.tickets.categories.states import QuestionKind
from kernel.i18n import language

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Question:
    """A question as the report pages put it; ``choices`` are pairs of Thai and English."""

    code: str
    kind: QuestionKind
    text_th: str
    text_en: str
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False

    @property
    def text(self) -> str:
        """The question in the language spoken now, Thai where there is no English one."""
        return self.text_en if language() == "en" and self.text_en else self.text_th


@dataclass(frozen=True)
class Category:
    """A category as the report pages offer it, with the questions that are asked now."""

    code: str
    name_th: str
    name_en: str
    hint_th: str = ""
    hint_en: str = ""
    retired: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th

    @property
    def hint(self) -> str:
        """What belongs here, in the language spoken now."""
        return self.hint_en if language() == "en" and self.hint_en else self.hint_th


@cache
def categories() -> tuple[Category, ...]:
    """Return the shipped list in its order."""
    asked: dict[str, list[Question]] = {}
    for row in _rows("questions.csv"):
        asked.setdefault(row["category"], []).append(_question(row))
    return tuple(
        Category(
            row["code"],
            row["name_th"],
            row["name_en"],
            row["hint_th"],
            row["hint_en"],
            questions=tuple(asked.get(row["code"], ())),
        )
        for row in _rows("categories.csv")
    )


def _question(row: dict[str, str]) -> Question:
    pairs = [one.partition("|") for one in row["choices"].split(";") if one]
    return Question(
        row["code"],
        QuestionKind(row["kind"]),
        row["text_th"],
        row["text_en"],
        tuple((thai, english) for thai, _bar, english in pairs),
        required=row["required"] == "yes",
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
