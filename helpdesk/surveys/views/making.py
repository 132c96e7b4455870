"""Making a survey: its heading and its questions."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.surveys import access, queries
from helpdesk.surveys.forms import QuestionForm, SurveyForm
from helpdesk.surveys.rules import drafting
from helpdesk.surveys.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.places.queries import choices

HEADING, QUESTION = "helpdesk/surveys/heading.html", "helpdesk/surveys/question.html"


@blueprint.route("/surveys/new", methods=["GET", "POST"])
@permit(access.MAKE)
def make() -> ResponseReturnValue:
    """Begin a survey, with the questions of a shipped one or none."""
    form = SurveyForm()
    form.offer(choices())
    if form.accepted():
        with form.refusals():
            with work():
                made = drafting.make(
                    form.changes(),
                    by=viewer(),
                    template=form.template.data,
                    units=form.units.data or (),
                )
                here = url_for("surveys.survey", survey_id=made.id)
            return redirect(here)
    return render_template(HEADING, form=form, survey=None), form.status


@blueprint.route("/surveys/<int:survey_id>/edit", methods=["GET", "POST"])
@permit(access.MAKE)
def edit(survey_id: int) -> ResponseReturnValue:
    """Change the heading of a draft."""
    found = access.survey_known(survey_id)
    form = SurveyForm(obj=found, version=str(found.version), units=queries.unit_ids(found))
    form.offer(choices())
    del form.template
    if form.accepted():
        with form.refusals():
            with work():
                found = access.survey_known(survey_id)
                check_version(found.version, form.seen_version)
                drafting.edit(found, form.changes(), form.units.data or (), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("surveys.survey", survey_id=survey_id))
        found = access.survey_known(survey_id)
        form.stand_at(found.version)
    return render_template(HEADING, form=form, survey=found), form.status


@blueprint.post("/surveys/<int:survey_id>/copy")
@permit(access.MAKE)
def copy(survey_id: int) -> ResponseReturnValue:
    """Begin this year's survey with the questions of an earlier one."""
    ActionForm().insist()
    with work():
        earlier = access.survey_known(survey_id)
        made = drafting.copy(earlier, by=viewer(), units=queries.unit_ids(earlier))
        here = url_for("surveys.survey", survey_id=made.id)
    flash(_("The questions were copied; the results will be compared."), "ok")
    return redirect(here)


@blueprint.route("/surveys/<int:survey_id>/questions/new", methods=["GET", "POST"])
@permit(access.MAKE)
def add_question(survey_id: int) -> ResponseReturnValue:
    """Add a question to a draft; part and aspect go on as in the last one."""
    found = access.survey_known(survey_id)
    last = found.questions[-1] if found.questions else None
    names = ("section_th", "section_en", "aspect_th", "aspect_en")
    form = QuestionForm(**{name: getattr(last, name) for name in names} if last else {})
    if form.accepted():
        with form.refusals():
            with work():
                drafting.add_question(access.survey_known(survey_id), form.fields(), by=viewer())
            flash(_("The question was added."), "ok")
            return redirect(url_for("surveys.survey", survey_id=survey_id))
        found = access.survey_known(survey_id)
    return render_template(QUESTION, form=form, survey=found, question=None), form.status


@blueprint.route("/surveys/<int:survey_id>/questions/<int:question_id>", methods=["GET", "POST"])
@permit(access.MAKE)
def edit_question(survey_id: int, question_id: int) -> ResponseReturnValue:
    """Change a question of a draft."""
    found = access.survey_known(survey_id)
    question = access.question_of(found, question_id)
    form = QuestionForm(obj=question, lines=QuestionForm.lines_of(question))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.survey_known(survey_id)
                question = access.question_of(found, question_id)
                drafting.edit_question(found, question, form.fields(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("surveys.survey", survey_id=survey_id))
        found = access.survey_known(survey_id)
        question = access.question_of(found, question_id)
    return render_template(QUESTION, form=form, survey=found, question=question), form.status


@blueprint.post("/surveys/<int:survey_id>/questions/<int:question_id>/move/<way>")
@permit(access.MAKE)
def move_question(survey_id: int, question_id: int, way: str) -> ResponseReturnValue:
    """Move a question up or down."""
    ActionForm().insist()
    with work():
        found = access.survey_known(survey_id)
        question = access.question_of(found, question_id)
        drafting.move_question(found, question, way == "up", by=viewer())
    return redirect(url_for("surveys.survey", survey_id=survey_id))


@blueprint.post("/surveys/<int:survey_id>/questions/<int:question_id>/remove")
@permit(access.MAKE)
def remove_question(survey_id: int, question_id: int) -> ResponseReturnValue:
    """Take a question out of a draft."""
    ActionForm().insist()
    with work():
        found = access.survey_known(survey_id)
        drafting.remove_question(found, access.question_of(found, question_id), by=viewer())
    flash(_("The question was taken out."), "ok")
    return redirect(url_for("surveys.survey", survey_id=survey_id))
