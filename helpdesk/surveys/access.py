"""Who may see and make surveys; the loaders that refuse. Surveys belong to the whole office."""

from __future__ import annotations

from helpdesk.surveys.models import Survey, SurveyInvitation, SurveyQuestion
from helpdesk.surveys.states import State
from kernel.access import permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.papers.records import read_code
from office.people.access import EVERYONE, Role

SEE = permission(
    "helpdesk:survey:see",
    roles=(Role.TECHNICIAN, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
    office_wide=True,
)
MAKE = permission(
    "helpdesk:survey:make", roles=(Role.TECHNICIAN, Role.APPROVER, Role.ADMIN), office_wide=True
)
MINE = permission("helpdesk:survey:mine", roles=EVERYONE)


def survey_known(survey_id: int) -> Survey:
    """Return a survey.

    Raises:
        NotFound: there is none with this id.
    """
    found = db.session.get(Survey, survey_id)
    if found is None:
        raise NotFound(_("There is no such survey."))
    return found


def question_of(survey: Survey, question_id: int) -> SurveyQuestion:
    """Return a question of a survey.

    Raises:
        NotFound: the survey has none with this id.
    """
    found = next((one for one in survey.questions if one.id == question_id), None)
    if found is None:
        raise NotFound(_("There is no such question."))
    return found


def survey_of_link(code: str) -> Survey:
    """Return the survey of a link that was handed out.

    Raises:
        NotFound: no survey has this code, or it was never opened.
    """
    read = read_code(code)
    found = db.session.query(Survey).filter_by(code=read).first() if read else None
    if found is None or found.state == State.DRAFT:
        raise NotFound(_("There is no such survey."))
    return found


def invitation_of(survey: Survey, token: str) -> SurveyInvitation | None:
    """Return the invitation of a token; None where it was answered or never made."""
    found = db.session.get(SurveyInvitation, token)
    return found if found is not None and found.survey_id == survey.id else None
