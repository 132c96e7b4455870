"""Words that mean the same to a searcher: loanwords spelt in many ways, and their short forms.

People write a notebook in eight ways, in Thai and in English. The groups stand in
``spellings.txt``; the words of a group find one another. Marks over the letters are not compared.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_MARKS = re.compile("[\u0e47-\u0e4c]")
_LINES = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
GROUPS = tuple(tuple(line.split()) for line in _LINES if line and not line.startswith("#"))


def _bare(word: str) -> str:
    return _MARKS.sub("", word)


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in GROUPS:
        for word in group:
            others = (one for one in group if one != word)
            found.setdefault(_bare(word), _without_longer((word, *others)))
    return found


def _without_longer(group: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what a shorter one of the group finds anyway, because it stands inside."""
    return tuple(one for one in group if not any(o != one and o in one for o in group))


def alike(word: str) -> tuple[str, ...]:
    """Return every spelling to look for: the word as typed first, then those that mean the same.

    Args:
        word: one word in the form of `kernel.thai.search_key`.
    """
    others = _alike().get(_bare(word), ())
    return (word, *(one for one in others if one != word))
