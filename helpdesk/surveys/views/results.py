"""What came of a survey: tables and charts, groups, and the raw answers as a workbook."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from helpdesk.figures import charts
from helpdesk.surveys import access, queries
from helpdesk.surveys import results as told
from helpdesk.surveys.models import Survey, SurveyQuestion
from helpdesk.surveys.states import BANDS, FEWEST, LEVELS, SURVEYS, Band, Sort, State
from helpdesk.surveys.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.errors import NotAllowed
from kernel.i18n import gettext as _
from kernel.tables import Column

SHORT = 12


@blueprint.get("/surveys/<int:survey_id>/results")
@permit(access.SEE)
def results(survey_id: int) -> ResponseReturnValue:
    """Show the results of a survey, parted into groups where a question is chosen."""
    survey = access.survey_known(survey_id)
    found, grouping = told.of(survey), told.grouping(survey)
    typed = request.args.get("by", "")
    by = next((one for one in grouping if str(one.id) == typed), None)
    return render_template(
        "helpdesk/surveys/results.html",
        survey=survey,
        found=found,
        face=SURVEYS.faces[State(survey.state)],
        levels=LEVELS,
        band=BANDS[Band(survey.band)],
        fewest=FEWEST,
        grouping=grouping,
        by=by,
        groups=told.groups(survey, by) if by and not found.hidden else [],
        charts=[_chart(aspect, number) for number, aspect in enumerate(found.aspects)],
        report=queries.report_of(survey),
        may_make=viewer().may(access.MAKE),
    )


def _chart(aspect: told.Aspect, number: int) -> Markup:
    """Return columns of how often each level was chosen, a series for each item's place."""
    labels = [f"{level} {words}" for level, words in LEVELS.items()]
    counts = [
        sum(column) for column in zip(*(one.score.counts for one in aspect.lines), strict=True)
    ]
    title = _("How often each level was chosen: %(aspect)s", aspect=aspect.name or _("All items"))
    series = [charts.Series(_("Answers"), counts, "first")]
    return charts.columns(title, labels, series, chart_id=f"levels-{number}")


@blueprint.get("/surveys/<int:survey_id>/answers.<ending>")
@permit(access.SEE)
def raw(survey_id: int, ending: str) -> Response:
    """Send the raw answers; of an anonymous survey nothing that few people have in common."""
    survey = access.survey_known(survey_id)
    if told.of(survey).hidden:
        raise NotAllowed(_("Too few people have answered; their answers could be recognised."))
    rows = list(queries.raw_answers(survey).values())
    if survey.anonymous:
        told.blur(survey, rows)
    names = queries.unit_names(_units(survey))
    columns = [_column(one, names) for one in survey.questions]
    return downloads.table(ending, columns, rows, name=_("Answers"), plain_name="answers")


def _units(survey: Survey) -> set[int]:
    counted = queries.answers_counted(survey)
    wanted = [one.id for one in survey.questions if one.sort == Sort.UNIT]
    return {figure for one in wanted for figure in counted.get(one, ())}


def _column(question: SurveyQuestion, names: dict[int, str]) -> Column[dict[int, Any]]:
    words = question.choice_words

    def value(row: dict[int, Any]) -> str | int | None:
        given: str | int | None = row.get(question.id)
        if given is told.FEW:
            return _("(fewer than three)")
        if isinstance(given, int) and question.sort == Sort.CHOICE:
            return words[given]
        if isinstance(given, int) and question.sort == Sort.UNIT:
            return names.get(given, str(given))
        return given

    return Column(question.text, value, width=max(SHORT, len(question.text) // 2))
