# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""Book values worked out by hand, with pencil and calendar, for days that are easy to get wrong."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.register.book_value import Convention, book_value, is_below_threshold

A, B, C = Convention.A, Convention.B, Convention.C

WORKED = [
    # 24,000 baht in 3 years is 8,000 a year and 666.666… a month.
    ("A_begins_with_the_month_of_the_15th", A, 24_000, (2024, 3, 15), 3, (2024, 9, 30), "4666.67"),
    ("A_begins_with_the_next_month_from_16th", A, 24_000, (2024, 3, 16), 3, (2024, 9, 30), "4000"),
    ("A_takes_nothing_before_a_month_is_over", A, 24_000, (2024, 3, 15), 3, (2024, 3, 30), "0"),
    ("A_takes_the_month_on_its_last_day", A, 24_000, (2024, 3, 15), 3, (2024, 3, 31), "666.67"),
    # 36,000 in 3 years is 1,000 a month; February 2024 has 29 days.
    ("A_february_of_a_leap_year_is_not_over", A, 36_000, (2024, 2, 1), 3, (2024, 2, 28), "0"),
    ("A_february_of_a_leap_year_is_over", A, 36_000, (2024, 2, 1), 3, (2024, 2, 29), "1000"),
    ("A_the_29th_of_february_waits_for_march", A, 36_000, (2024, 2, 29), 3, (2024, 3, 31), "1000"),
    # 7 + 12 + 12 months are 31, of which the years were rounded: 4,666.67 + 8,000 + 8,000.
    ("A_the_year_before_the_last", A, 24_000, (2024, 3, 15), 3, (2026, 9, 30), "20666.67"),
    ("A_the_day_before_full_age", A, 24_000, (2024, 3, 15), 3, (2027, 2, 27), "23333.34"),
    ("A_the_last_day_takes_the_remainder", A, 24_000, (2024, 3, 15), 3, (2027, 2, 28), "23999"),
    ("A_after_its_life_nothing_changes", A, 24_000, (2024, 3, 15), 3, (2035, 1, 1), "23999"),
    ("A_a_longer_life_takes_400_a_month", A, 24_000, (2024, 3, 15), 5, (2024, 9, 30), "2800"),
    ("A_what_was_given_without_a_price", A, 0, (2024, 3, 15), 3, (2026, 9, 30), "0"),
    ("A_one_baht_stays_one_baht", A, 1, (2024, 3, 15), 3, (2026, 9, 30), "0"),
    # 36,501 - 1 is 36,500 in 365 days: 100 a day. October to 29 February are 152 days.
    ("B_a_leap_day_is_a_day", B, 36_501, (2023, 10, 1), 1, (2024, 2, 29), "15200"),
    ("B_the_day_after_it", B, 36_501, (2023, 10, 1), 1, (2024, 3, 1), "15300"),
    ("B_a_leap_year_takes_no_more_than_365", B, 73_001, (2023, 10, 1), 2, (2024, 9, 30), "36500"),
    # The card of 45,000 baht of 9 October 2539: 11 whole months of 750 baht.
    ("C_counts_whole_months", C, 45_000, (1996, 10, 9), 5, (1997, 9, 30), "8250"),
    ("C_keeps_one_baht", C, 45_000, (1996, 10, 9), 5, (2001, 10, 8), "44999"),
]


@pytest.mark.parametrize(
    ("convention", "cost", "acquired", "life", "on", "taken"),
    [example[1:] for example in WORKED],
    ids=[example[0] for example in WORKED],
)
def test_R_DP1_R_DP3_R_DP5_worked_by_hand(
    convention: Convention,
    cost: int,
    acquired: tuple[int, int, int],
    life: int,
    on: tuple[int, int, int],
    taken: str,
) -> None:
    found = book_value(Decimal(cost), date(*acquired), life, date(*on), convention)
    assert found.accumulated == Decimal(taken)
    assert found.net == Decimal(cost) - Decimal(taken)


def test_R_DP2_each_line_of_the_card_closes_on_30_september() -> None:
    found = book_value(Decimal(24_000), date(2024, 3, 15), 3, date(2030, 1, 1))
    assert [(year.fiscal_year, str(year.amount)) for year in found.years] == [
        (2567, "4666.67"),
        (2568, "8000.00"),
        (2569, "8000.00"),
        (2570, "3332.33"),
    ]


def test_R_DP4_a_struck_off_item_keeps_the_value_of_its_last_day() -> None:
    gone = {"struck_off_on": date(2025, 5, 31)}
    found = book_value(Decimal(24_000), date(2024, 3, 15), 3, date(2026, 9, 30), **gone)
    assert found.accumulated == Decimal("10000.00")
    assert found.this_year == 0


@pytest.mark.parametrize(
    ("acquired", "price", "below"),
    [
        ((2019, 9, 30), "9000.00", False),
        ((2019, 9, 30), "4999.99", True),
        ((2019, 10, 1), "9999.99", True),
        ((2019, 10, 1), "10000.00", False),
        ((2002, 9, 30), "29999.99", True),
        ((2002, 10, 1), "5000.00", False),
    ],
)
def test_R_A1_on_the_days_on_which_the_threshold_changed(
    acquired: tuple[int, int, int], price: str, below: bool
) -> None:
    assert is_below_threshold(date(*acquired), Decimal(price)) is below


COSTS = st.decimals(min_value=0, max_value=9_999_999, places=2)
DAYS = st.dates(date(1997, 1, 1), date(2040, 12, 31))


@given(COSTS, DAYS, st.integers(1, 25), st.sampled_from(Convention), DAYS, st.integers(0, 4000))
def test_R_DP1_taking_off_never_goes_back_nor_below_one_baht(
    cost: Decimal, acquired: date, life: int, convention: Convention, on: date, later: int
) -> None:
    first = book_value(cost, acquired, life, on, convention)
    second = book_value(cost, acquired, life, on + timedelta(days=later), convention)
    assert 0 <= first.accumulated <= second.accumulated <= max(cost - 1, Decimal(0))
    assert sum(year.amount for year in second.years) == second.accumulated
    assert second.net + second.accumulated == cost
