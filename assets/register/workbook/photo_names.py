"""File names of photos, read for the asset number they are named after.

A number cannot stand in a file name as it is written: `7440-001-0001/65` becomes `7440-001-0001_65`
or `7440 001 0001-65`. All marks between the parts are one and the same here, Thai digits are Arabic
ones, and a number may have a second one behind it for a further photo of the same thing, or words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from kernel.thai import arabic_digits, normalize

_PARTS = re.compile(r"[^\W_]+")
_COPY = re.compile(r"\s*[\(\[]\s*(\d{1,2})\s*[\)\]]\s*$")
_LEAD = re.compile(
    r"^(?:img|image|photo|pic|รูป|ภาพ|เลขที่|เลขครุภัณฑ์|หมายเลข)[\s_\-.:]*(?=\d)", re.IGNORECASE
)
_SAID = re.compile(r"^(\d[\d\W_]*?)[\s_\-]+[^\d]+$")
LONGEST_TURN = 2


@dataclass(frozen=True, slots=True)
class Guess:
    """A number that a file name may mean (``key``), and the how manieth photo of it."""

    key: str
    turn: int


def number_key(text: str) -> str:
    """Return what all writings of a number in file names share; "" for no letters and digits."""
    plain = arabic_digits(normalize(text)).upper()
    return "-".join(_PARTS.findall(plain))


def guesses(path: str) -> list[Guess]:
    """Return what a file's name may mean, the likeliest first.

    The whole name goes first: `7440-001-0001-2` is that item where there is one, else the second
    photo of `7440-001-0001`.

    Args:
        path: the name inside the ZIP, with its folders.
    """
    stem = arabic_digits(normalize(PurePosixPath(path.replace("\\", "/")).stem))
    found: list[Guess] = []
    for text in (stem, _LEAD.sub("", stem)):
        whole = Guess(number_key(text), 1)
        copied = _COPY.search(text)
        if copied:
            _add(found, Guess(number_key(text[: copied.start()]), int(copied[1]) or 1))
        _add(found, whole)
        head, _dash, tail = whole.key.rpartition("-")
        if head and tail.isdecimal() and len(tail) <= LONGEST_TURN:
            _add(found, Guess(head, int(tail) or 1))
        said = _SAID.match(text)
        if said:
            _add(found, Guess(number_key(said[1]), 1))
    return found


def _add(found: list[Guess], guess: Guess) -> None:
    if guess.key and guess not in found:
        found.append(guess)


def folders(path: str) -> list[str]:
    """Return the names of the folders that a file lies in, the nearest first."""
    parts = PurePosixPath(path.replace("\\", "/")).parts[:-1]
    return [normalize(part) for part in reversed(parts)]
