"""The verbs of a draft: make, copy, edit, and put its questions together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpdesk.surveys import shipped
from helpdesk.surveys.models import Survey, SurveyQuestion, SurveyUnit
from helpdesk.surveys.states import SURVEYS, Action, Audience, Sort, State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.papers.records import new_code

COPIED = (
    "place",
    "section_th",
    "section_en",
    "aspect_th",
    "aspect_en",
    "sort",
    "text_th",
    "text_en",
    "choices",
    "required",
)
MOST_QUESTIONS = 100
FEWEST_CHOICES, MOST_CHOICES = 2, 20


def make(
    fields: dict[str, Any], *, by: Viewer, template: str = "", units: Iterable[int] = ()
) -> Survey:
    """Begin a survey.

    Args:
        fields: columns of ``Survey``; blank titles are taken from the shipped survey.
        by: who makes it.
        template: the key of a shipped survey whose questions it begins with, or "".
        units: ids of the schools and groups whose people it asks; none are all.

    Refuses one without a title, and an unknown template.
    """
    if template and template not in shipped.SHIPPED:
        raise Refusal(_("There is no such survey."), field="template")
    given = shipped.heading(template) if template else {}
    values = {**given, **{name: value for name, value in fields.items() if value not in ("", None)}}
    if not values.get("title_th"):
        raise Refusal(_("Please write a title."), field="title_th")
    survey = Survey(code=new_code(), made_by_id=by.id, **values)
    for place, question in enumerate(shipped.questions(template) if template else (), start=1):
        survey.questions.append(SurveyQuestion(place=place, **question))
    _add(survey, units)
    audit.record("made", survey, by=by, after={"title_th": survey.title_th})
    return survey


def _add(survey: Survey, units: Iterable[int]) -> None:
    db.session.add(survey)
    db.session.flush()  # units name the survey
    db.session.add_all(SurveyUnit(survey_id=survey.id, unit_id=one) for one in sorted(set(units)))


def copy(earlier: Survey, *, by: Viewer, units: Iterable[int] = ()) -> Survey:
    """Begin this year's survey with last year's questions, to be compared with it."""
    same = ("title_th", "title_en", "intro_th", "intro_en", "audience", "anonymous", "band")
    survey = Survey(
        code=new_code(),
        made_by_id=by.id,
        previous_id=earlier.id,
        **{name: getattr(earlier, name) for name in same},
    )
    for question in earlier.questions:
        values = {name: getattr(question, name) for name in COPIED}
        survey.questions.append(SurveyQuestion(twin_id=question.id, **values))
    _add(survey, units)
    audit.record("copied", survey, by=by, after={"title_th": survey.title_th})
    return survey


def edit(survey: Survey, changes: dict[str, Any], units: Iterable[int], *, by: Viewer) -> None:
    """Change a draft. Refuses a survey that was opened: what was promised stays."""
    SURVEYS.target(State(survey.state), Action.EDIT)
    audit.record_changes("edited", survey, changes, by=by)
    db.session.query(SurveyUnit).filter_by(survey_id=survey.id).delete()
    db.session.add_all(SurveyUnit(survey_id=survey.id, unit_id=one) for one in sorted(set(units)))


def add_question(survey: Survey, fields: dict[str, Any], *, by: Viewer) -> SurveyQuestion:
    """Add a question at the end. Refuses too many, and choices that are too few or too many."""
    SURVEYS.target(State(survey.state), Action.EDIT)
    if len(survey.questions) >= MOST_QUESTIONS:
        raise Refusal(_("A survey has %(most)s questions at most.", most=MOST_QUESTIONS))
    _check(fields)
    place = max((one.place for one in survey.questions), default=0) + 1
    question = SurveyQuestion(place=place, **fields)
    survey.questions.append(question)
    audit.record("added", survey, by=by, after={"text_th": fields["text_th"]})
    return question


def edit_question(
    survey: Survey, question: SurveyQuestion, fields: dict[str, Any], *, by: Viewer
) -> None:
    """Change a question of a draft; refuses as ``add_question`` does."""
    SURVEYS.target(State(survey.state), Action.EDIT)
    _check(fields)
    before = question.text_th
    for name, value in fields.items():
        setattr(question, name, value)
    audit.record(
        "edited", survey, by=by, before={"text_th": before}, after={"text_th": question.text_th}
    )


def _check(fields: dict[str, Any]) -> None:
    fits = FEWEST_CHOICES <= len(fields["choices"]) <= MOST_CHOICES
    if fields["sort"] == Sort.CHOICE and not fits:
        raise Refusal(
            _(
                "Please write between %(least)s and %(most)s choices, one a line.",
                least=FEWEST_CHOICES,
                most=MOST_CHOICES,
            ),
            field="choices",
        )


def remove_question(survey: Survey, question: SurveyQuestion, *, by: Viewer) -> None:
    """Take a question out of a draft."""
    SURVEYS.target(State(survey.state), Action.EDIT)
    audit.record("removed", survey, by=by, before={"text_th": question.text_th})
    survey.questions.remove(question)


def move_question(survey: Survey, question: SurveyQuestion, up: bool, *, by: Viewer) -> None:  # noqa: FBT001 - a direction
    """Change places with the question above or below; at the end of the list nothing happens."""
    SURVEYS.target(State(survey.state), Action.EDIT)
    at = survey.questions.index(question)
    other = at - 1 if up else at + 1
    if 0 <= other < len(survey.questions):
        neighbour = survey.questions[other]
        question.place, neighbour.place = neighbour.place, question.place
        audit.record("moved", survey, by=by, after={"text_th": question.text_th})


def asks_people(survey: Survey) -> bool:
    """Tell whether a survey invites people one by one, so that only they can answer."""
    return survey.audience != Audience.EVERYONE
