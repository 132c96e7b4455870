"""Numbers as people type them: Thai digits, commas between thousands, baht; one sentence each.

What cannot be read is refused with what is wrong with it: too many figures, a comma where a point
is meant, or no number at all. Whether it may be negative, or how many places it may have, says who
asked for it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kernel import thai
from kernel.i18n import gettext as _

END = Decimal(10) ** 11
LONGEST_SHOWN = 80
_FIGURES = re.compile(r"-?\d[\d,]*(?:\.\d*)?")
_COMMA = re.compile(r"-?\d+,\d+")


def read(typed: str) -> Decimal | None:
    """Return the number that was typed; None where nothing was, or only a dash.

    :raise ValueError: with the sentence for the reader where it is none, or has too many figures.
    """
    try:
        number = thai.parse_money(_completed(typed))
    except ValueError:
        said = _of_figures(typed) or _("“%(typed)s” is not a number.", typed=typed[:LONGEST_SHOWN])
        raise ValueError(said) from None
    if number is not None and abs(number) >= END:
        raise ValueError(_of_figures(typed))
    return number


def read_money(typed: str) -> Decimal | None:
    """Return the baht that were typed; None where nothing was, or only a dash.

    :raise ValueError: with the sentence for the reader where it is none, or has too many figures.
    """
    try:
        return thai.parse_money(typed)
    except ValueError:
        shown = typed[:LONGEST_SHOWN]
        said = _of_figures(typed) or _("“%(typed)s” is not an amount in baht.", typed=shown)
        raise ValueError(said) from None


def _completed(typed: str) -> str:
    plain = thai.arabic_digits(typed).strip().removeprefix("+")
    return re.sub(r"^(-?)\.(?=\d)", r"\g<1>0.", plain)


def _of_figures(typed: str) -> str:
    """Return what is wrong with figures that make no number; "" where it is something else."""
    plain, shown = thai.arabic_digits(typed).strip(), typed[:LONGEST_SHOWN]
    if not _FIGURES.fullmatch(plain):
        return ""
    if Decimal(plain.lstrip("-").partition(".")[0].replace(",", "")) >= END:
        return _("“%(typed)s” is too large. Did two numbers run together?", typed=shown)
    if _COMMA.fullmatch(plain):
        return _(
            "“%(typed)s”: a comma parts thousands only. Write a fraction with a point, like 2.5.",
            typed=shown,
        )
    return ""
