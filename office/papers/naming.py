"""What the check page says in place of a number that stands on no paper.

Most papers bear the number under which they were issued. Where a room issues them under a number
of its own rows, it registers here what a reader finds on the paper instead: process, fiscal year.
The page is open to everybody who holds the paper, so nothing of a person is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kernel.i18n import gettext as _
from office.papers.models import IssuedPaper

Fact = tuple[str, str]
Told = Callable[[str], Sequence[Fact]]

_told: dict[str, Told] = {}


def register(kind: str, told: Told) -> None:
    """Let the check page ask ``told`` about papers of a kind: given the number, label and value.

    Called where a room is put into the service; a second registration replaces the first.
    """
    _told[kind] = told


def facts(paper: IssuedPaper) -> Sequence[Fact]:
    """Return what tells a paper from others of its form: its number, or what its room says."""
    told = _told.get(paper.kind)
    return told(paper.number) if told is not None else [(_("Number"), paper.number)]
