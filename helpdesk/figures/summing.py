"""What the summary of operations (F09) says of a period: counted from the rows of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from helpdesk.figures import advice_queries, queries
from helpdesk.figures.advice_states import RESULTS
from helpdesk.figures.queries import Asked, By, Line
from helpdesk.figures.summary_models import OperationSummary
from helpdesk.tickets.states import Kind
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

TOP = 10
# The bands of the mean (R-E1): from which mean on, rounded to two decimals first.
BANDS = (
    (Decimal("4.51"), _l("very high")),
    (Decimal("3.51"), _l("high")),
    (Decimal("2.51"), _l("medium")),
    (Decimal("1.51"), _l("low")),
    (Decimal("1.00"), _l("very low")),
)


@dataclass(frozen=True)
class TopicLine:
    """Consultations about one topic: how many of each result, all together, and their minutes."""

    topic: str
    by_result: Sequence[int]
    count: int
    minutes: int


@dataclass(frozen=True)
class Summary:
    """All that the summary of a period says."""

    whole: Line
    repairs: Line
    advice: Line
    categories: Sequence[Line]
    schools: Sequence[Line]
    symptoms: Sequence[Line]
    topics: Sequence[TopicLine]

    @property
    def level(self) -> str:
        """The level of satisfaction in words; empty where nobody rated."""
        return level_of(self.whole.ratings.mean)


def level_of(mean: Decimal | None) -> str:
    """Return the word for a mean of satisfaction that is rounded already (R-E1)."""
    if mean is None:
        return ""
    return next((str(word) for least, word in BANDS if mean >= least), str(BANDS[-1][1]))


def summary_of(viewer: Viewer, asked: Asked) -> Summary:
    """Count a period within what the viewer may see.

    Args:
        viewer: whose scope holds.
        asked: the period and, where it is of one unit only, that unit.
    """
    told = queries.by_each(viewer, asked, (By.KIND, By.CATEGORY, By.SCHOOL, By.SYMPTOM))
    kinds = {one.key: one for one in told[By.KIND]}
    repairs, advice = kinds.get(Kind.REPAIR, Line()), kinds.get(Kind.ADVICE, Line())
    whole = queries.total([repairs, advice])
    whole.still_open = repairs.still_open + advice.still_open
    return Summary(
        whole=whole,
        repairs=repairs,
        advice=advice,
        categories=_of_period(told[By.CATEGORY]),
        schools=_of_period(told[By.SCHOOL]),
        symptoms=_of_period(told[By.SYMPTOM])[:TOP],
        topics=topics_of(viewer, asked),
    )


def _of_period(lines: Sequence[Line]) -> list[Line]:
    return [one for one in lines if one.came or one.ended]


def topics_of(viewer: Viewer, asked: Asked) -> list[TopicLine]:
    """Return the consultations of a period by topic, the most first."""
    names = advice_queries.topic_names(advice_queries.topics())
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for topic, result, count, minutes in advice_queries.counts(viewer, asked):
        found.setdefault(topic, {})[result] = (count, minutes)
    lines = [
        TopicLine(
            names.get(topic, topic),
            [results.get(str(one), (0, 0))[0] for one in RESULTS],
            sum(count for count, _minutes in results.values()),
            sum(minutes for _count, minutes in results.values()),
        )
        for topic, results in found.items()
    ]
    return sorted(lines, key=lambda one: (-one.count, one.topic))


def code_of(asked: Asked) -> str:
    """Return the code under which remarks on a period are kept."""
    return f"{asked.period.code}/{asked.unit_id}" if asked.unit_id else asked.period.code


def remarks_on(asked: Asked) -> OperationSummary | None:
    """Return what people added to the summary of a period."""
    return db.session.scalar(
        select(OperationSummary).where(OperationSummary.code == code_of(asked))
    )


def span_of(minutes: Decimal | int | None) -> str:
    """Return working minutes in words of hours and minutes, for a paper."""
    if minutes is None:
        return "–"
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    return _("%(hours)s h", hours=hours) + (
        " " + _("%(minutes)s min", minutes=rest) if rest else ""
    )
