"""What came of a survey: tables and charts, groups, and the raw answers as a workbook."""

from __future__ import annotations

from collections.abc import Callable
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
from kernel.i18n import pgettext
from kernel.tables import Column, Kind

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


@blueprint.get("/surveys/<int:survey_id>/results.<ending>")
@permit(access.SEE)
def results_table(survey_id: int, ending: str) -> Response:
    """Send the table of results: how many chose each level, mean, S.D., level and rank."""
    found = told.of(access.survey_known(survey_id))
    if found.hidden:
        raise NotAllowed(_("Too few people have answered; their answers could be recognised."))
    rows = [
        (aspect.name, line) for aspect in found.aspects for line in (*aspect.lines, aspect.total)
    ]
    if found.whole:
        rows.append(("", found.whole))
    levels = [
        Column(f"{level} {word}", _chosen(place), Kind.WHOLE, SHORT)
        for place, (level, word) in enumerate(LEVELS.items())
    ]
    columns: list[Column[tuple[str, told.Line]]] = [
        Column(_("Aspect"), lambda row: row[0], width=30),
        Column(_("Item"), lambda row: row[1].label, width=60),
        *levels,
        Column("n", lambda row: row[1].score.n, Kind.WHOLE, SHORT),
        Column(_("Mean"), lambda row: row[1].score.mean, Kind.MONEY, SHORT),
        Column(_("S.D."), lambda row: row[1].score.deviation, Kind.MONEY, SHORT),
        Column(pgettext("survey", "Level"), lambda row: row[1].level, width=SHORT),
        Column(_("Rank"), lambda row: row[1].rank or None, Kind.WHOLE, SHORT),
    ]
    return downloads.table(ending, columns, rows, name=_("Results"), plain_name="results")


def _chosen(place: int) -> Callable[[tuple[str, told.Line]], int]:
    return lambda row: row[1].score.counts[place]


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
