# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""Book value by the rules R-A and R-DP: the check figures of the domain, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.register.book_value import (
    Convention,
    book_value,
    is_below_threshold,
    threshold_for,
)

A, B, C = Convention.A, Convention.B, Convention.C
PRICE = Decimal("24000.00")
AFTERWARDS = date(2060, 1, 1)
amounts = st.decimals(Decimal(0), Decimal(3_000_000), places=2)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
lives = st.integers(1, 25)
conventions = st.sampled_from(Convention)


def baht(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def yearly(acquired_on: date, convention: Convention = A, **more: object) -> list[Decimal]:
    cost, life = Decimal(str(more.get("cost", PRICE))), int(str(more.get("life", 3)))
    done = book_value(cost, acquired_on, life, AFTERWARDS, convention)
    return [year.amount for year in done.years]


def accumulated(
    acquired_on: date, on: date, convention: Convention = A, cost: Decimal = PRICE, life: int = 3
) -> Decimal:
    return book_value(cost, acquired_on, life, on, convention).accumulated


@pytest.mark.parametrize(
    ("acquired_on", "price", "below"),
    [
        (date(2019, 9, 30), "9000.00", False),
        (date(2019, 10, 1), "9999.99", True),
        (date(2019, 10, 1), "10000.00", False),
        (date(2019, 9, 30), "4999.99", True),
        (date(2019, 9, 30), "5000.00", False),
        (date(2002, 9, 30), "29999.99", True),
        (date(2002, 9, 30), "30000.00", False),
        (date(2002, 10, 1), "5000.00", False),
        (date(1996, 9, 30), "1.00", False),
    ],
)
def test_R_A1_the_threshold_is_that_of_the_fiscal_year_of_acquisition(
    acquired_on: date, price: str, below: bool
) -> None:
    assert is_below_threshold(acquired_on, Decimal(price)) is below


def test_R_A1_no_threshold_is_on_record_before_the_fiscal_year_2540() -> None:
    assert threshold_for(date(1996, 9, 30)) is None
    assert threshold_for(date(1996, 10, 1)) == Decimal("30000.00")


@pytest.mark.parametrize("convention", Convention)
def test_R_DP1_one_baht_stays_at_full_age(convention: Convention) -> None:
    old = book_value(PRICE, date(2024, 3, 15), 3, AFTERWARDS, convention)
    assert (old.net, old.accumulated) == (Decimal("1.00"), Decimal("23999.00"))


@pytest.mark.parametrize("cost", ["0.00", "0.50", "1.00"])
def test_R_DP1_what_costs_a_baht_or_less_never_ages(cost: str) -> None:
    old = book_value(Decimal(cost), date(2024, 3, 15), 3, AFTERWARDS)
    assert (old.net, old.accumulated) == (Decimal(cost), Decimal(0))


def test_R_DP2_years_close_on_30_september() -> None:
    last_of_year = book_value(PRICE, date(2024, 3, 15), 3, date(2025, 9, 30))
    first_of_next = book_value(PRICE, date(2024, 3, 15), 3, date(2025, 10, 1))
    assert [year.fiscal_year for year in last_of_year.years] == [2567, 2568]
    assert last_of_year.this_year == Decimal("8000.00")
    assert [year.fiscal_year for year in first_of_next.years] == [2567, 2568, 2569]
    assert first_of_next.this_year == 0
    assert first_of_next.accumulated == last_of_year.accumulated == Decimal("12666.67")


def test_R_DP3_half_a_satang_goes_up_and_the_last_year_takes_the_remainder() -> None:
    # 100.06 over 4 years is 25.015 a year.
    assert yearly(date(2023, 10, 1), cost="100.06", life=4) == baht(
        "25.02", "25.02", "25.02", "24.00"
    )


def test_R_DP4_what_is_below_the_threshold_keeps_its_cost() -> None:
    kept = book_value(Decimal("900.00"), date(2024, 3, 15), 3, AFTERWARDS, below_threshold=True)
    assert (kept.net, kept.years) == (Decimal("900.00"), ())


def test_R_DP4_land_keeps_its_cost_and_needs_no_life() -> None:
    land = book_value(Decimal(500_000), date(1990, 1, 1), None, AFTERWARDS, land=True)
    assert (land.net, land.accumulated) == (Decimal("500000.00"), Decimal(0))


@pytest.mark.parametrize("convention", Convention)
def test_R_DP4_nothing_ages_after_the_day_of_disposal(convention: Convention) -> None:
    struck_off_on = date(2025, 6, 30)
    on_that_day = book_value(PRICE, date(2024, 3, 15), 3, struck_off_on, convention)
    later = book_value(
        PRICE, date(2024, 3, 15), 3, AFTERWARDS, convention, struck_off_on=struck_off_on
    )
    assert later.net == on_that_day.net > Decimal("1.00")
    assert later.this_year == 0


def test_R_DP5_the_convention_is_kept_with_the_figures() -> None:
    assert book_value(PRICE, date(2024, 3, 15), 3, AFTERWARDS).convention == A
    assert book_value(PRICE, date(2024, 3, 15), 3, AFTERWARDS, B).convention == B


def test_R_DP5_convention_A_counts_the_month_of_a_day_up_to_the_15th() -> None:
    assert yearly(date(2024, 3, 15)) == baht("4666.67", "8000", "8000", "3332.33")


def test_R_DP5_convention_A_begins_in_the_next_month_from_the_16th() -> None:
    assert yearly(date(2024, 3, 16)) == baht("4000", "8000", "8000", "3999")


@pytest.mark.parametrize("day", [16, 30])
def test_R_DP5_convention_A_late_september_begins_with_the_next_fiscal_year(day: int) -> None:
    done = book_value(PRICE, date(2024, 9, day), 3, AFTERWARDS)
    assert [year.amount for year in done.years] == baht("8000", "8000", "7999")
    assert done.years[0].fiscal_year == 2568


def test_R_DP5_convention_B_counts_days_of_365_on_the_cost_less_one_baht() -> None:
    assert yearly(date(2024, 3, 15), B) == baht("4383.38", "7999.67", "7999.67", "3616.28")


def test_R_DP5_convention_C_counts_complete_months() -> None:
    acquired_on, cost = date(1996, 10, 9), Decimal(45_000)
    assert accumulated(acquired_on, date(1997, 9, 30), C, cost, 5) == Decimal("8250.00")
    assert accumulated(acquired_on, AFTERWARDS, C, cost, 5) == Decimal("44999.00")


@pytest.mark.parametrize(
    ("on", "taken"),
    [
        # 24,000 over 3 years is 666.67 a month; the item came on 16 January and begins to age on
        # 1 February of a leap year, so its first month is over on the 29th.
        (date(2024, 2, 28), "0.00"),
        (date(2024, 2, 29), "666.67"),
        (date(2024, 3, 30), "666.67"),
        (date(2024, 3, 31), "1333.33"),
        (date(2027, 1, 30), "23333.33"),
        (date(2027, 1, 31), "23999.00"),
    ],
)
def test_R_DP5_convention_A_takes_a_month_on_its_last_day(on: date, taken: str) -> None:
    assert accumulated(date(2024, 1, 16), on) == Decimal(taken)


@pytest.mark.parametrize(
    ("acquired_on", "on", "taken"),
    [
        # 3,651.00 over one year is 10.00 a day. A leap year's 366th day takes nothing more.
        (date(2023, 10, 1), date(2023, 10, 1), "10.00"),
        (date(2024, 2, 28), date(2024, 2, 29), "20.00"),
        (date(2023, 10, 1), date(2024, 9, 29), "3650.00"),
        # What came on 29 February has its full age on 28 February: 366 days, 3,650 in all.
        (date(2024, 2, 29), date(2025, 2, 26), "3640.00"),
        (date(2024, 2, 29), date(2025, 2, 28), "3650.00"),
    ],
)
def test_R_DP5_convention_B_takes_every_day_its_part(
    acquired_on: date, on: date, taken: str
) -> None:
    assert accumulated(acquired_on, on, B, Decimal(3651), 1) == Decimal(taken)


@pytest.mark.parametrize(
    ("on", "taken"),
    [
        # Acquired on 31 January 2024: the first month is over on the last day of February.
        (date(2024, 2, 28), "0.00"),
        (date(2024, 2, 29), "1000.00"),
        (date(2024, 3, 29), "1000.00"),
        (date(2024, 3, 30), "2000.00"),
        (date(2024, 4, 30), "3000.00"),
        (date(2025, 1, 29), "11000.00"),
        (date(2025, 1, 30), "11999.00"),
    ],
)
def test_R_DP5_convention_C_ends_short_months_on_their_last_day(on: date, taken: str) -> None:
    assert accumulated(date(2024, 1, 31), on, C, Decimal(12_000), 1) == Decimal(taken)


@pytest.mark.parametrize("convention", Convention)
def test_before_its_day_an_item_is_worth_its_cost(convention: Convention) -> None:
    value = book_value(PRICE, date(2024, 3, 15), 3, date(2023, 3, 15), convention)
    assert (value.net, value.years) == (PRICE, ())


@pytest.mark.parametrize("life", [None, 0, -1])
def test_what_ages_needs_a_life(life: int | None) -> None:
    with pytest.raises(ValueError, match="useful life"):
        book_value(PRICE, date(2024, 3, 15), life, AFTERWARDS)


@pytest.mark.parametrize("cost", ["-0.01", "1.001"])
def test_a_cost_is_an_amount_of_whole_satang(cost: str) -> None:
    with pytest.raises(ValueError, match="a cost is not negative"):
        book_value(Decimal(cost), date(2024, 3, 15), 3, AFTERWARDS)


@given(amounts, days, lives, days, conventions)
def test_the_years_add_up_and_nothing_falls_below_what_is_kept(
    cost: Decimal, acquired_on: date, life: int, on: date, convention: Convention
) -> None:
    value = book_value(cost, acquired_on, life, on, convention)
    assert sum(year.amount for year in value.years) == value.accumulated
    assert value.accumulated + value.net == cost
    assert all(year.amount >= 0 for year in value.years)
    assert value.net >= min(cost, Decimal(1))


@given(amounts, days, lives, days, st.integers(0, 800), conventions)
def test_a_later_day_never_has_a_higher_value(
    cost: Decimal, acquired_on: date, life: int, on: date, later: int, convention: Convention
) -> None:
    now = book_value(cost, acquired_on, life, on, convention)
    then = book_value(cost, acquired_on, life, on + timedelta(days=later), convention)
    assert then.net <= now.net
    closed = now.years[:-1]
    assert then.years[: len(closed)] == closed


@given(amounts, days, lives, conventions)
def test_a_month_after_its_life_an_item_keeps_one_baht(
    cost: Decimal, acquired_on: date, life: int, convention: Convention
) -> None:
    done = date(acquired_on.year + life, acquired_on.month, 1) + timedelta(days=62)
    assert book_value(cost, acquired_on, life, done, convention).net == min(cost, Decimal(1))
