"""What an annual report is made of: plain values, in Thai."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# More rows of one table than this are told as a number: the report is read, registers are asked.
MOST_ROWS = 400


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in millimetres (0 for a share of the rest), and its side."""

    label: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table; ``left_out`` rows are only counted."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    title: str = ""
    left_out: int = 0


@dataclass(frozen=True)
class Section:
    """A part of a chapter: paragraphs, then tables; ``level`` 2 stands in the contents.

    ``english`` is printed under the title in the bilingual variant; names that people gave in Thai
    only have none.
    """

    title: str
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()
    level: int = 2
    english: str = ""


@dataclass(frozen=True)
class Chapter:
    """A heading with its sections; ``english`` is printed beside it in the bilingual variant."""

    title: str
    english: str
    sections: Sequence[Section] = ()
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True)
class Report:
    """The report of a fiscal year of the Buddhist era."""

    year: int
    office: str
    until: str
    chapters: Sequence[Chapter] = field(default_factory=tuple)


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, title: str = ""
) -> tuple[Table, ...]:
    """Return a table of at most ``MOST_ROWS`` rows; nothing where there are none."""
    if not rows:
        return ()
    return (Table(columns, rows[:MOST_ROWS], title, max(len(rows) - MOST_ROWS, 0)),)
