"""Checks of the registers of letters: every number stands there once, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from helpdesk.doctor.findings import Check, rows
from kernel.i18n import lazy_gettext as _l
from office.letters.models import Letter, LetterSeries


def letter_numbers() -> Iterator[str]:
    """Yield numbers that are missing in their register or lie above its last."""
    key = (Letter.unit_id, Letter.book, Letter.year)
    series = select(
        LetterSeries.unit_id, LetterSeries.book, LetterSeries.year, LetterSeries.last
    ).order_by(LetterSeries.id)
    given = {(one.unit_id, one.book, one.year): bytearray(one.last + 1) for one in rows(series)}
    for row in rows(select(Letter.id, *key, Letter.number).order_by(Letter.id)):
        seen = given.get((row.unit_id, row.book, row.year), bytearray())
        if row.number >= len(seen):
            yield f"letter {row.id}"
        else:
            seen[row.number] = 1
    for (unit_id, book, year), seen in given.items():
        yield from (
            f"unit {unit_id} {book} {number}/{year}"
            for number in range(1, len(seen))
            if not seen[number]
        )


CHECKS = (
    Check(
        "letter_numbers",
        _l("The registers of letters have every number once, without a gap."),
        _l("Find the letter in a backup; the line of a cancelled letter stays in the register."),
        letter_numbers,
    ),
)
