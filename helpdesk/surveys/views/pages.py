"""The lists: all surveys, what waits for me, one survey; importing this file loads every page."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.surveys import access, queries
from helpdesk.surveys.models import Survey
from helpdesk.surveys.rules import drafting, opening
from helpdesk.surveys.scoring import yamane
from helpdesk.surveys.states import AUDIENCES, SORTS, SURVEYS, Action, Audience, State
from helpdesk.surveys.views import answering, making, report, results
from helpdesk.surveys.views.blueprint import blueprint
from kernel import qr
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.places.queries import choices

__all__ = ["answering", "blueprint", "making", "report", "results"]


@blueprint.get("/surveys")
@permit(access.SEE)
def surveys() -> ResponseReturnValue:
    """List the surveys."""
    number, state = page_number(), request.args.get("state", "")
    page = paged(queries.surveys(state, number), number, queries.PAGE)
    return render_template(
        "helpdesk/surveys/surveys.html",
        page=page,
        counts=queries.counts(one.id for one in page.rows),
        standings=SURVEYS,
        audiences=AUDIENCES,
        state=state,
        may_make=viewer().may(access.MAKE),
    )


@blueprint.get("/surveys/mine")
@permit(access.MINE)
def mine() -> ResponseReturnValue:
    """List the surveys that wait for the viewer's answer."""
    waiting = queries.waiting_for(viewer().id)
    return render_template("helpdesk/surveys/mine.html", waiting=waiting)


@blueprint.get("/surveys/<int:survey_id>")
@permit(access.SEE)
def survey(survey_id: int) -> ResponseReturnValue:
    """Show a survey: its questions, whom it asks, its link, what can be done."""
    found = access.survey_known(survey_id)
    size = len(opening.population(found)) if found.state == State.DRAFT else found.population
    return render_template(
        "helpdesk/surveys/survey.html",
        survey=found,
        count=queries.response_count(found),
        face=SURVEYS.faces[State(found.state)],
        audience=AUDIENCES[Audience(found.audience)],
        asks_people=drafting.asks_people(found),
        sampled=found.audience == Audience.SAMPLE,
        size=size,
        offered=yamane(size),
        units=[label for value, label in choices() if int(value) in queries.unit_ids(found)],
        actions=SURVEYS.actions(State(found.state)) if viewer().may(access.MAKE) else (),
        Action=Action,
        sorts=SORTS,
        link=answer_address(found),
    )


def answer_address(found: Survey) -> str:
    """Return the address that everybody answers at."""
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for('surveys.answer', code=found.code)}"


@blueprint.get("/surveys/<int:survey_id>/qr.svg")
@permit(access.SEE)
def code(survey_id: int) -> ResponseReturnValue:
    """Draw the QR code of a survey's link."""
    found = access.survey_known(survey_id)
    return Response(qr.svg(answer_address(found)), content_type="image/svg+xml")


@blueprint.post("/surveys/<int:survey_id>/open")
@permit(access.MAKE)
def open_survey(survey_id: int) -> ResponseReturnValue:
    """Open a survey for answers."""
    form = ActionForm()
    form.insist()
    with work():
        found = access.survey_known(survey_id)
        check_version(found.version, form.seen_version)
        count = opening.open_survey(found, by=viewer())
    said = _("The survey is open.")
    if count:
        said += " " + ngettext(
            "%(number)s person was asked.", "%(number)s people were asked.", count
        )
    flash(said, "ok")
    return redirect(url_for("surveys.survey", survey_id=survey_id))


@blueprint.post("/surveys/<int:survey_id>/remind")
@permit(access.MAKE)
def remind(survey_id: int) -> ResponseReturnValue:
    """Remind those who have not answered."""
    ActionForm().insist()
    with work():
        count = opening.remind(access.survey_known(survey_id), by=viewer())
    flash(
        ngettext("%(number)s person was reminded.", "%(number)s people were reminded.", count), "ok"
    )
    return redirect(url_for("surveys.survey", survey_id=survey_id))


@blueprint.post("/surveys/<int:survey_id>/close")
@permit(access.MAKE)
def close(survey_id: int) -> ResponseReturnValue:
    """Close a survey."""
    ActionForm().insist()
    with work():
        opening.close(access.survey_known(survey_id), by=viewer())
    flash(_("The survey is closed."), "ok")
    return redirect(url_for("surveys.results", survey_id=survey_id))
