"""Numbers as people type them, and one clear sentence for each way to go wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kernel import numbers
from kernel.i18n import speaking

READ = {
    "1,234.50": "1234.50",
    "๑,๒๓๔": "1234",
    " ๑๒.๕ ": "12.5",
    "+5": "5",
    ".5": "0.5",
    "-3": "-3",
    "": None,
    "-": None,
}
WRONG = {
    "123456789012345": "large",
    "๑๒๓๔๕๖๗๘๙๐๑๒๓๔๕": "large",
    "123,456,789,012,345": "large",
    "100000000000": "large",
    "1,5": "point",
    "1.2.3": "number",
    "ห้า": "number",
    "1e9": "number",
    "NaN": "number",
}
SAID = {
    "large": ("is too large. Did two numbers run together?", "มากเกินไป"),
    "point": ("a comma parts thousands only", "จุดทศนิยม"),
    "number": ("is not a number", "ไม่ใช่ตัวเลข"),
}


@pytest.mark.usefixtures("app")
def test_numbers_are_read_as_typed_and_refused_with_the_sentence_that_fits() -> None:
    assert {typed: numbers.read(typed) for typed in READ} == {
        typed: None if number is None else Decimal(number) for typed, number in READ.items()
    }
    wrong = []
    for language in (0, 1):
        for typed, why in WRONG.items():
            with speaking(("en", "th")[language]):
                try:
                    wrong.append((typed, numbers.read(typed)))
                except ValueError as refused:
                    if not (SAID[why][language] in str(refused) and typed in str(refused)):
                        wrong.append((typed, str(refused)))
    assert wrong == []
