"""Developments: the list, one development (F15), planning, changing, and the way of the work."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from flask import Response as Sent
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.access_rights import access as systems
from helpdesk.access_rights.states import WHOSE, Whose
from helpdesk.programmes.views.people import named
from helpdesk.studies import access, content, parts, queries
from helpdesk.studies.forms import FilesForm, ReasonForm, WorkForm
from helpdesk.studies.models import Development, StudyFile
from helpdesk.studies.rules import developing
from helpdesk.studies.rules.developing import WorkDraft
from helpdesk.studies.states import (
    BETTERS,
    DEVELOPMENTS,
    SORTS,
    UNFINISHED,
    Action,
    Sort,
    State,
)
from helpdesk.studies.views import shared
from helpdesk.studies.views.blueprint import developments_blueprint as blueprint
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places

STATES = (*State, queries.LATE)


@blueprint.get("/developments")
@permit(access.READ)
def developments() -> ResponseReturnValue:
    """List the developments that the viewer may see."""
    number, wanted = page_number(), shared.wanted(STATES, tuple(Sort))
    page = paged(queries.developments(viewer(), wanted, number), number, queries.A_PAGE)
    return render_template(
        "helpdesk/studies/developments.html",
        page=page,
        wanted=wanted,
        faces=DEVELOPMENTS.faces,
        sorts=SORTS,
        late=queries.LATE,
        today=clock.today(),
        unfinished=UNFINISHED,
        units=places.choices(viewer().scope(access.SEE)),
        may_begin=viewer().may(access.WRITE),
        system_of=shared.system_shown,
    )


@blueprint.get("/developments.<any(csv, xlsx):ending>")
@permit(access.READ)
def table(ending: str) -> Response:
    """Export the list as it is narrowed."""
    columns: list[Column[Development]] = [
        Column(_("Number"), lambda one: one.number, width=14),
        Column(_("Work or innovation"), lambda one: one.title, width=40),
        Column(_("Sort"), lambda one: str(SORTS[Sort(one.sort)])),
        Column(_("System"), shared.system_shown, width=28),
        Column(_("Unit"), lambda one: one.unit.name, width=28),
        Column(_("Who answers for it"), lambda one: one.owner.name, width=24),
        Column(_("First day"), lambda one: one.starts_on, Kind.DAY),
        Column(_("Last day"), lambda one: one.ends_on, Kind.DAY),
        Column(_("Budget (baht)"), lambda one: one.budget, Kind.MONEY),
        Column(_("State"), lambda one: str(DEVELOPMENTS.faces[State(one.state)].label), width=22),
        Column(_("Finished on"), lambda one: one.finished_on, Kind.DAY),
    ]
    rows = queries.all_developments(viewer(), shared.wanted(STATES, tuple(Sort)))
    return downloads.table(
        ending, columns, rows, name=_("ICT developments"), plain_name="developments"
    )


@blueprint.get("/developments/<int:development_id>")
@permit(access.READ)
def development(development_id: int) -> ResponseReturnValue:
    """Show one development."""
    return _page(access.development_seen(viewer(), development_id), ReasonForm(formdata=None))


def _page(shown: Development, reason: ReasonForm) -> ResponseReturnValue:
    state = State(shown.state)
    page = render_template(
        "helpdesk/studies/development.html",
        work=shown,
        face=DEVELOPMENTS.faces[state],
        late=state in UNFINISHED and shown.ends_on < clock.today(),
        acts=DEVELOPMENTS.acts,
        actions=DEVELOPMENTS.actions(state) if access.may_edit(viewer(), shown) else (),
        Action=Action,
        facts=parts.written(shown, parts.F15),
        sort=SORTS[Sort(shown.sort)],
        whose=WHOSE[Whose(shown.whose)],
        betters=BETTERS,
        plain=content.plain,
        system=shared.system_shown(shown),
        may_see_system=systems.reads_register(viewer()),
        files=_files(shown),
        upload=FilesForm(formdata=None),
        reason=reason,
    )
    return page, reason.status


def _files(shown: Development) -> list[StudyFile]:
    return queries.files_of(StudyFile.development_id, [shown.id])[shown.id]


@blueprint.route("/developments/new", methods=["GET", "POST"])
@permit(access.WRITE)
def plan() -> ResponseReturnValue:
    """Enter a development (F15)."""
    today = clock.today()
    usual = {"unit_id": str(viewer().unit_id or ""), "owner": viewer().name, "starts_on": today}
    form = WorkForm(data=None if request.method == "POST" else usual)
    shared.offer(form, None)
    if "more" not in request.form and form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = developing.plan(_draft(form), by=viewer())
                here = url_for("developments.development", development_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The work is entered."), "ok")
            return redirect(here)
    return _edit_page(form, None)


@blueprint.route("/developments/<int:development_id>/edit", methods=["GET", "POST"])
@permit(access.READ)
def edit(development_id: int) -> ResponseReturnValue:
    """Change what form F15 says."""
    shown = access.development_seen(viewer(), development_id)
    access.demand_edit(viewer(), shown)
    form = WorkForm(data=None if request.method == "POST" else _known(shown))
    shared.offer(form, shown.unit)
    if not form.is_submitted():
        form.show(shown)
    if "more" not in request.form and form.accepted():
        with form.refusals():
            with work():
                found = access.development_edited(viewer(), development_id)
                check_version(found.version, form.seen_version)
                developing.edit(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("developments.development", development_id=development_id))
        shown = access.development_seen(viewer(), development_id)
        form.stand_at(shown.version)
    return _edit_page(form, shown)


def _draft(form: WorkForm) -> WorkDraft:
    return WorkDraft(
        title=form.title.data or "",
        sort=Sort(form.sort.data),
        whose=Whose(form.whose.data),
        unit_id=int(form.unit_id.data or 0),
        owner=named(form.owner.data, "owner"),
        system=form.system,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        budget=form.budget.data or Decimal(0),
        words=form.words(),
        indicators=form.measures(),
    )


def _known(shown: Development) -> dict[str, object]:
    names = ("title", "sort", "whose", "starts_on", "ends_on", "budget", *parts.F15)
    return {
        **{name: getattr(shown, name) for name in names},
        "unit_id": str(shown.unit_id),
        "owner": shared.name_of(shown.owner),
        "version": str(shown.version),
        **shared.about(shown),
    }


def _edit_page(form: WorkForm, shown: Development | None) -> ResponseReturnValue:
    form.spare_rows()
    page = render_template("helpdesk/studies/development_edit.html", form=form, work=shown)
    return page, form.status


def _moved(development_id: int, act: Callable[..., None], said: str) -> ResponseReturnValue:
    form = ActionForm()
    form.insist()
    with work():
        found = access.development_edited(viewer(), development_id)
        check_version(found.version, form.seen_version)
        act(found, by=viewer())
    flash(said, "ok")
    return redirect(url_for("developments.development", development_id=development_id))


@blueprint.post("/developments/<int:development_id>/begin")
@permit(access.READ)
def begin(development_id: int) -> ResponseReturnValue:
    """Begin the work, or go on with it."""
    return _moved(development_id, developing.begin, _("The work is under way."))


@blueprint.post("/developments/<int:development_id>/pause")
@permit(access.READ)
def pause(development_id: int) -> ResponseReturnValue:
    """Let the work rest."""
    return _moved(development_id, developing.pause, _("The work rests."))


@blueprint.post("/developments/<int:development_id>/finish")
@permit(access.READ)
def finish(development_id: int) -> ResponseReturnValue:
    """Say that the work is done."""
    said = _("The work is finished. Write its report now.")
    return _moved(development_id, developing.finish, said)


@blueprint.post("/developments/<int:development_id>/cancel")
@permit(access.READ)
def cancel(development_id: int) -> ResponseReturnValue:
    """Give the work up, with the reason."""
    form = ReasonForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.development_edited(viewer(), development_id)
                developing.cancel(found, form.reason.data or "", by=viewer())
            flash(_("The work is cancelled."), "ok")
            return redirect(url_for("developments.development", development_id=development_id))
    return _page(access.development_seen(viewer(), development_id), form)


@blueprint.get("/developments/<int:development_id>/paper.pdf")
@permit(access.READ)
def paper(development_id: int) -> Sent:
    """Print the record of a development (F15)."""
    shown = access.development_seen(viewer(), development_id)
    return shared.paper(content.f15(shown, _files(shown)))
