"""A requirement as one sentence, and what operator a sentence says."""

from __future__ import annotations

import re
from typing import Protocol

from helpdesk.specifications.states import Operator
from kernel.i18n import gettext as _


class Said(Protocol):
    """What makes a sentence; a row, or what was typed."""

    name: str
    operator: Operator
    amount: str
    unit_word: str
    mandatory: bool


# Which words say which operator; the longer ones first, so that one is not found inside another.
WORDS = (
    (Operator.OR_EQUIVALENT, ("หรือเทียบเท่า", "เทียบเท่า", "or equivalent", "equivalent")),
    (Operator.OR_BETTER, ("หรือดีกว่า", "ดีกว่า", "or better")),
    (
        Operator.AT_LEAST,
        (
            *("ไม่น้อยกว่า", "ไม่ต่ำกว่า", "อย่างน้อย", "ตั้งแต่", "ขั้นต่ำ"),
            *("at least", "not less than", ">=", "≥", "≧"),
        ),
    ),
    (
        Operator.AT_MOST,
        (
            *("ไม่เกินกว่า", "ไม่เกิน", "ไม่มากกว่า", "ไม่สูงกว่า", "อย่างมาก"),
            *("at most", "not more than", "<=", "≤", "≦"),
        ),
    ),
)
_AMOUNT = re.compile(r"^\s*([0-9๐-๙][0-9๐-๙.,]*(?:\s*[x×*-]\s*[0-9๐-๙][0-9๐-๙.,]*)*)\s*(.{0,40})$")


def requirement(one: Said) -> str:
    """Return a requirement as the reader's language writes it: “RAM at least 8 GB”."""
    measured = f"{one.amount} {one.unit_word}".strip()
    if one.operator == Operator.AT_LEAST:
        return _("%(what)s at least %(measured)s", what=one.name, measured=measured).strip()
    if one.operator == Operator.AT_MOST:
        return _("%(what)s at most %(measured)s", what=one.name, measured=measured).strip()
    said = f"{one.name} {measured}".strip()
    if one.operator == Operator.OR_BETTER:
        return _("%(what)s or better", what=said)
    if one.operator == Operator.OR_EQUIVALENT:
        return _("%(what)s or equivalent", what=said)
    return said


def taken_apart(text: str) -> tuple[str, Operator, str, str]:
    """Return name, operator, amount and unit of a sentence such as ``RAM ไม่น้อยกว่า 8 GB``.

    Where the amount is no number it stays whole, without a unit; without an operator's word the
    whole sentence is the name.
    """
    for operator, words in WORDS:
        for word in words:
            at = text.casefold().find(word)
            if at < 0:
                continue
            name, rest = text[:at].strip(" :-"), text[at + len(word) :].strip(" :")
            if operator in (Operator.OR_BETTER, Operator.OR_EQUIVALENT):
                return f"{name} {rest}".strip(), operator, "", ""
            if not name or not rest:
                return text.strip(), Operator.PLAIN, "", ""
            return name, operator, *measured(rest)
    return text.strip(), Operator.PLAIN, "", ""


def measured(text: str) -> tuple[str, str]:
    """Return amount and unit of a text such as ``8 GB``; the whole text where it is no number."""
    match = _AMOUNT.match(text)
    if match is None:
        return text.strip(), ""
    return match.group(1).strip(), match.group(2).strip()


def operator_of(text: str) -> Operator | None:
    """Return the operator that a cell names, in either language or as a sign; None for nonsense."""
    plain = text.strip().casefold()
    if not plain:
        return Operator.PLAIN
    signs = {">": Operator.AT_LEAST, "<": Operator.AT_MOST, "=": Operator.PLAIN}
    signs |= {"ตามข้อความ": Operator.PLAIN, "as written": Operator.PLAIN}
    if plain in signs:
        return signs[plain]
    for operator, words in WORDS:
        if any(word in plain for word in words):
            return operator
    return Operator(plain) if plain in tuple(Operator) else None
