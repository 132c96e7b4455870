"""Finds Thai citizen numbers in what people type, so that none is ever kept (R-PD1).

Thirteen digits, with or without the usual dashes or spaces, in Arabic or Thai figures; the last one
proves the others, so that long serial numbers are left alone as a rule.
"""

from __future__ import annotations

import re

from kernel.thai import arabic_digits

DIGITS = 13
BLOTTED = "X-XXXX-XXXXX-XX-X"
_THIRTEEN = re.compile(r"(?<!\d)[1-8](?:[ -]?\d){12}(?!\d)")


def is_citizen_number(digits: str) -> bool:
    """Tell whether 13 digits can be a citizen number: the last one proves the others."""
    if len(digits) != DIGITS or not digits.isdecimal() or digits[0] in "09":
        return False
    total = sum(int(digit) * (DIGITS - at) for at, digit in enumerate(digits[:-1]))
    return (11 - total % 11) % 10 == int(digits[-1])


def citizen_numbers(text: str) -> list[str]:
    """Return the citizen numbers that stand in a text, as they were typed in Arabic figures."""
    found = _THIRTEEN.findall(arabic_digits(text))
    return [one for one in found if is_citizen_number(re.sub(r"\D", "", one))]


def without_citizen_numbers(text: str) -> str:
    """Return a text in which every citizen number is blotted out; all else stays as it was typed.

    For words that nobody can be asked to type again, such as a mail that came in.
    """
    kept, after = [], 0
    for found in _THIRTEEN.finditer(arabic_digits(text)):
        if is_citizen_number(re.sub(r"\D", "", found[0])):
            kept += [text[after : found.start()], BLOTTED]
            after = found.end()
    return "".join([*kept, text[after:]])
