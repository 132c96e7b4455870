"""The pages of who arranges: courses and sessions, who is enrolled, cancelling."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.trainings import access, queries
from helpdesk.trainings.forms import CancelForm, CourseForm, EnrolForm, SessionForm
from helpdesk.trainings.models import TrainingCourse, TrainingEnrolment
from helpdesk.trainings.rules import arranging, enrolling
from helpdesk.trainings.states import PLACES, State
from helpdesk.trainings.views import showing
from helpdesk.trainings.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.paths import whole
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.approvals.queries import person_named

COURSE, PLAN = "helpdesk/trainings/course.html", "helpdesk/trainings/plan.html"


@blueprint.get("/trainings/courses")
@permit(access.ARRANGE)
def courses() -> ResponseReturnValue:
    """List the courses."""
    found = queries.courses()
    return render_template(
        "helpdesk/trainings/courses.html",
        courses=found,
        held=queries.held_by_course([one.id for one in found]),
    )


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
    return render_template(COURSE, form=form, course=None), form.status


@blueprint.route("/trainings/courses/<int:course_id>/edit", methods=["GET", "POST"])
@permit(access.ARRANGE)
def edit_course(course_id: int) -> ResponseReturnValue:
    """Change a course."""
    found = access.course_known(course_id)
    form = CourseForm(obj=found, version=str(found.version))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.course_known(course_id)
                check_version(found.version, form.seen_version)
                arranging.edit_course(found, form.fields(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("trainings.courses"))
        found = access.course_known(course_id)
        form.stand_at(found.version)
    return render_template(COURSE, form=form, course=found), form.status


@blueprint.route("/trainings/new", methods=["GET", "POST"])
@permit(access.ARRANGE)
def plan() -> ResponseReturnValue:
    """Plan a session of a course."""
    offered = queries.courses()
    if not offered:
        return redirect(url_for("trainings.add_course"))
    form = SessionForm(course_id=whole(request.args.get("course")) or offered[0].id)
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
    return render_template(PLAN, form=form, training=None), form.status


@blueprint.route("/trainings/<int:session_id>/edit", methods=["GET", "POST"])
@permit(access.ARRANGE)
def edit(session_id: int) -> ResponseReturnValue:
    """Change days, times, place, trainer or seats of a session."""
    found = access.session_known(session_id)
    form = SessionForm(obj=found, version=str(found.version))
    del form.course_id
    if form.accepted():
        with form.refusals():
            with work():
                found = enrolling.locked(access.session_known(session_id).id)
                check_version(found.version, form.seen_version)
                told = arranging.edit(found, form.fields(), by=viewer())
            said = _("Saved. Everybody with a place was told.") if told else _("Saved.")
            flash(said, "ok")
            return redirect(url_for("trainings.session", session_id=session_id))
        found = access.session_known(session_id)
        form.stand_at(found.version)
    return render_template(PLAN, form=form, training=found), form.status


@blueprint.post("/trainings/<int:session_id>/enrol-person")
@permit(access.ARRANGE)
def enrol_person(session_id: int) -> ResponseReturnValue:
    """Enrol somebody else."""
    form = EnrolForm()
    if form.accepted():
        with form.refusals():
            with work():
                person = person_named(form.person.data or "")
                if person is None:
                    raise Refusal(
                        _("Nobody is known by this name. Please write it in full."), field="person"
                    )
                place = enrolling.enrol(session_id, person, by=viewer())
                said = PLACES.faces[State(place.state)].label
                told = _("%(name)s: %(state)s.", name=person.name, state=said)
            flash(told, "ok")
            return redirect(url_for("trainings.session", session_id=session_id))
    return showing.show(access.session_known(session_id), enrolling_form=form)


@blueprint.post("/trainings/<int:session_id>/take-off/<int:enrolment_id>")
@permit(access.ARRANGE)
def take_off(session_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Take somebody off the list; the first of the waiting list moves up."""
    ActionForm().insist()
    with work():
        place = access.enrolment_of(access.session_known(session_id), enrolment_id)
        enrolling.withdraw(place, by=viewer())
        name = place.person.name
    flash(_("%(name)s was taken off the list.", name=name), "ok")
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


@blueprint.get("/trainings/<int:session_id>/participants.<ending>")
@permit(access.SEE)
def participants(session_id: int, ending: str) -> Response:
    """Send the list of who takes part as a table."""
    found = access.session_known(session_id)
    rows, there = queries.enrolments(found), queries.attendance(found)
    units = queries.units_of(rows)
    columns: list[Column[TrainingEnrolment]] = [
        Column(_("Name"), lambda one: one.person.name, width=30),
        Column(_("School or group"), lambda one: units[one.person.unit_id], width=40),
        Column(_("State"), lambda one: str(PLACES.faces[State(one.state)].label), width=20),
        Column(_("Days present"), lambda one: len(there.get(one.id, ())), Kind.WHOLE),
    ]
    return downloads.table(ending, columns, rows, name=_("Participants"), plain_name="participants")
