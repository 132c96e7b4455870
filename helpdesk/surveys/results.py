"""What came of a survey: one table for the page, the chart, the report and the workbook (R-E2).

Where answers are anonymous and a group has fewer than three, nothing of it is told (R-E3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from helpdesk.surveys import queries
from helpdesk.surveys.models import Survey, SurveyQuestion
from helpdesk.surveys.scoring import Score, half_up, ranks, score, together
from helpdesk.surveys.states import FEWEST, LEVELS, Band, Sort
from kernel.db import db
from kernel.i18n import gettext as _

DASH = "-"
# Stands in raw answers for what fewer than three people have in common.
FEW: Any = object()


@dataclass(frozen=True)
class Line:
    """One row of the table.

    ``rank`` is its place inside its aspect, ``before`` the mean of the earlier survey.
    """

    label: str
    score: Score
    rank: int = 0
    before: Decimal | None = None

    @property
    def mean(self) -> str:
        """The mean as it is shown."""
        return DASH if self.score.mean is None else str(self.score.mean)

    @property
    def deviation(self) -> str:
        """The standard deviation as it is shown; “-” for one answer."""
        return DASH if self.score.deviation is None else str(self.score.deviation)

    @property
    def level(self) -> str:
        """The name of the level."""
        return str(LEVELS[self.score.level]) if self.score.level else DASH

    @property
    def change(self) -> str:
        """How the mean differs from last year's, with its sign."""
        if self.before is None or self.score.mean is None:
            return DASH
        return f"{self.score.mean - self.before:+.2f}"


@dataclass(frozen=True)
class Aspect:
    """The items of one aspect with their sub-total."""

    name: str
    lines: list[Line]
    total: Line


@dataclass(frozen=True)
class Tally:
    """How often each choice was taken, or the figures of a number; ``rows`` are label and count."""

    question: SurveyQuestion
    n: int
    rows: list[tuple[str, int | None]]
    mean: str = ""
    total: int = 0


@dataclass(frozen=True)
class Group:
    """What one group of people answered on the whole; ``line`` is None where it is hidden."""

    label: str
    line: Line | None


@dataclass(frozen=True)
class Results:
    """Everything that is told of a survey; ``hidden`` where too few have answered to tell it."""

    n: int
    hidden: bool
    rate: Decimal | None
    aspects: list[Aspect] = field(default_factory=list)
    whole: Line | None = None
    tallies: list[Tally] = field(default_factory=list)
    words: list[tuple[SurveyQuestion, list[str]]] = field(default_factory=list)

    @property
    def compared(self) -> bool:
        """There is a survey of an earlier year to compare with."""
        return self.whole is not None and self.whole.before is not None


def of(survey: Survey) -> Results:
    """Return the results of a survey."""
    n = queries.response_count(survey)
    asked = survey.invited
    rate = half_up(Fraction(n * 100, asked)) if asked else None
    if n == 0 or (survey.anonymous and n < FEWEST):
        return Results(n, hidden=n > 0, rate=rate)
    counted, before = queries.answers_counted(survey), _earlier(survey)
    aspects = _aspects(survey, counted, before)
    scales = [one for one in survey.questions if one.sort == Sort.SCALE]
    whole = None
    if scales:
        earlier = together(before.get(one.twin_id or 0, Counter()) for one in scales)
        parts = (counted.get(one.id, Counter()) for one in scales)
        whole = _line(survey, _("On the whole"), together(parts), earlier)
    words = queries.words_of(survey)
    return Results(
        n,
        hidden=False,
        rate=rate,
        aspects=aspects,
        whole=whole,
        tallies=_tallies(survey, counted),
        words=[(one, words.get(one.id, [])) for one in survey.questions if one.sort == Sort.TEXT],
    )


def _earlier(survey: Survey) -> dict[int, Counter[int]]:
    """Return the counts of the survey it is compared with; none where those are too few to tell."""
    if survey.previous_id is None:
        return {}
    previous = db.session.get_one(Survey, survey.previous_id)
    if previous.anonymous and queries.response_count(previous) < FEWEST:
        return {}
    return queries.answers_counted(previous)


def _line(
    survey: Survey, label: str, counted: Counter[int], before: Counter[int], rank: int = 0
) -> Line:
    band = Band(survey.band)
    return Line(label, score(counted, band), rank, score(before, band).mean)


