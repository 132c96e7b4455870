"""Figures of answers in five levels, worked by hand and against the standard library."""

from __future__ import annotations

import statistics
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.surveys.scoring import level_of, ranks, score, yamane
from helpdesk.surveys.states import Band


def test_r_e1_the_mean_is_rounded_half_up_before_it_gets_its_level() -> None:
    # 901 of 200 answers: 4.505, which is 4.51 and so the highest level.
    raised = score({5: 101, 4: 99}, Band.USUAL)
    assert (raised.mean, raised.level) == (Decimal("4.51"), 5)
    half = score({5: 1, 4: 1}, Band.USUAL)
    assert (half.mean, half.level) == (Decimal("4.50"), 4)
    # 1752 of 500 answers: 3.504, which is 3.50 and so the third level.
    middle = score({4: 252, 3: 248}, Band.USUAL)
    assert (middle.mean, middle.level) == (Decimal("3.50"), 3)


def test_r_e1_both_bands_name_every_limit() -> None:
    usual = ["4.51", "4.50", "3.51", "3.50", "2.51", "2.50", "1.51", "1.50", "1.00"]
    even = ["4.21", "4.20", "3.41", "3.40", "2.61", "2.60", "1.81", "1.80", "1.00"]
    levels = [5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert [level_of(Decimal(one), Band.USUAL) for one in usual] == levels
    assert [level_of(Decimal(one), Band.EVEN) for one in even] == levels


def test_r_e2_the_deviation_of_answers_worked_by_hand() -> None:
    # 5 4 3: mean 4, squares of the differences 1 + 0 + 1, by n - 1 = 2 gives 1.
    found = score({5: 1, 4: 1, 3: 1}, Band.USUAL)
    assert (found.n, found.mean, found.deviation) == (3, Decimal("4.00"), Decimal("1.00"))


def test_r_e2_one_answer_has_no_deviation_and_none_has_no_mean() -> None:
    assert score({4: 1}, Band.USUAL).deviation is None
    assert score({}, Band.USUAL).mean is None


@given(st.lists(st.integers(1, 5), min_size=2, max_size=60))
def test_r_e2_mean_and_deviation_are_those_of_the_standard_library(answers: list[int]) -> None:
    found = score(Counter(answers), Band.USUAL)
    exact = [Decimal(one) for one in answers]
    hundredth = Decimal("0.01")
    assert found.mean == statistics.mean(exact).quantize(hundredth, ROUND_HALF_UP)
    assert found.deviation is not None
    assert abs(found.deviation - statistics.stdev(exact)) <= Decimal("0.00500001")


def test_r_e2_equal_means_share_a_rank_and_the_next_one_is_left_free() -> None:
    assert ranks([Decimal(4), Decimal(5), None, Decimal(4), Decimal(3)]) == [2, 1, 0, 2, 4]


def test_a_sample_has_the_size_that_yamane_gives() -> None:
    # 1000 / (1 + 1000 × 0.0025) = 285.7; the table of Yamane says 286.
    assert (yamane(1000), yamane(1), yamane(0)) == (286, 1, 0)
