"""Medians and the like, against a slow calculation; periods; charts."""

from __future__ import annotations

import statistics
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.figures.charts import Series, columns, nice_top
from helpdesk.figures.periods import Period, period_asked
from helpdesk.figures.spread import Spread, together
from kernel import clock


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_a_spread_tells_what_a_sorted_list_tells(values: list[int]) -> None:
    halves = Spread(), Spread()
    for at, value in enumerate(values):
        halves[at % 2].add(value)
    spread = together(halves)
    in_order = sorted(values)
    assert spread.n == len(values)
    assert float(spread.median or 0) == statistics.median(values)
    under = [v for v in in_order if sum(o <= v for o in in_order) * 10 >= len(values) * 9]
    assert spread.p90 == under[0]
    assert abs(float(spread.mean or 0) - statistics.fmean(values)) <= 0.005001


def test_nothing_has_no_median() -> None:
    assert (Spread().median, Spread().p90, Spread().mean, Spread().n) == (None, None, None, 0)


def test_the_mean_is_rounded_half_up_as_surveys_are() -> None:
    spread = Spread({4: 199, 5: 1})
    assert spread.mean == Decimal("4.01")


def test_a_fiscal_year_begins_in_october() -> None:
    year = Period(2570)
    assert (year.first, year.last, len(year.months)) == (202610, 202709, 12)
    assert (year.first_day, year.last_day) == (date(2026, 10, 1), date(2027, 9, 30))
    assert Period(2570, 12).first == 202612
    assert Period(2570, 2).last_day == date(2027, 2, 28)
    assert Period(2567, 2).last_day == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("year", "month", "found"),
    [
        ("2569", "", "2569"),
        ("2569", "3", "2569-03"),
        ("", "", "2570"),
        ("9999", "13", "2570"),
        ("๒๕๖๙", "x", "2569"),
        ("-1", "-1", "2570"),
        ("", "99", "2570"),
    ],
)
def test_nonsense_in_the_address_asks_for_the_present_year(
    year: str, month: str, found: str
) -> None:
    with clock.frozen(datetime(2026, 11, 23, 3, tzinfo=UTC)):
        assert period_asked(year, month).code == found


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 1), (3, 3), (4, 4), (7, 8), (99, 100), (1234, 1500)]
)
def test_an_axis_ends_at_a_round_number_that_is_high_enough(largest: int, top: int) -> None:
    assert nice_top(largest)[0] == top


def test_a_chart_is_whole_xml_with_a_title_and_no_style_of_its_own() -> None:
    series = [Series("<มา>", [0, 5], "first"), Series("b", [1, 2], "line")]
    drawn = columns("งาน <เข้า>", ["ต.ค.", "พ.ย."], series, chart_id="c")
    root = ET.fromstring(str(drawn))  # noqa: S314 - our own drawing
    assert root.attrib["aria-labelledby"] == root[0].attrib["id"]
    assert root[0].text == "งาน <เข้า>"
    assert "style=" not in drawn
    assert len(root.findall("rect")) == 2
