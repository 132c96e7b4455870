"""Taking personal data out of a text before it becomes an article that everybody may read (R-PD2).

What is known (names of the people of a ticket) is found by the words themselves; telephone numbers,
mail addresses, chat names and names after a title are found by how they look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

GAP = "…"
SHORTEST_NAME = 3
DIGIT = "0-9\u0e50-\u0e59"
FIRST, INSIDE = "A-Z\u0e01-\u0e2e\u0e40-\u0e44", "A-Za-z\u0e01-\u0e4e"
_LINES = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def _any(kind: str) -> str:
    """Return a pattern for the words of one kind, the longest first."""
    told = [line.split(" ", 1)[1] for line in _LINES if line.startswith(f"{kind} ")]
    return "(?:" + "|".join(map(re.escape, sorted(told, key=len, reverse=True))) + ")"


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    rf"(?<![{DIGIT}])(?:\+66|[0\u0e50])[\s.-]?(?:[{DIGIT}][\s.-]?){{7,8}}[{DIGIT}](?![{DIGIT}])"
)
_CITIZEN = re.compile(rf"(?<![{DIGIT}])[{DIGIT}](?:[\s-]?[{DIGIT}]){{12}}(?![{DIGIT}])")
_CHAT = re.compile(rf"\b{_any('chat')}\s*[:：]?\s*@?[a-z0-9._-]{{3,30}}", re.IGNORECASE)
_TITLED = re.compile(
    rf"{_any('title')}\s?[{FIRST}][{INSIDE}]{{2,24}}"
    rf"(?:\s[{FIRST}][{INSIDE}]{{2,30}}(?=\s|$|[,.)]))?"
)
# Words that begin with a title but name nobody.
_NOBODY = re.compile(_any("nobody"))


def without_people(text: str, names: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Return a text without personal data, and what was taken out, each once, in order.

    Args:
        text: what people wrote.
        names: names and contacts that are known to stand behind it.
    """
    removed: list[str] = []

    def take(found: re.Match[str]) -> str:
        removed.append(found[0].strip())
        return GAP

    def take_name(found: re.Match[str]) -> str:
        return found[0] if _NOBODY.match(found[0]) else take(found)

    for pattern in (_MAIL, _CHAT, _CITIZEN, _PHONE):
        text = pattern.sub(take, text)
    for name in _parts(names):
        text = re.sub(re.escape(name), take, text, flags=re.IGNORECASE)
    text = _TITLED.sub(take_name, text)
    return re.sub(f"(?:{GAP}\\s?){{2,}}", f"{GAP} ", text), list(dict.fromkeys(removed))


def _parts(names: Iterable[str]) -> list[str]:
    """Return whole names first, then their words, so that the longest is taken out first."""
    whole = {" ".join(name.split()) for name in names}
    found = whole | {word for name in whole for word in name.split()}
    return sorted((one for one in found if len(one) >= SHORTEST_NAME), key=len, reverse=True)
