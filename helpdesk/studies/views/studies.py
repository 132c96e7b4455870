"""Studies: the list, one study, beginning, changing, cancelling."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.access_rights import access as systems
from helpdesk.programmes.views.people import named
from helpdesk.studies import access, queries
from helpdesk.studies.forms import ReasonForm, StudyForm
from helpdesk.studies.models import Study
from helpdesk.studies.rules import studying
from helpdesk.studies.rules.studying import StudyDraft
from helpdesk.studies.states import RECORDS, STUDIES, StudyAction, StudyState
from helpdesk.studies.views import shared
from helpdesk.studies.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places


@blueprint.get("/studies")
@permit(access.READ)
def studies() -> ResponseReturnValue:
    """List the studies that the viewer may see."""
    number, wanted = page_number(), shared.wanted(tuple(StudyState))
    page = paged(queries.studies(viewer(), wanted, number), number, queries.A_PAGE)
    return render_template(
        "helpdesk/studies/studies.html",
        page=page,
        wanted=wanted,
        counts=queries.record_counts([one.id for one in page.rows]),
        faces=STUDIES.faces,
        units=places.choices(viewer().scope(access.SEE)),
        may_begin=viewer().may(access.WRITE),
        system_of=shared.system_shown,
    )


@blueprint.get("/studies.<any(csv, xlsx):ending>")
@permit(access.READ)
def studies_table(ending: str) -> Response:
    """Export the list as it is narrowed."""
    columns: list[Column[Study]] = [
        Column(_("Number"), lambda one: one.number, width=14),
        Column(_("Study"), lambda one: one.title, width=40),
        Column(_("System"), shared.system_shown, width=28),
        Column(_("Unit"), lambda one: one.unit.name, width=28),
        Column(_("Who answers for it"), lambda one: one.owner.name, width=24),
        Column(_("State"), lambda one: str(STUDIES.faces[StudyState(one.state)].label), width=20),
        Column(_("Begun on"), lambda one: one.begun_on, Kind.DAY),
        Column(_("Acknowledged on"), lambda one: one.acknowledged_on, Kind.DAY),
    ]
    rows = queries.all_studies(viewer(), shared.wanted(tuple(StudyState)))
    return downloads.table(ending, columns, rows, name=_("Studies"), plain_name="studies")


@blueprint.get("/studies/<int:study_id>")
@permit(access.READ)
def study(study_id: int) -> ResponseReturnValue:
    """Show one study with its records."""
    return _page(access.study_seen(viewer(), study_id), ReasonForm(formdata=None))


def _page(shown: Study, reason: ReasonForm) -> ResponseReturnValue:
    state = StudyState(shown.state)
    may_edit = access.may_edit(viewer(), shown)
    page = render_template(
        "helpdesk/studies/study.html",
        study=shown,
        face=STUDIES.faces[state],
        records=queries.records_of(shown.id),
        record_faces=RECORDS.faces,
        actions=STUDIES.actions(state) if may_edit else (),
        Action=StudyAction,
        reason=reason,
        system=shared.system_shown(shown),
        may_see_system=systems.reads_register(viewer()),
    )
    return page, reason.status


@blueprint.route("/studies/new", methods=["GET", "POST"])
@permit(access.WRITE)
def begin() -> ResponseReturnValue:
    """Begin a study."""
    usual = {"unit_id": str(viewer().unit_id or ""), "owner": viewer().name}
    form = StudyForm(data=None if request.method == "POST" else usual)
    shared.offer(form, None)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = studying.begin(_draft(form), by=viewer())
                here = url_for("studies.study", study_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The study is begun. Write its first record."), "ok")
            return redirect(here)
    return render_template("helpdesk/studies/study_edit.html", form=form, study=None), form.status


def _draft(form: StudyForm) -> StudyDraft:
    return StudyDraft(
        title=form.title.data or "",
        unit_id=int(form.unit_id.data or 0),
        owner=named(form.owner.data, "owner"),
        system=form.system,
    )


@blueprint.route("/studies/<int:study_id>/edit", methods=["GET", "POST"])
@permit(access.READ)
def edit(study_id: int) -> ResponseReturnValue:
    """Change a study."""
    shown = access.study_seen(viewer(), study_id)
    access.demand_edit(viewer(), shown)
    form = StudyForm(data=None if request.method == "POST" else _known(shown))
    shared.offer(form, shown.unit)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.study_edited(viewer(), study_id)
                check_version(found.version, form.seen_version)
                studying.edit(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("studies.study", study_id=study_id))
        shown = access.study_seen(viewer(), study_id)
        form.stand_at(shown.version)
    return render_template("helpdesk/studies/study_edit.html", form=form, study=shown), form.status


def _known(shown: Study) -> dict[str, object]:
    return {
        "title": shown.title,
        "unit_id": str(shown.unit_id),
        "owner": shared.name_of(shown.owner),
        "version": str(shown.version),
        **shared.about(shown),
    }


@blueprint.post("/studies/<int:study_id>/cancel")
@permit(access.READ)
def cancel(study_id: int) -> ResponseReturnValue:
    """Give a study up, with the reason."""
    form = ReasonForm()
    shown = access.study_seen(viewer(), study_id)
    if form.accepted():
        with form.refusals():
            with work():
                studying.cancel(
                    access.study_edited(viewer(), study_id), form.reason.data or "", by=viewer()
                )
            flash(_("The study is cancelled."), "ok")
            return redirect(url_for("studies.study", study_id=study_id))
        shown = access.study_seen(viewer(), study_id)
    return _page(shown, form)
