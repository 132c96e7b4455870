"""Pages of the visits: days in a school, and what is done there."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.maintenance import access, papers, queries
from assets.maintenance.forms import MoveForm, ReasonForm
from assets.maintenance.models import Visit
from assets.maintenance.rules import visiting
from assets.maintenance.states import OCCURRENCES, VISITS, State, VisitAction, VisitState
from assets.maintenance.views.blueprint import blueprint
from assets.maintenance.views.year import pdf
from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number
from kernel.work import check_version, work


@blueprint.get("/maintenance/visits")
@permit(access.SEE)
def visits() -> ResponseReturnValue:
    """List the visits: to come, late, over; all or the own ones."""
    said = request.args.get("which", "")
    which = said if said in (queries.LATE, queries.OVER) else queries.COMING
    mine = request.args.get("mine") == "yes"
    return render_template(
        "assets/maintenance/visits.html",
        page=queries.visits(viewer(), page_number(), which, mine=mine),
        which=which,
        mine=mine,
        faces=VISITS.faces,
        today=clock.today(),
        may_do=viewer().may(access.DO),
    )


@blueprint.get("/maintenance/visits/<int:visit_id>")
@permit(access.SEE)
def visit(visit_id: int) -> ResponseReturnValue:
    """Show a visit: what is to be done, room by room; a scan opens the item's page."""
    found = access.visit_seen(viewer(), visit_id)
    code = request.args.get("code", "").strip()[:200]
    if code:
        hit = queries.scanned_on(found, code)
        if hit is not None:
            return redirect(url_for("maintenance.work_on", occurrence_id=hit.id))
        flash(_("“%(code)s” is not on this visit.", code=code), "warn")
    return _visit(found, MoveForm())


def _visit(found: Visit, form: MoveForm) -> ResponseReturnValue:
    form.person_id.choices = [(0, "–"), *((one.id, one.name) for one in queries.caretakers())]
    if not form.is_submitted():
        form.day.data, form.person_id.data = found.day, found.person_id or 0
        form.version.data = str(found.version)
    done = queries.work_of(found, with_steps=True)
    may_do = viewer().may(access.DO, found.unit_id)
    page = render_template(
        "assets/maintenance/visit.html",
        form=form,
        visit=found,
        work=done,
        parts=queries.parts_of(done),
        over=sum(one.state != State.ON_VISIT for one in done),
        face=VISITS.faces[VisitState(found.state)],
        faces=OCCURRENCES.faces,
        late=queries.late_since,
        today=clock.today(),
        allows={act: may_do and VISITS.allows(VisitState(found.state), act) for act in VisitAction},
    )
    return page, form.status


@blueprint.get("/maintenance/visits/<int:visit_id>/work.pdf")
@permit(access.SEE)
def work_list(visit_id: int) -> ResponseReturnValue:
    """Print what is to be done on a visit, with room for the pen."""
    found = access.visit_seen(viewer(), visit_id)
    work_to_do = queries.work_of(found, with_steps=True)
    content = papers.work_list(found, work_to_do, queries.answers_on(found))
    return pdf(content, f"visit-{found.id}")


@blueprint.post("/maintenance/visits/<int:visit_id>/begin")
@permit(access.DO)
def begin(visit_id: int) -> ResponseReturnValue:
    """Begin a visit."""
    ActionForm().insist()
    with work():
        visiting.begin(access.visit_done(viewer(), visit_id), by=viewer())
    return redirect(url_for("maintenance.visit", visit_id=visit_id))


@blueprint.post("/maintenance/visits/<int:visit_id>/finish")
@permit(access.DO)
def finish(visit_id: int) -> ResponseReturnValue:
    """Finish a visit; what is left of it is planned again."""
    ActionForm().insist()
    with work():
        one = access.visit_done(viewer(), visit_id)
        left = visiting.open_on(one)
        visiting.finish(one, by=viewer())
    if left:
        flash(_("Finished. %(number)s items are planned again.", number=left), "ok")
    else:
        flash(_("Finished."), "ok")
    return redirect(url_for("maintenance.visit", visit_id=visit_id))


@blueprint.post("/maintenance/visits/<int:visit_id>/move")
@permit(access.DO)
def move(visit_id: int) -> ResponseReturnValue:
    """Do a visit on another day, or let somebody else do it."""
    found = access.visit_done(viewer(), visit_id)
    form = MoveForm()
    form.person_id.choices = [(0, "–"), *((one.id, one.name) for one in queries.caretakers())]
    if form.accepted():
        with form.refusals():
            with work():
                one = access.visit_done(viewer(), visit_id)
                check_version(one.version, form.seen_version)
                if form.day.data != one.day:
                    visiting.move(one, form.day.data, by=viewer())
                if (form.person_id.data or None) != one.person_id:
                    visiting.give(one, form.person_id.data or None, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("maintenance.visit", visit_id=visit_id))
    form.stand_at(found.version)
    return _visit(access.visit_done(viewer(), visit_id), form)


@blueprint.post("/maintenance/visits/<int:visit_id>/cancel")
@permit(access.DO)
def cancel(visit_id: int) -> ResponseReturnValue:
    """Give up a visit, with the reason; what was on it is planned again."""
    form = ReasonForm()
    form.insist()
    with work():
        one = access.visit_done(viewer(), visit_id)
        visiting.cancel(one, form.reason.data or "", by=viewer())
    flash(_("The visit is given up. What was on it is planned again."), "ok")
    return redirect(url_for("maintenance.visit", visit_id=visit_id))
