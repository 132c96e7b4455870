"""The pages of who takes part: what is offered, one session, own hours and certificates."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.trainings import access, papers, queries
from helpdesk.trainings.models import TrainingCertificate
from helpdesk.trainings.rules import enrolling
from helpdesk.trainings.states import PLACES, SESSIONS, SessionState, State
from helpdesk.trainings.views import arranging, holding, hours, showing
from helpdesk.trainings.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, public, viewer
from kernel.db import db
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.sending import disposition
from kernel.thai import fiscal_year
from kernel.work import work
from office.papers.models import IssuedPaper
from office.people.models import Person
from office.places.naming import office_name

__all__ = ["arranging", "blueprint", "holding", "hours"]


@blueprint.get("/trainings")
@permit(access.TAKE)
def offered() -> ResponseReturnValue:
    """List the trainings that are open, or those that were held."""
    number = page_number()
    typed = request.args.get("state", "")
    state = typed if typed in set(SessionState) else SessionState.OPEN
    page = paged(queries.sessions(state, number), number, queries.PAGE)
    return render_template(
        "helpdesk/trainings/offered.html",
        page=page,
        state=state,
        taken=queries.seats_taken([one.id for one in page.rows]),
        standings=SESSIONS,
        may_arrange=viewer().may(access.ARRANGE),
        may_see=viewer().may(access.SEE),
    )


@blueprint.get("/trainings/mine")
@permit(access.TAKE)
def mine() -> ResponseReturnValue:
    """Show the own places, certificates and hours of the fiscal year."""
    found = queries.certificates_of(viewer().id)
    year = fiscal_year(clock.today())
    return render_template(
        "helpdesk/trainings/mine.html",
        places=queries.mine(viewer().id),
        faces=PLACES.faces,
        certificates=found,
        year=year,
        years=queries.hours_by_year(viewer().id),
    )


@blueprint.get("/trainings/<int:session_id>")
@permit(access.TAKE)
def session(session_id: int) -> ResponseReturnValue:
    """Show a session; who arranges it sees everybody's place."""
    return showing.show(access.session_known(session_id))


@blueprint.post("/trainings/<int:session_id>/enrol")
@permit(access.TAKE)
def enrol(session_id: int) -> ResponseReturnValue:
    """Ask for a place in a training."""
    ActionForm().insist()
    access.session_known(session_id)
    with work():
        person = db.session.get_one(Person, viewer().id)
        place = enrolling.enrol(session_id, person, by=viewer())
        said = PLACES.faces[State(place.state)].label
    flash(_("Your place: %(state)s.", state=said), "ok")
    return redirect(url_for("trainings.session", session_id=session_id))


@blueprint.post("/trainings/<int:session_id>/withdraw")
@permit(access.TAKE)
def withdraw(session_id: int) -> ResponseReturnValue:
    """Give the own place back."""
    ActionForm().insist()
    with work():
        place = queries.enrolment_of(access.session_known(session_id), viewer().id)
        if place is not None:
            enrolling.withdraw(place, by=viewer())
    flash(_("You gave your place back."), "ok")
    return redirect(url_for("trainings.session", session_id=session_id))


def check_address(found: TrainingCertificate) -> str:
    """Return the address of the page that confirms a certificate."""
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for('trainings.check', code=found.code)}"


@blueprint.get("/trainings/certificates/<int:certificate_id>.pdf")
@permit(access.TAKE)
def certificate(certificate_id: int) -> Response:
    """Send a certificate as PDF."""
    found = access.certificate_seen(viewer(), certificate_id)
    made = papers.certificate_pdf(found, office=office_name("th"), address=check_address(found))
    answer = Response(made, content_type="application/pdf")
    name = found.number.replace("/", "-")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    return answer


@blueprint.get("/certificates/<code>")
@public
def check(code: str) -> ResponseReturnValue:
    """Confirm a certificate to whoever holds it: number, name, training and hours."""
    found = access.certificate_of_code(code)
    paper = db.session.query(IssuedPaper).filter_by(code=found.code).one() if found else None
    page = render_template("helpdesk/trainings/check.html", found=found, paper=paper)
    return page, 200 if found else 404
