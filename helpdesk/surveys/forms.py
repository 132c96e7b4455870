"""What people type about surveys, and the form of a survey itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from helpdesk.surveys.models import Survey, SurveyQuestion
from helpdesk.surveys.rules.answering import MOST_LETTERS
from helpdesk.surveys.shipped import SHIPPED
from helpdesk.surveys.states import AUDIENCES, BANDS, LEVELS, SORTS, Audience, Band, Sort
from kernel.forms import ActionForm, AtMost, DateField, NoCitizenNumber, Required, WholeField
from kernel.i18n import lazy_gettext as _l

Choices = Sequence[tuple[str, str]]


class SurveyForm(ActionForm):
    """Heading of a survey, whom it asks, and what is promised."""

    template = SelectField(
        _l("Begin with"),
        choices=[*SHIPPED.items(), ("", _l("No questions yet"))],
        default="satisfaction",
    )
    title_th = StringField(_l("Title in Thai"), [AtMost(200)])
    title_en = StringField(_l("Title in English"), [AtMost(200)])
    intro_th = TextAreaField(_l("Introduction or objective in Thai"), [AtMost(2000)])
    intro_en = TextAreaField(_l("Introduction in English"), [AtMost(2000)])
    audience = RadioField(
        _l("Whom it asks"),
        choices=[(str(one), label) for one, label in AUDIENCES.items()],
        default=str(Audience.EVERYONE),
    )
    units = SelectMultipleField(_l("Of these schools and groups"), coerce=int)
    sample_size = WholeField(
        _l("Size of the sample"),
        description=_l("Left blank: by Yamane with an error of 5 percent."),
    )
    anonymous = BooleanField(_l("Answers are kept without names"), default=True)
    band = RadioField(
        _l("Limits of the levels"),
        choices=[(str(one), label) for one, label in BANDS.items()],
        default=str(Band.USUAL),
    )
    closes_on = DateField(_l("Last day"))

    def offer(self, units: Choices) -> None:
        """Put the choices of units in."""
        self.units.choices = [(int(value), label) for value, label in units]

    def changes(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        names = ("title_th", "title_en", "intro_th", "intro_en", "audience", "anonymous", "band")
        values = {name: self[name].data for name in (*names, "closes_on")}
        return {**values, "sample_size": max(0, self.sample_size.data or 0)}


class QuestionForm(ActionForm):
    """One question."""

    sort = RadioField(
        _l("What is asked"),
        choices=[(str(one), label) for one, label in SORTS.items()],
        default=str(Sort.SCALE),
    )
    text_th = StringField(_l("Question in Thai"), [Required(), AtMost(500)])
    text_en = StringField(_l("Question in English"), [AtMost(500)])
    section_th = StringField(_l("Part in Thai"), [AtMost(200)])
    section_en = StringField(_l("Part in English"), [AtMost(200)])
    aspect_th = StringField(_l("Aspect in Thai"), [AtMost(120)])
    aspect_en = StringField(_l("Aspect in English"), [AtMost(120)])
    lines = TextAreaField(
        _l("Choices"),
        [AtMost(2000)],
        description=_l("One a line: Thai | English. Only for a question with choices."),
    )
    required = BooleanField(_l("Must be answered"))

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        names = ("sort", "text_th", "text_en", "section_th", "section_en", "aspect_th")
        values = {name: self[name].data or "" for name in (*names, "aspect_en")}
        lines = (self.lines.data or "") if values["sort"] == Sort.CHOICE else ""
        pairs = [line.partition("|") for line in lines.splitlines() if line.strip()]
        choices = [[th.strip(), en.strip()] for th, _bar, en in pairs]
        return {**values, "choices": choices, "required": bool(self.required.data)}

    @staticmethod
    def lines_of(question: SurveyQuestion) -> str:
        """Return the choices of a question as they are typed."""
        return "\n".join(f"{th} | {en}" if en else th for th, en in question.choices)


class ReportForm(ActionForm):
    """The words of the report (F11)."""

    objective = TextAreaField(_l("Objective"), [AtMost(4000)])
    population = TextAreaField(_l("Population and sample"), [AtMost(4000)])
    instrument = TextAreaField(_l("Instrument"), [AtMost(2000)])
    problems = TextAreaField(_l("Problems"), [AtMost(8000)])
    suggestions = TextAreaField(_l("Suggestions"), [AtMost(8000)])
    summary = TextAreaField(_l("Summary for the director"), [AtMost(4000)])

    def changes(self) -> dict[str, str]:
        """Return what was typed, by column."""
        names = ("objective", "population", "instrument", "problems", "suggestions", "summary")
        return {name: self[name].data or "" for name in names}


class ReopenForm(ActionForm):
    """Why a report is written anew."""

    reason = StringField(_l("Reason"), [Required(), AtMost(300)])


def answer_form(survey: Survey, units: Choices) -> ActionForm:
    """Return the form of a survey: one field a question, named ``q`` and its id."""
    made = {f"q{one.id}": _field(one, units) for one in survey.questions}
    kind = type("AnswerForm", (ActionForm,), made)
    return cast("ActionForm", kind())


def _field(question: SurveyQuestion, units: Choices) -> Any:  # noqa: ANN401 - WTForms' unbound
    wanted = [Required()] if question.required else []
    if question.sort == Sort.TEXT:
        limits = [*wanted, AtMost(MOST_LETTERS), NoCitizenNumber()]
        return TextAreaField(question.text, limits)
    if question.sort == Sort.NUMBER:
        return WholeField(question.text, wanted)
    if question.sort == Sort.UNIT:
        choices = [("", "–"), *units]
        return SelectField(
            question.text, wanted, choices=choices, default="", validate_choice=False
        )
    offered = [(str(at), words) for at, words in enumerate(question.choice_words)]
    if question.sort == Sort.SCALE:
        offered = [(str(level), f"{level} {words}") for level, words in LEVELS.items()]
    return RadioField(question.text, wanted, choices=offered, coerce=_text, validate_choice=False)


def _text(value: Any) -> str:  # noqa: ANN401 - None where nothing was chosen
    return "" if value is None else str(value)
