"""Asset numbers, lists and ranges (DOMAIN section 5)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.register.workbook.numbers import read_numbers
from assets.register.workbook.reasons import Problem

REAL = (
    "7440-001-0001", "7440-001-0001/65", "7440-001-0001/2563", "7440-001-0006/11",
    "7440-002-0001-003", "7440-001-0001 2013(1)-65", '"B"081856-7140-002-0003/3',
    "พย7110-006-024-335", "สธ-6530-002-0018", "พม/พมจ-พล/13-01-03/115/2561", "คว04/01/2569",
    "7440-0109", "100000025629",
)  # fmt: skip


@pytest.mark.parametrize("number", REAL)
@pytest.mark.parametrize("quantity", [None, 1])
def test_real_numbers_are_single_numbers(number: str, quantity: int | None) -> None:
    assert read_numbers(number, quantity).each == (number,)


@pytest.mark.parametrize(
    ("text", "quantity", "first", "last", "count"),
    [
        ("7440-001-0135 ถึง 0144", 10, "7440-001-0135", "7440-001-0144", 10),
        ("7440-001-0135-0144", 10, "7440-001-0135", "7440-001-0144", 10),
        ("7440-001-0135 - 0144", None, "7440-001-0135", "7440-001-0144", 10),
        ("7440-001-0135 ถึง 7440-001-0144", 10, "7440-001-0135", "7440-001-0144", 10),
        ("7440-001-0135/2563 ถึง 0144", 10, "7440-001-0135/2563", "7440-001-0144/2563", 10),
        ("7440-001-0135/63 ถึง 0144/63", 10, "7440-001-0135/63", "7440-001-0144/63", 10),
        ("๗๔๔๐–๐๐๑–๐๑๓๕ ถึง ๐๑๔๔", 10, "7440-001-0135", "7440-001-0144", 10),
        ("7440-001-0001/1-10", 10, "7440-001-0001/1", "7440-001-0001/10", 10),
        ("7440-001-0001/1 ถึง 10", None, "7440-001-0001/1", "7440-001-0001/10", 10),
        ("7440-001-0016-20", 5, "7440-001-0016", "7440-001-0020", 5),
        ("7440-001-0135-0144/65", 10, "7440-001-0135/65", "7440-001-0144/65", 10),
        ("7440-001-0135 ถึง 0144/65", 10, "7440-001-0135/65", "7440-001-0144/65", 10),
        ("7440-001-0001, 0002, 0003", 3, "7440-001-0001", "7440-001-0003", 3),
        ("7440-001-0001\n7440-001-0005", 2, "7440-001-0001", "7440-001-0005", 2),
    ],
)
def test_ranges_and_lists_give_every_number(
    text: str, quantity: int | None, first: str, last: str, count: int
) -> None:
    each = read_numbers(text, quantity).each
    assert (each[0], each[-1], len(each)) == (first, last, count)


@pytest.mark.parametrize("text", ["7440 - 001 - 0041", "๗๔๔๐ – ๐๐๑ – ๐๐๔๑", " 7440-001-0041\u00a0"])
def test_spaces_around_every_dash_make_no_range(text: str) -> None:
    assert read_numbers(text, None).each == ("7440-001-0041",)


@pytest.mark.parametrize(
    ("text", "quantity", "code"),
    [
        ("7440-001-0135 ถึง 0144", 9, "range_mismatch"),
        ("7440-001-0135 ถึง 0144", 1, "range_mismatch"),
        ("7440-001-0135-0144", 5, "range_mismatch"),
        ("7440-001-0144 ถึง 0135", 10, "bad_range"),
        ("7440-001-0001 ถึง 9999", 9999, "bad_range"),
        ("7440-001-0001, 7440-001-0001", 2, "bad_range"),
        ("7" * 61, 1, "number_too_long"),
    ],
)
def test_ranges_that_cannot_be_right_are_refused(text: str, quantity: int, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_numbers(text, quantity)
    assert refused.value.code == code


@given(st.integers(1, 9000), st.integers(2, 300), st.sampled_from(["", "/65", "/2565"]))
def test_a_range_is_as_long_as_its_quantity(start: int, count: int, year: str) -> None:
    text = f"7440-001-{start:04d}{year} ถึง {start + count - 1:04d}"
    each = read_numbers(text, count).each
    assert len(set(each)) == count
    assert each[-1] == f"7440-001-{start + count - 1:04d}{year}"


@given(st.text(alphabet=st.sampled_from("0123456789๐๙-–/, ถึง.~กA\n()") | st.characters()))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    with contextlib.suppress(Problem):
        assert all(0 < len(number) <= 60 for number in read_numbers(text, 2).each)
