"""Citizen numbers are known by their last digit, however they are written (R-PD1)."""

from __future__ import annotations

import pytest

from kernel.identity import citizen_numbers

NUMBER = "1101700230708"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"เลขบัตร {NUMBER} ครับ", 1),
        ("1-1017-00230-70-8", 1),
        ("๑ ๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘", 1),
        ("1101700230701", 0),
        (f"9{NUMBER}", 0),
        ("0812345678 กับ 34 ชั้น 2", 0),
        ("", 0),
    ],
)
def test_pd1_a_citizen_number_is_found_as_people_write_it(text: str, found: int) -> None:
    assert len(citizen_numbers(text)) == found
