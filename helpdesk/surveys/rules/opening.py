"""The verbs of an open survey: open, invite, remind once, close."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select

from helpdesk.surveys.models import Survey, SurveyInvitation, SurveyService, SurveyUnit
from helpdesk.surveys.scoring import yamane
from helpdesk.surveys.states import INVITED, SURVEYS, Action, Audience, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit

SMALLEST_SAMPLE = 1


def population(survey: Survey) -> list[int]:
    """Return the ids of the people a survey can ask: of its units and what lies under them."""
    query = select(Person.id).where(Person.left_on.is_(None))
    paths = db.session.scalars(
        select(Unit.path)
        .join(SurveyUnit, SurveyUnit.unit_id == Unit.id)
        .where(SurveyUnit.survey_id == survey.id)
    ).all()
    if paths:
        inside = select(Unit.id).where(or_(*(Unit.path.startswith(path) for path in paths)))
        query = query.where(Person.unit_id.in_(inside))
    return list(db.session.scalars(query.order_by(Person.id)))


def draw(people: Sequence[int], size: int, seed: str) -> list[int]:
    """Draw a sample that anybody can draw again: by the hashes of the seed with each id.

    Args:
        people: ids of all that can be drawn.
        size: how many are drawn.
        seed: the words kept with the survey.
    """
    lots = sorted(people, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())
    return sorted(lots[:size])


def open_survey(survey: Survey, *, by: Viewer) -> int:
    """Open a survey for answers and invite whom it asks.

    Returns:
        how many people were invited.

    Refuses one without questions, one whose last day has passed, and one that would ask nobody.
    """
    target = SURVEYS.target(State(survey.state), Action.OPEN)
    if not survey.questions:
        raise Refusal(_("The survey has no questions yet."))
    if survey.closes_on is not None and survey.closes_on < clock.today():
        raise Refusal(_("Its last day has passed. Please choose a later one."), field="closes_on")
    survey.state, survey.opened_on = target, clock.today()
    asked: list[int] = []
    if survey.audience in INVITED:
        people = population(survey)
        survey.population = len(people)
        if not people:
            raise Refusal(_("There is nobody in the schools and groups that were chosen."))
        asked = people
        if survey.audience == Audience.SAMPLE:
            size = survey.sample_size or yamane(len(people))
            survey.sample_size = max(SMALLEST_SAMPLE, min(size, len(people)))
            survey.seed = secrets.token_hex(8)
            asked = draw(people, survey.sample_size, survey.seed)
    audit.record("opened", survey, by=by, after={"count": len(asked)})
    return invite(survey, asked)


def invite(survey: Survey, people: Iterable[int]) -> int:
    """Invite people to answer; who has an open invitation already is not invited twice.

    Returns:
        how many were invited.
    """
    waiting = set(
        db.session.scalars(
            select(SurveyInvitation.person_id).where(SurveyInvitation.survey_id == survey.id)
        )
    )
    fresh = sorted(set(people) - waiting)
    found = db.session.scalars(select(Person).where(Person.id.in_(fresh)).order_by(Person.id)).all()
    for person in found:
        invitation = SurveyInvitation(
            token=secrets.token_urlsafe(18), survey_id=survey.id, person_id=person.id
        )
        db.session.add(invitation)
        _tell(survey, invitation.token, person, again=False)
    survey.invited += len(found)
    return len(found)


def invite_after(survey: Survey, kind: str, subject_id: int, people: Iterable[int]) -> int:
    """Invite those whom a service was given to, once for each service.

    Args:
        survey: an open one.
        kind: ``ticket`` or ``training``.
        subject_id: of the ticket or session.
        people: ids of those who were served.
    """
    key = {"survey_id": survey.id, "kind": kind, "subject_id": subject_id}
    if survey.state != State.OPEN or db.session.get(SurveyService, key) is not None:
        return 0
    db.session.add(SurveyService(**key))
    return invite(survey, people)


def remind(survey: Survey, *, by: Viewer) -> int:
    """Remind those who have not answered; once in the life of a survey.

    Returns:
        how many were reminded.

    Refuses a second time, and where everybody has answered.
    """
    SURVEYS.target(State(survey.state), Action.REMIND)
    if survey.reminded_on is not None:
        raise Refusal(_("They were reminded already; a survey reminds once."))
    left = db.session.scalars(
        select(SurveyInvitation).where(SurveyInvitation.survey_id == survey.id)
    ).all()
    if not left:
        raise Refusal(_("Nobody is left to remind."))
    survey.reminded_on = clock.today()
    for invitation in left:
        _tell(survey, invitation.token, invitation.person, again=True)
    audit.record("reminded", survey, by=by, after={"count": len(left)})
    return len(left)


def close(survey: Survey, *, by: Viewer, on: date | None = None) -> None:
    """Close a survey: nobody answers any more, and open invitations go."""
    survey.state = SURVEYS.target(State(survey.state), Action.CLOSE)
    survey.closed_on = on or clock.today()
    db.session.query(SurveyInvitation).filter_by(survey_id=survey.id).delete()
    audit.record("closed", survey, by=by)


def _tell(survey: Survey, token: str, person: Person, *, again: bool) -> None:
    with speaking(person.language):
        subject = _("Please answer: %(title)s", title=survey.title)
        lines = [_("We would like to hear from you: %(title)s", title=survey.title)]
        if again:
            lines = [_("You have not answered yet: %(title)s", title=survey.title)]
        if survey.anonymous:
            lines.append(_("Your answers are kept without your name."))
        if survey.closes_on is not None:
            day = format_date(survey.closes_on, language=person.language, style="long")
            lines.append(_("Please answer by %(day)s.", day=day))
        bookkeeping.send(
            kind="survey_reminder" if again else "survey_invitation",
            subject=subject,
            body="\n".join(lines),
            language=person.language,
            person_id=person.id,
            link=f"/answer/{survey.code}/{token}",
        )
