"""Process 5 of the demonstration, walked from the working group to the acknowledged report.

With it come a programme under way and a draft, a survey that takes answers, a coming training.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

from helpdesk.demonstration import script
from helpdesk.demonstration.borrowings import acting, asked
from helpdesk.demonstration.cast import ICT_GROUP, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.programmes import queries as programmes
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import (
    drafting,
    grouping,
    logging,
    planning,
    proposing,
    reporting,
    stepping,
    telling,
)
from helpdesk.programmes.states import Duty, LogKind, StepAction
from helpdesk.surveys.models import Survey, SurveyInvitation
from helpdesk.surveys.rules import answering, opening
from helpdesk.surveys.rules import drafting as surveys
from helpdesk.surveys.rules import reporting as evaluating
from helpdesk.surveys.states import Sort
from helpdesk.trainings import queries as trainings
from helpdesk.trainings.models import TrainingSession
from helpdesk.trainings.rules import arranging, enrolling, holding
from kernel import clock
from kernel.db import db
from kernel.forms import new_key
from kernel.thai import fiscal_year
from office.approvals.models import Approval
from office.approvals.rules import moving, signing
from office.approvals.states import State as ApprovalState

TRAINING_DAY = 12
SOON = timedelta(minutes=5)


@dataclass
class Developing:
    """Plans the days of the process; each step is one unit of work."""

    cast: Cast
    diary: Diary
    _data: dict[str, Any] = field(default_factory=dict)
    _programme: int = 0
    _session: int = 0
    _survey: int = 0

    def plan(self) -> None:
        """Put every day of it into the diary, counted in days before the end."""
        text = (script.DATA / "developing.json").read_text(encoding="utf-8")
        self._data = json.loads(text)
        for days, act in (
            (26, self._begin),
            (25, self._propose),
            (24, self._decide),
            (23, self._carry_out),
            (22, self._enrol),
            (TRAINING_DAY, self._hold),
            (9, self._answer),
            (6, self._evaluate),
            (5, self._report),
            (4, self._decide_report),
            (20, self._others),
            (3, self._coming),
        ):
            self.diary.plan(self._at(days), act)

    def _at(self, days: int) -> datetime:
        """Return ten in the morning so many days before the end."""
        day = clock.local(self.diary.end).date() - timedelta(days=days)
        return clock.at(day, datetime.min.time().replace(hour=10))

    def _day(self, days: int) -> date:
        return clock.local(self._at(days)).date()

    @property
    def _owner(self) -> Any:  # noqa: ANN401 - the one who acts
        return self.cast.viewer(self._data["owner"])

    def _found(self) -> Programme:
        return db.session.get_one(Programme, self._programme)

    def _draft(self, said: dict[str, Any]) -> Programme:
        today = clock.today()
        year = fiscal_year(today)
        draft = drafting.Draft(
            process_no=said["process_no"],
            fiscal_year=year,
            name=said["name"],
            objective=said["objective"],
            targets=said["targets"],
            unit_id=self.cast.units[ICT_GROUP],
            owner=self.cast.person(self._data["owner"]),
            starts_on=today,
            ends_on=date(year - 543, 9, 30),
            budget=Decimal(said["budget"]),
        )
        return drafting.begin(draft, by=self._owner)

    def _begin(self) -> None:
        programme, by = self._draft(self._data["programme"]), self._owner
        db.session.flush()  # the later steps find the programme by its id
        self._programme = programme.id
        # The owner is in the group already, as its chair.
        for name, duty in self._data["members"].items():
            grouping.add_member(programme, self.cast.person(name), Duty(duty), "", by=by)
        order_no = self._data["order_no"]
        grouping.write_order(programme, order_no, clock.today(), anyway=True, by=by)

    def _propose(self) -> None:
        programme, by = self._found(), self._owner
        for title, first, last, budget in self._data["activities"]:
            days = self._day(first), self._day(last)
            line = planning.Line(title, *days, None, Decimal(budget))
            planning.plan_activity(programme, line, by=by)
        for name, unit, target, source in self._data["indicators"]:
            planning.set_indicator(programme, name, unit, Decimal(target), source, by=by)
        db.session.flush()  # the plan is read as it is proposed
        proposing.propose(programme, by=by)

    def _decide(self) -> None:
        self._sign(self._found().approval_id)

    @staticmethod
    def _sign(approval_id: int | None) -> None:
        """Let everybody who is asked approve, one after the other."""
        approval = db.session.get_one(Approval, approval_id)
        while approval.state == ApprovalState.WAITING:
            step = moving.open_step(approval)
            signing.approve(approval, by=acting(asked(approval)), step_id=step.id)
            db.session.flush()  # the next one is asked by the rows

    def _carry_out(self) -> None:
        programme, by = self._found(), self._owner
        for number in (1, 2, 4):
            step = stepping.step_of(programme, number)
            stepping.move(programme, step, StepAction.FINISH, by=by)
        concerned = [self.cast.person(name) for name in self._data["people"]]
        subject, words = self._data["notice"]
        telling.tell(programme, subject, words, concerned, by=by)
        session = self._session_of(self._data["course"], self._day(TRAINING_DAY))
        self._session = session.id
        evaluation = surveys.make({"audience": "after_training"}, by=by, template="training")
        opening.open_survey(evaluation, by=by)
        self._survey = evaluation.id

    def _session_of(self, course: dict[str, Any], day: date) -> TrainingSession:
        fields = {**self._data["session"], "first_day": day, "last_day": day}
        made = arranging.add_course(course, by=self._owner)
        session = arranging.plan(made, fields, by=self._owner)
        db.session.flush()  # places are taken by the id of the session
        return session

    def _enrol(self) -> None:
        for name in self._data["people"]:
            person = self.cast.person(name)
            enrolling.enrol(self._session, person, by=self.cast.viewer(name))

    def _hold(self) -> None:
        session, by = db.session.get_one(TrainingSession, self._session), self._owner
        absent = {self.cast.ids[name] for name in self._data["absent"]}
        for place in trainings.enrolments(session):
            if place.state == "enrolled" and place.person_id not in absent:
                holding.note(place, clock.today(), by=by, by_hand=False)
        db.session.flush()  # who was there is read from the rows
        holding.finish(session, by=by)
        programme = self._found()
        for line in programmes.activities_of(programme.id)[:2]:
            planning.finish_activity(programme, line.id, line.budget, dropped=False, by=by)
        for kind, days, words in self._data["log"]:
            day = self._day(days)
            logging.log(programme, LogKind(kind), day, words, (), activity_id=None, by=by)

    def _answer(self) -> None:
        survey = db.session.get_one(Survey, self._survey)
        tokens = db.session.scalars(
            select(SurveyInvitation.token)
            .where(SurveyInvitation.survey_id == survey.id)
            .order_by(SurveyInvitation.person_id)
        ).all()
        for token, levels in zip(tokens, self._data["levels"], strict=False):
            answering.answer(survey, _given(survey, levels), key=new_key(), token=token)

    def _evaluate(self) -> None:
        survey, by = db.session.get_one(Survey, self._survey), self._owner
        opening.close(survey, by=by)
        report = evaluating.begin(survey, by=by)
        db.session.flush()  # the approval names the report
        evaluating.write(report, {"summary": self._data["survey_summary"]}, by=by)
        evaluating.send(report, by=by)
        self.diary.plan(clock.now() + SOON, partial(self._sign, report.approval_id))

    def _report(self) -> None:
        programme, by = self._found(), self._owner
        last = programmes.activities_of(programme.id)[-1]
        planning.finish_activity(programme, last.id, last.budget, dropped=False, by=by)
        mean = programmes.indicators_of(programme.id)[-1]
        result = Decimal(self._data["result"])
        planning.measure(programme, mean.id, result, self._data["evidence"], by=by)
        step = stepping.step_of(programme, 5)
        stepping.move(programme, step, StepAction.FINISH, by=by)
        report = reporting.begin(programme, by=by)
        db.session.flush()  # the approval names the report
        said = self._data["summary"], report.problems, self._data["suggestions"]
        reporting.write(report, *said, by=by)
        reporting.send(report, by=by)

    def _decide_report(self) -> None:
        report = reporting.newest(self._found())
        if report is not None:
            self._sign(report.approval_id)

    def _others(self) -> None:
        by = self._owner
        for said in self._data["others"]:
            programme = self._draft(said)
            db.session.flush()  # the plan names the programme
            days = clock.today(), programme.ends_on
            title = self._data["other_activity"]
            line = planning.Line(title, *days, None, programme.budget)
            planning.plan_activity(programme, line, by=by)
            if said["approved"]:
                db.session.flush()  # the plan is read as it is proposed
                proposing.propose(programme, by=by)
                db.session.flush()  # the approval is signed by its id
                self._sign(programme.approval_id)

    def _coming(self) -> None:
        """Open a survey for everybody, and a training that heads of units approve."""
        said, by = self._data["coming"], self._owner
        survey = surveys.make({}, by=by, template="satisfaction")
        opening.open_survey(survey, by=by)
        for levels in self._data["levels"][:4]:
            answering.answer(survey, _given(survey, levels), key=new_key())
        day = clock.today() + timedelta(days=said["days"])
        session = self._session_of(said["course"], day)
        for name in said["people"]:
            enrolling.enrol(session.id, self.cast.person(name), by=self.cast.viewer(name))


def _given(survey: Survey, levels: list[int]) -> dict[int, Any]:
    """Answer every item in five levels with the levels in turn, every choice with the first."""
    scales = [one.id for one in survey.questions if one.sort == Sort.SCALE]
    given: dict[int, Any] = {one: levels[at % len(levels)] for at, one in enumerate(scales)}
    return given | {one.id: "0" for one in survey.questions if one.sort == Sort.CHOICE}
