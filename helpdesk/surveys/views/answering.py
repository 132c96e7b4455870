"""The form of a survey, for guests and for those who were invited; it works without a script."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.surveys import access
from helpdesk.surveys.forms import answer_form
from helpdesk.surveys.rules import answering
from helpdesk.surveys.rules.drafting import asks_people
from helpdesk.surveys.views.blueprint import blueprint
from kernel.access import public
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places.queries import choices

MOST_FORMS, AN_HOUR = 2000, 3600


@blueprint.route("/answer/<code>", methods=["GET", "POST"])
@blueprint.route("/answer/<code>/<token>", methods=["GET", "POST"])
@public
def answer(code: str, token: str = "") -> ResponseReturnValue:
    """Answer a survey: with its link, or with the link of an invitation."""
    survey = access.survey_of_link(code)
    if not answering.takes_answers(survey):
        return render_template("helpdesk/surveys/over.html", survey=survey, why="closed")
    if asks_people(survey) and access.invitation_of(survey, token) is None:
        why = "spent" if token else "invited"
        return render_template("helpdesk/surveys/over.html", survey=survey, why=why)
    form = answer_form(survey, choices())
    if form.accepted():
        with form.refusals():
            _keep(code, token, form)
            return redirect(url_for("surveys.thanks", code=code))
        survey = access.survey_of_link(code)
    page = render_template(
        "helpdesk/surveys/answer.html", survey=survey, form=form, invited=bool(token)
    )
    return page, form.status


def _keep(code: str, token: str, form: ActionForm) -> None:
    with work():
        if not token:
            # Counted for the survey, not for an address: no trace of who has answered is kept.
            bookkeeping.count_try(
                f"survey:{code}",
                most=MOST_FORMS,
                seconds=AN_HOUR,
                sentence=_("Very many answers came just now. Please send yours again later."),
            )
    with work():
        survey = access.survey_of_link(code)
        given = {one.id: form[f"q{one.id}"].data for one in survey.questions}
        answering.answer(survey, given, key=form.act_key, token=token)


@blueprint.get("/answer/<code>/thanks")
@public
def thanks(code: str) -> ResponseReturnValue:
    """Thank whoever has answered."""
    return render_template("helpdesk/surveys/over.html", survey=access.survey_of_link(code), why="")
