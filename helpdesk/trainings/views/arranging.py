"""The pages of who arranges: courses, sessions, attendance, finishing, everybody's hours."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.trainings import access, queries
from helpdesk.trainings.forms import CancelForm, CourseForm, ScanForm, SessionForm
from helpdesk.trainings.models import TrainingCourse
from helpdesk.trainings.queries import Hours
from helpdesk.trainings.rules import arranging, holding
from helpdesk.trainings.views import showing
from helpdesk.trainings.views.blueprint import blueprint
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.db import db
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.tables import Column, Kind
from kernel.thai import fiscal_year
from kernel.work import work

EARLIEST, LATEST = 2500, 2700


@blueprint.route("/trainings/courses/new", methods=["GET", "POST"])
@permit(access.ARRANGE)
def add_course() -> ResponseReturnValue:
    """Write down a course and go on to its first session."""
    form = CourseForm()
    if form.accepted():
        with form.refusals():
            with work():
                course = arranging.add_course(form.fields(), by=viewer())
                db.session.flush()  # the address names the course
                here = url_for("trainings.plan", course=course.id)
            return redirect(here)
    return render_template("helpdesk/trainings/course.html", form=form), form.status


@blueprint.route("/trainings/new", methods=["GET", "POST"])
@permit(access.ARRANGE)
def plan() -> ResponseReturnValue:
    """Plan a session of a course."""
    offered = queries.courses()
    if not offered:
        return redirect(url_for("trainings.add_course"))
    form = SessionForm(course_id=request.args.get("course", offered[0].id, type=int))
    form.course_id.choices = [(one.id, one.title) for one in offered]
    if form.accepted():
        with form.refusals():
            with work():
                course = db.session.get_one(TrainingCourse, form.course_id.data)
                made = arranging.plan(course, form.fields(), by=viewer())
                db.session.flush()  # the address names the session
                here = url_for("trainings.session", session_id=made.id)
            flash(_("The training is open for enrolment."), "ok")
            return redirect(here)
    return render_template("helpdesk/trainings/plan.html", form=form), form.status


@blueprint.post("/trainings/<int:session_id>/scan")
@permit(access.ARRANGE)
def scan(session_id: int) -> ResponseReturnValue:
    """Note who shows their card at the door."""
    form = ScanForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.session_known(session_id)
                place = holding.scan(found, form.code.data or "", by=viewer())
                name = place.person.name
            flash(_("%(name)s is here.", name=name), "ok")
            return redirect(url_for("trainings.session", session_id=session_id))
    return showing.show(access.session_known(session_id), form)


@blueprint.post("/trainings/<int:session_id>/attend/<int:enrolment_id>")
@permit(access.ARRANGE)
def attend(session_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Note by hand that somebody is there today."""
    ActionForm().insist()
    with work():
        place = access.enrolment_of(access.session_known(session_id), enrolment_id)
        holding.note(place, clock.today(), by=viewer())
        name = place.person.name
    flash(_("%(name)s is here.", name=name), "ok")
    return redirect(url_for("trainings.session", session_id=session_id))


@blueprint.post("/trainings/<int:session_id>/finish")
@permit(access.ARRANGE)
def finish(session_id: int) -> ResponseReturnValue:
    """Finish a session and give the certificates."""
    ActionForm().insist()
    with work():
        count = holding.finish(access.session_known(session_id), by=viewer())
    flash(
        ngettext("%(num)s certificate was given.", "%(num)s certificates were given.", count), "ok"
    )
    return redirect(url_for("trainings.session", session_id=session_id))


@blueprint.post("/trainings/<int:session_id>/cancel")
@permit(access.ARRANGE)
def cancel(session_id: int) -> ResponseReturnValue:
    """Cancel a session; everybody with a place is told."""
    form = CancelForm()
    form.insist()
    with work():
        arranging.cancel(access.session_known(session_id), form.why.data or "", by=viewer())
    flash(_("The training is cancelled; everybody with a place was told."), "ok")
    return redirect(url_for("trainings.session", session_id=session_id))


def _year() -> int:
    year = request.args.get("year", type=int) or 0
    return year if EARLIEST <= year <= LATEST else fiscal_year(clock.today())


@blueprint.get("/trainings/hours")
@permit(access.SEE)
def hours() -> ResponseReturnValue:
    """List the hours of everybody in a fiscal year."""
    year = _year()
    this = fiscal_year(clock.today())
    return render_template(
        "helpdesk/trainings/hours.html", rows=queries.hours(year), year=year, this=this
    )


@blueprint.get("/trainings/hours.<ending>")
@permit(access.SEE)
def hours_table(ending: str) -> Response:
    """Send the hours of a fiscal year as a table."""
    columns: list[Column[Hours]] = [
        Column(_("Name"), lambda one: one.name, width=30),
        Column(_("School or group"), lambda one: one.unit, width=40),
        Column(_("Trainings"), lambda one: one.trainings, Kind.WHOLE),
        Column(_("Hours"), lambda one: one.hours, Kind.WHOLE),
    ]
    rows = queries.hours(_year())
    return downloads.table(ending, columns, rows, name=_("Training hours"), plain_name="hours")
