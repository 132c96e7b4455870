"""The nine processes in a fiscal year: programmes, the budget, trainings, and what surveys said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from helpdesk.desk import access
from helpdesk.figures.periods import Period
from helpdesk.programmes import access as programmes_access
from helpdesk.programmes import sources
from helpdesk.programmes.models import Programme, ProgrammeStep
from helpdesk.programmes.states import SETTLED, State
from helpdesk.purchases import access as purchases_access
from helpdesk.purchases import queries as purchases
from helpdesk.surveys.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from helpdesk.surveys.states import FEWEST, Sort
from kernel import clock
from kernel.access import Viewer
from kernel.db import db

COUNTED = ("trainings", "people_trained", "training_hours", "surveys", "survey_answers")
GOING_ON = (State.DRAFT, State.PROPOSED, State.RUNNING)


@dataclass(frozen=True)
class Money:
    """The budgets of a year together, in baht."""

    amount: Decimal
    reserved: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be promised."""
        return self.amount - self.reserved - self.spent


@dataclass(frozen=True)
class Processes:
    """What the processes came to.

    ``programmes`` counts by process and state; ``money`` is None for who may not see budgets;
    ``counted`` holds the figures of ``COUNTED``; ``level`` is the mean of all answers in five
    levels to the surveys of the year, without surveys that too few have answered (R-E3).
    """

    programmes: Mapping[tuple[int, str], int]
    late_steps: int
    money: Money | None
    counted: Mapping[str, int]
    level: Decimal | None
    answers: int

    def total(self, *states: State, process: int = 0) -> int:
        """Return how many programmes are in one of the states; of one process where it is said."""
        return sum(
            count
            for (number, state), count in self.programmes.items()
            if state in states and process in (0, number)
        )


def count(viewer: Viewer, period: Period) -> Processes:
    """Return what the processes came to in a year, as far as the viewer's rights reach."""
    reach = viewer.scope(access.YEAR).units
    days = sources.Period(period.first_day, period.last_day, reach)
    mean, answers = _level(period)
    return Processes(
        programmes=_programmes(viewer, period),
        late_steps=_late_steps(viewer, period),
        money=money(viewer, period),
        counted=sources.counted(COUNTED, days),
        level=mean,
        answers=answers,
    )


def _programmes(viewer: Viewer, period: Period) -> dict[tuple[int, str], int]:
    rows = db.session.execute(
        select(Programme.process_no, Programme.state, func.count())
        .where(Programme.fiscal_year == period.year, programmes_access.visible(viewer))
        .group_by(Programme.process_no, Programme.state)
    )
    return {(number, str(state)): count for number, state, count in rows}


def _late_steps(viewer: Viewer, period: Period) -> int:
    late = (
        select(func.count())
        .select_from(ProgrammeStep)
        .join(Programme, Programme.id == ProgrammeStep.programme_id)
        .where(
            ProgrammeStep.state.not_in(SETTLED),
            ProgrammeStep.due_on < clock.today(),
            Programme.fiscal_year == period.year,
            Programme.state.in_(GOING_ON),
            programmes_access.visible(viewer),
        )
    )
    return db.session.scalar(late) or 0


def money(viewer: Viewer, period: Period) -> Money | None:
    """Return the budgets of a year together; None for who may not see them."""
    if not viewer.may(purchases_access.BUDGETS):
        return None
    found = purchases.budgets(viewer, period.year)
    nothing = Decimal(0)
    return Money(
        sum((one.budget.amount for one in found), nothing),
        sum((one.reserved for one in found), nothing),
        sum((one.spent for one in found), nothing),
    )


def _level(period: Period) -> tuple[Decimal | None, int]:
    told = (
        select(SurveyResponse.survey_id)
        .join(Survey, Survey.id == SurveyResponse.survey_id)
        .where(Survey.opened_on.between(period.first_day, period.last_day))
        .group_by(SurveyResponse.survey_id)
        .having(func.count() >= FEWEST)
    )
    total, answers = db.session.execute(
        select(func.sum(SurveyAnswer.figure), func.count())
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id.in_(told), SurveyQuestion.sort == Sort.SCALE)
    ).one()
    if not answers:
        return None, 0
    return (Decimal(int(total or 0)) / answers).quantize(Decimal("0.01")), answers
