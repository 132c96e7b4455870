"""The summary of operations (F09) as an official paper, in Thai with Thai digits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpdesk.figures.advice_states import RESULTS
from helpdesk.figures.periods import Period, month_name
from helpdesk.figures.queries import Line
from helpdesk.figures.summing import Summary, span_of
from kernel import clock
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine

TEMPLATE = Path(__file__).parent / "paper" / "summary.typ"
MOST_SCHOOLS = 80


def paper_of(
    summary: Summary, period: Period, *, office: str, unit: str, problems: str, suggestions: str
) -> bytes:
    """Return the summary as PDF.

    Args:
        summary: counted already.
        period: what it is of.
        office: the name of the office in Thai.
        unit: the name of the school where it is of one only, else empty.
        problems, suggestions: the remarks.
    """
    with speaking("th"):
        whole = summary.whole
        content: dict[str, Any] = {
            "office": office,
            "unit": unit,
            "month": thai_digits(month_name(period.first)) if period.month else "",
            "year": thai_digits(str(period.year)),
            "first": _day(period.first_day),
            "last": _day(period.last_day),
            "made": _day(clock.today()),
            "kinds": [_kind(one) for one in (summary.repairs, summary.advice, whole)],
            "times": _times(whole),
            "cost": thai_digits(f"{whole.cost:,.2f}"),
            "satisfaction": _satisfaction(summary),
            "categories": _lines(summary.categories),
            "schools": _lines(summary.schools[:MOST_SCHOOLS]),
            "symptoms": [[one.label, _number(one.came)] for one in summary.symptoms],
            "results": [str(label) for label in RESULTS.values()],
            "topics": [
                [one.topic, *map(_number, one.by_result), _number(one.count), _number(one.minutes)]
                for one in summary.topics
            ],
            "problems": problems.strip(),
            "suggestions": suggestions.strip(),
        }
        return engine.render(TEMPLATE, content)


def _kind(line: Line) -> list[str]:
    return [_number(line.came), _number(line.ended), _number(line.still_open)]


def _times(line: Line) -> list[list[str]]:
    return [
        [
            *(thai_digits(span_of(value)) for value in (spread.mean, spread.median, spread.p90)),
            _share(share),
        ]
        for spread, share in (
            (line.response, line.response_share),
            (line.resolution, line.resolution_share),
        )
    ]


def _satisfaction(summary: Summary) -> dict[str, str]:
    """Return mean, level and number of ratings; the mean is empty where nobody rated."""
    ratings = summary.whole.ratings
    mean = "" if ratings.mean is None else thai_digits(str(ratings.mean))
    return {"mean": mean, "level": summary.level, "count": _number(ratings.n)}


def _lines(lines: Sequence[Line]) -> list[list[str]]:
    return [
        [one.label, _number(one.came), _number(one.ended), _share(one.resolution_share)]
        for one in lines
    ]


def _number(value: int) -> str:
    return thai_digits(f"{value:,}")


def _share(value: int | None) -> str:
    return "–" if value is None else thai_digits(str(value))


def _day(day: Any) -> str:  # noqa: ANN401 - a date
    return format_date(day, language="th", style="long", digits="thai")
