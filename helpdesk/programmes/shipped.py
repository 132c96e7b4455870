"""The nine processes as the manual has them: steps, forms, definitions, references.

The office may write newer definitions and references (``ProcessText``); the steps of a programme
are copied from here when it begins, so a later release never changes a programme under way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helpdesk.programmes.states import StepKind
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language

DATA = Path(__file__).parent / "data" / "processes.json"


def said(thai: str, english: str) -> str:
    """Return the text in the language spoken now, Thai where there is no English one."""
    return english if language() == "en" and english else thai


@dataclass(frozen=True)
class Step:
    """One step of a process, as the manual names it."""

    kind: StepKind
    title_th: str
    title_en: str

    @property
    def title(self) -> str:
        """The title in the language spoken now."""
        return said(self.title_th, self.title_en)


@dataclass(frozen=True)
class Form:
    """A form of the manual, with the title that it has in this process (R-P3)."""

    code: str
    title_th: str
    title_en: str

    @property
    def title(self) -> str:
        """The title in the language spoken now."""
        return said(self.title_th, self.title_en)


@dataclass(frozen=True)
class Reference:
    """A law or plan that a process refers to, with the Buddhist year or years of its edition."""

    th: str
    en: str
    edition: str

    @property
    def line(self) -> str:
        """Name and edition in the language spoken now; laws are cited by the year of their era."""
        edition = _("B.E. %(years)s", years=self.edition)  # in an f-string nobody would find it
        return f"{said(self.th, self.en)} ({edition})"


@dataclass(frozen=True)
class Process:
    """One of the nine processes."""

    number: int
    key: str
    name_th: str
    name_en: str
    purpose_th: str
    purpose_en: str
    definitions_th: str
    definitions_en: str
    steps: tuple[Step, ...]
    forms: tuple[Form, ...]
    references: tuple[Reference, ...]

    @property
    def name(self) -> str:
        """The name in the language spoken now."""
        return said(self.name_th, self.name_en)

    @property
    def purpose(self) -> str:
        """What it is for, in the language spoken now."""
        return said(self.purpose_th, self.purpose_en)

    @property
    def definitions(self) -> str:
        """The shipped definitions, one a line, in the language spoken now."""
        return said(self.definitions_th, self.definitions_en)

    @property
    def reference_lines(self) -> str:
        """The shipped references, one a line, each with its edition."""
        return "\n".join(one.line for one in self.references)


@cache
def processes() -> tuple[Process, ...]:
    """Return the nine processes in the order of the manual."""
    return tuple(_read(row) for row in json.loads(DATA.read_text(encoding="utf-8")))


def _read(row: dict[str, Any]) -> Process:
    plain: dict[str, Any] = {
        key: value for key, value in row.items() if isinstance(value, str | int)
    }
    return Process(
        **plain,
        steps=tuple(
            Step(StepKind(one["kind"]), one["title_th"], one["title_en"]) for one in row["steps"]
        ),
        forms=tuple(Form(**one) for one in row["forms"]),
        references=tuple(Reference(**one) for one in row["references"]),
    )


def process_of(number: int) -> Process:
    """Return a process by its number in the manual.

    Raises:
        NotFound: the manual has nine.
    """
    if not 1 <= number <= len(processes()):
        raise NotFound(_("There is no such process."))
    return processes()[number - 1]
