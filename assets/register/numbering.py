"""Asset numbers by a pattern (R-N4): pure text, no database.

A pattern is text with tokens: ``{prefix}{class}{kind}{unit}{seq:4}{fy2}{fy4}``. ``{class}`` and
``{kind}`` are the two parts of a class's code (``7440-001``), ``{unit}`` is the code of the unit,
``{seq:4}`` the running number in at least four digits, ``{fy2}`` and ``{fy4}`` the fiscal year in
the Buddhist era.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kernel import thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _

LONGEST = 60
MOST_DIGITS = 9
DEFAULT = "{class}-{kind}-{seq:4}/{fy2}"
TOKENS = ("prefix", "class", "kind", "unit", "seq", "fy2", "fy4")
OF_CLASS = ("class", "kind")
OF_YEAR = ("fy2", "fy4")
ANY = {
    "seq": rf"(\d{{1,{MOST_DIGITS}}})",
    "class": r"[^/]*?",
    "kind": r"[^/]*?",
    "fy2": r"\d{2}",
    "fy4": r"\d{4}",
}
_DASHES = re.compile(r"-{2,}")
_TOKEN = re.compile(r"\{(\w+)(?::(\d{1,2}))?\}")


@dataclass(frozen=True)
class Parts:
    """What a number is made of besides the running number."""

    class_code: str = ""
    unit_code: str = ""
    prefix: str = ""
    on: date | None = None

    def said(self, token: str) -> str:
        """Return what stands for a token other than ``seq``."""
        head, _dash, tail = self.class_code.partition("-")
        year = f"{thai.fiscal_year(self.on):04}" if self.on else ""
        words = {"class": head, "kind": tail, "unit": self.unit_code, "prefix": self.prefix}
        return {**words, "fy4": year, "fy2": year[-2:]}[token]


@dataclass(frozen=True)
class Pattern:
    """A pattern and what its running number begins anew for."""

    template: str = DEFAULT
    prefix: str = ""
    per_class: bool = True
    per_year: bool = False

    @property
    def tokens(self) -> list[str]:
        """The names of its tokens in order."""
        return [match[1] for match in _TOKEN.finditer(self.template)]

    @property
    def asks_for_class(self) -> bool:
        """No number can be made without a class."""
        return "class" in self.tokens or self.per_class

    def render(self, parts: Parts, running: int) -> str:
        """Return the number with this running number."""
        return _TOKEN.sub(
            lambda found: f"{running:0{int(found[2] or 1)}}", self._filled(parts, free=())
        )

    def _filled(self, parts: Parts, free: tuple[str, ...]) -> str:
        """Return the template with all but the running number and the free tokens filled in."""
        said = _TOKEN.sub(
            lambda found: found[0] if found[1] in ("seq", *free) else parts.said(found[1]),
            self.template,
        )
        # A class without a kind leaves two dashes beside each other.
        return _DASHES.sub("-", said)

    @property
    def _free(self) -> tuple[str, ...]:
        """The tokens that may be any in numbers of one series."""
        return (() if self.per_class else OF_CLASS) + (() if self.per_year else OF_YEAR)

    def scope(self, parts: Parts) -> str:
        """Return what names the series that a running number belongs to."""
        said = f"{self.prefix}|{self.template}"
        if self.per_class:
            said += f"|{parts.class_code}"
        if self.per_year:
            said += f"|{parts.said('fy4')}"
        return said[:160]

    def matcher(self, parts: Parts) -> re.Pattern[str]:
        """Return what finds the running number in the keys of numbers of one series.

        Classes and years that the series runs across may be any; the rest must be as it is now.
        """
        filled = self._filled(parts, self._free)
        pieces: list[str] = []
        end = 0
        for found in _TOKEN.finditer(filled):
            pieces += [_literal(filled[end : found.start()]), ANY[found[1]]]
            end = found.end()
        return re.compile("".join([*pieces, _literal(filled[end:])]))

    def beginning(self, parts: Parts) -> str:
        """Return how the key of every number of the series begins, as far as that is certain."""
        return thai.code_key(self._filled(parts, self._free).partition("{")[0])


def _literal(text: str) -> str:
    return re.escape(thai.code_key(text)) if text.strip() else ""


def check(pattern: Pattern) -> None:
    """Refuse a pattern that could not number an office.

    Raises:
        Refusal: an unknown token, braces that are none, not exactly one running number, a number
            that begins anew for each class or year without saying it, or one that is too long.
    """
    rest = _TOKEN.sub("", pattern.template)
    unknown = [token for token in pattern.tokens if token not in TOKENS]
    if unknown or "{" in rest or "}" in rest:
        raise _wrong(
            _("“%(said)s” is not a token of a pattern.", said=unknown[0] if unknown else "{ }")
        )
    if pattern.tokens.count("seq") != 1:
        raise _wrong(_("A pattern needs the running number {seq:4} exactly once."))
    if any(int(found[2] or 1) > MOST_DIGITS for found in _TOKEN.finditer(pattern.template)):
        raise _wrong(_("A running number has at most %(most)s digits.", most=MOST_DIGITS))
    if pattern.per_class and not {"class", "kind"} <= set(pattern.tokens):
        raise _wrong(
            _(
                "A number that begins anew for each class must say {class} and {kind}, "
                "or two items would get the same number."
            )
        )
    if pattern.per_year and not set(OF_YEAR) & set(pattern.tokens):
        raise _wrong(
            _(
                "A number that begins anew each fiscal year must say {fy2} or {fy4}, "
                "or two items would get the same number."
            )
        )
    longest = Parts("0000-000", "0" * 10, pattern.prefix, date(2026, 10, 1))
    if len(pattern.render(longest, 1)) > LONGEST:
        raise _wrong(_("A number may have %(most)s characters at most.", most=LONGEST))


def _wrong(sentence: str) -> Refusal:
    return Refusal(sentence, field="template")


def follows(number: str, pattern: Pattern, parts: Parts) -> int | None:
    """Return the running number of a number of this series; None where it is of no such series."""
    found = pattern.matcher(parts).fullmatch(thai.code_key(number))
    return int(found[1]) if found else None