def _aspects(
    survey: Survey, counted: dict[int, Counter[int]], before: dict[int, Counter[int]]
) -> list[Aspect]:
    items: dict[str, list[SurveyQuestion]] = {}
    for question in survey.questions:
        if question.sort == Sort.SCALE:
            items.setdefault(question.aspect, []).append(question)
    found = []
    for name, questions in items.items():
        nothing: Counter[int] = Counter()
        own = [counted.get(one.id, nothing) for one in questions]
        old = [before.get(one.twin_id or 0, nothing) for one in questions]
        places = ranks([score(one, Band(survey.band)).mean for one in own])
        lines = [
            _line(survey, question.text, mine, earlier, rank)
            for question, mine, earlier, rank in zip(questions, own, old, places, strict=True)
        ]
        total = _line(survey, _("Sub-total"), together(own), together(old))
        found.append(Aspect(name, lines, total))
    return found


def _tallies(survey: Survey, counted: dict[int, Counter[int]]) -> list[Tally]:
    units = {
        figure
        for question in survey.questions
        if question.sort == Sort.UNIT
        for figure in counted.get(question.id, ())
    }
    names = queries.unit_names(units) if units else {}
    found = []
    for question in survey.questions:
        own = counted.get(question.id, Counter())
        n = sum(own.values())
        if question.sort == Sort.NUMBER:
            total = sum(figure * count for figure, count in own.items())
            mean = str(half_up(Fraction(total, n))) if n else DASH
            found.append(Tally(question, n, [], mean, total))
        elif question.sort in (Sort.CHOICE, Sort.UNIT):
            hidden = hidden_groups(own) if survey.anonymous else set()
            rows = [
                (label, None if figure in hidden else own[figure])
                for figure, label in _labels(question, own, names)
            ]
            found.append(Tally(question, n, rows))
    return found


def _labels(
    question: SurveyQuestion, own: Counter[int], names: dict[int, str]
) -> list[tuple[int, str]]:
    if question.sort == Sort.CHOICE:
        return list(enumerate(question.choice_words))
    return [(one, names.get(one, str(one))) for one in sorted(own)]


def groups(survey: Survey, question: SurveyQuestion) -> list[Group]:
    """Return what each group answered; of an anonymous survey no group of fewer than three.

    Where exactly one group is too small, the next smallest is hidden with it: else it could be
    worked out from the whole.
    """
    sizes = queries.answers_counted(survey).get(question.id, Counter())
    found = queries.answers_by_group(survey, question.id)
    names = queries.unit_names(sizes) if question.sort == Sort.UNIT else {}
    hidden = hidden_groups(sizes) if survey.anonymous else set()
    return [
        Group(
            label,
            None
            if figure in hidden
            else _line(survey, label, found.get(figure, Counter()), Counter()),
        )
        for figure, label in _labels(question, sizes, names)
    ]


def hidden_groups(sizes: Counter[int]) -> set[int]:
    """Return the groups of which nothing is told, by how many answers each has."""
    small = {figure for figure, count in sizes.items() if 0 < count < FEWEST}
    rest = sorted((count, figure) for figure, count in sizes.items() if count >= FEWEST)
    if small and rest and sum(sizes[one] for one in small) < FEWEST:
        small.add(rest[0][1])
    return small


def blur(survey: Survey, rows: Sequence[dict[int, Any]]) -> None:
    """Take out of raw answers what few people have in common, so that no row tells whose it is.

    A form whose school, choices and the like are shared by fewer than three loses all of them: each
    alone may be common, and together they name one person. So does a number few people gave.
    """
    numbers = [[one.id] for one in survey.questions if one.sort == Sort.NUMBER]
    for parting in ([one.id for one in grouping(survey)], *numbers):
        said = [tuple(row.get(one) for one in parting) for row in rows]
        place = {one: at for at, one in enumerate(dict.fromkeys(said))}
        hidden = hidden_groups(Counter(place[one] for one in said))
        for row, one in zip(rows, said, strict=True):
            if place[one] in hidden:
                row.update((question, FEW) for question in parting if question in row)


def grouping(survey: Survey) -> Sequence[SurveyQuestion]:
    """Return the questions that part people into groups."""
    return [one for one in survey.questions if one.sort in (Sort.CHOICE, Sort.UNIT)]
