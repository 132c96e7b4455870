"""Sending invitations, holding, attendance, circulating and adopting; tasks."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.minutes import access, queries
from helpdesk.minutes.forms import AdoptForm, HoldForm, TaskForm, WordsForm
from helpdesk.minutes.models import Meeting
from helpdesk.minutes.rules import calling, holding, tasks
from helpdesk.minutes.states import PRESENCES, Adopted, Presence
from helpdesk.minutes.views.blueprint import blueprint
from helpdesk.minutes.views.people import named
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


def _here(meeting_id: int, part: str = "") -> str:
    return url_for("meetings.meeting", meeting_id=meeting_id) + part


@blueprint.post("/<int:meeting_id>/call")
@permit(access.READ)
def call(meeting_id: int) -> ResponseReturnValue:
    """Send the invitations."""
    ActionForm().insist()
    with work():
        count = calling.call(access.meeting_written(viewer(), meeting_id), by=viewer())
    said = ngettext("%(number)s person is invited.", "%(number)s people are invited.", count)
    flash(said, "ok")
    return redirect(_here(meeting_id, "#people"))


@blueprint.post("/<int:meeting_id>/cancel")
@permit(access.READ)
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Cancel a meeting."""
    form = WordsForm()
    form.insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        calling.cancel(found, form.words.data or "", by=viewer())
    flash(_("The meeting is cancelled; who was invited is told."), "ok")
    return redirect(_here(meeting_id))


@blueprint.post("/<int:meeting_id>/hold")
@permit(access.READ)
def hold(meeting_id: int) -> ResponseReturnValue:
    """Write down that the meeting was held."""
    form = HoldForm()
    form.insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        day = clock.local(found.starts_at).date()
        began, ended = clock.at(day, form.began.data), clock.at(day, form.ended.data)
        holding.hold(found, began, ended, by=viewer())
    flash(_("Written down. Note who was there, then write the minutes."), "ok")
    return redirect(url_for("meetings.attendance", meeting_id=meeting_id))


@blueprint.route("/<int:meeting_id>/attendance", methods=["GET", "POST"])
@permit(access.READ)
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Note who was there."""
    found = access.meeting_seen(viewer(), meeting_id)
    form = ActionForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.meeting_written(viewer(), meeting_id)
                check_version(found.version, form.seen_version)
                _note(found)
            flash(_("The attendance is noted."), "ok")
            return redirect(_here(meeting_id, "#people"))
        found = access.meeting_seen(viewer(), meeting_id)
        form.stand_at(found.version)
    page = render_template(
        "helpdesk/minutes/attendance.html",
        meeting=found,
        people=queries.people_of(found),
        presences=PRESENCES,
        sent=request.form,
        form=form,
    )
    return page, form.status


def _note(found: Meeting) -> None:
    for row in queries.people_of(found):
        said = request.form.get(f"presence-{row.id}", "")
        if said in tuple(Presence):
            holding.attend(
                found,
                row,
                Presence(said),
                by=viewer(),
                deputy=_typed(f"deputy-{row.id}"),
                remark=_typed(f"remark-{row.id}"),
            )


def _typed(name: str) -> str:
    return thai.normalize(request.form.get(name, "").replace("\0", ""))[:200]


@blueprint.post("/<int:meeting_id>/circulate")
@permit(access.READ)
def circulate(meeting_id: int) -> ResponseReturnValue:
    """Send the minutes round."""
    ActionForm().insist()
    with work():
        holding.circulate(access.meeting_written(viewer(), meeting_id), by=viewer())
    flash(_("The minutes go round."), "ok")
    return redirect(_here(meeting_id))


@blueprint.post("/<int:meeting_id>/reopen")
@permit(access.READ)
def reopen(meeting_id: int) -> ResponseReturnValue:
    """Take the minutes back to correct them."""
    ActionForm().insist()
    with work():
        holding.reopen(access.meeting_written(viewer(), meeting_id), by=viewer())
    flash(_("The minutes can be corrected."), "ok")
    return redirect(_here(meeting_id))


@blueprint.post("/<int:meeting_id>/adopt")
@permit(access.READ)
def adopt(meeting_id: int) -> ResponseReturnValue:
    """Write down that the minutes are adopted."""
    form = AdoptForm()
    form.insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        holding.adopt(found, Adopted(form.how.data), form.corrections.data or "", by=viewer())
    flash(_("The minutes are adopted."), "ok")
    return redirect(_here(meeting_id))


@blueprint.post("/<int:meeting_id>/tasks")
@permit(access.READ)
def give_task(meeting_id: int) -> ResponseReturnValue:
    """Give somebody a task."""
    form, here = TaskForm(), _here(meeting_id, "#tasks")
    items = queries.items_of(access.meeting_seen(viewer(), meeting_id))
    form.item_id.choices = [(0, "–"), *((one.id, one.title) for one in items)]
    form.insist()
    with work():
        if bookkeeping.spend_key(form.act_key, here) is None:
            found = access.meeting_written(viewer(), meeting_id)
            item = access.item_of(found, form.item_id.data) if form.item_id.data else None
            person = named(form.person.data, "person")
            what = form.what.data or ""
            tasks.give(found, what, person, form.due_on.data, by=viewer(), item=item)
    flash(_("The task is given."), "ok")
    return redirect(here)


@blueprint.post("/<int:meeting_id>/tasks/<int:task_id>/finish")
@permit(access.READ)
def finish_task(meeting_id: int, task_id: int) -> ResponseReturnValue:
    """Report a task done."""
    form = WordsForm()
    form.insist()
    with work():
        found = access.meeting_seen(viewer(), meeting_id)
        task = access.task_of(found, task_id)
        writes = access.may_write(viewer(), found)
        tasks.finish(task, form.words.data or "", by=viewer(), writes=writes)
    flash(_("The task is done."), "ok")
    return redirect(_here(meeting_id, "#tasks"))


@blueprint.post("/<int:meeting_id>/tasks/<int:task_id>/drop")
@permit(access.READ)
def drop_task(meeting_id: int, task_id: int) -> ResponseReturnValue:
    """Take a task back."""
    ActionForm().insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        tasks.drop(found, access.task_of(found, task_id), by=viewer())
    flash(_("The task is taken back."), "ok")
    return redirect(_here(meeting_id, "#tasks"))
