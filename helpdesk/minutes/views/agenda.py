"""Items of the agenda and their minutes; the people of a meeting and their replies."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.minutes import access, queries
from helpdesk.minutes.forms import ItemForm, NewItemForm, PersonForm, WrittenForm
from helpdesk.minutes.rules import agenda, calling
from helpdesk.minutes.states import Duty, Reply, State
from helpdesk.minutes.views.blueprint import blueprint
from helpdesk.minutes.views.people import named
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


def _here(meeting_id: int, part: str) -> str:
    return url_for("meetings.meeting", meeting_id=meeting_id) + part


@blueprint.post("/<int:meeting_id>/items")
@permit(access.READ)
def add_item(meeting_id: int) -> ResponseReturnValue:
    """Put an item on the agenda."""
    form, here = NewItemForm(), _here(meeting_id, "#agenda")
    items = queries.items_of(access.meeting_seen(viewer(), meeting_id))
    form.section.choices = [(one.section, one.title) for one in items if not one.place]
    form.insist()
    with work():
        if bookkeeping.spend_key(form.act_key, here) is None:
            found = access.meeting_written(viewer(), meeting_id)
            title, detail = form.title.data or "", form.detail.data or ""
            agenda.add(found, form.section.data, title, detail, by=viewer())
    flash(_("The item is on the agenda."), "ok")
    return redirect(here)


@blueprint.route("/<int:meeting_id>/items/<int:item_id>", methods=["GET", "POST"])
@permit(access.READ)
def item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Change an item before the meeting; write its minutes after it."""
    found = access.meeting_seen(viewer(), meeting_id)
    row = access.item_of(found, item_id)
    writes = found.state == State.HELD
    form = WrittenForm(obj=row) if writes else ItemForm(obj=row)
    if not form.is_submitted():
        form.version.data = str(found.version)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.meeting_written(viewer(), meeting_id)
                check_version(found.version, form.seen_version)
                row = access.item_of(found, item_id)
                if isinstance(form, WrittenForm):
                    said, resolved = form.minutes.data or "", form.resolution.data or ""
                    agenda.write(found, row, said, resolved, by=viewer())
                else:
                    title, detail = form.title.data or "", form.detail.data or ""
                    agenda.edit(found, row, title, detail, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(_here(meeting_id, "#agenda"))
        found = access.meeting_seen(viewer(), meeting_id)
        row = access.item_of(found, item_id)
        form.stand_at(found.version)
    page = render_template(
        "helpdesk/minutes/item.html", meeting=found, item=row, form=form, writes=writes
    )
    return page, form.status


@blueprint.post("/<int:meeting_id>/items/<int:item_id>/drop")
@permit(access.READ)
def drop_item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Take an item off the agenda."""
    ActionForm().insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        agenda.drop(found, access.item_of(found, item_id), by=viewer())
    flash(_("The item is taken off."), "ok")
    return redirect(_here(meeting_id, "#agenda"))


@blueprint.post("/<int:meeting_id>/people")
@permit(access.READ)
def add_person(meeting_id: int) -> ResponseReturnValue:
    """Put somebody on the list."""
    form = PersonForm()
    form.insist()
    typed = (form.person.data or "").strip()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        calling.add_person(
            found,
            named(typed, "person") if typed else None,
            Duty(form.duty.data),
            by=viewer(),
            name=form.name.data or "",
            position=form.position.data or "",
        )
    flash(_("The list has one more."), "ok")
    return redirect(_here(meeting_id, "#people"))


@blueprint.post("/<int:meeting_id>/people/<int:row_id>/drop")
@permit(access.READ)
def drop_person(meeting_id: int, row_id: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    ActionForm().insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        calling.drop_person(found, access.person_of(found, row_id), by=viewer())
    flash(_("Taken off the list."), "ok")
    return redirect(_here(meeting_id, "#people"))


@blueprint.post("/<int:meeting_id>/reply/<answer>")
@permit(access.READ)
def reply(meeting_id: int, answer: str) -> ResponseReturnValue:
    """Say whether one comes."""
    ActionForm().insist()
    if answer not in (Reply.COMING, Reply.DECLINED):
        raise NotFound(_("There is no such answer."))
    with work():
        found = access.meeting_seen(viewer(), meeting_id)
        calling.reply(found, Reply(answer), by=viewer())
    flash(_("Thank you. Your reply is written down."), "ok")
    return redirect(_here(meeting_id, ""))
