"""The list of meetings, beginning one, one meeting, changing it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.minutes import access, queries
from helpdesk.minutes.forms import (
    AdoptForm,
    FilesForm,
    HoldForm,
    MeetingForm,
    NewForm,
    NewItemForm,
    PersonForm,
    TaskForm,
    WhenForm,
    WordsForm,
)
from helpdesk.minutes.models import Meeting
from helpdesk.minutes.queries import Filter
from helpdesk.minutes.rules import calling
from helpdesk.minutes.states import (
    ADOPTED,
    BEFORE,
    DUTIES,
    MEETINGS,
    PRESENCES,
    REPLIES,
    WRITABLE,
    Action,
    State,
)
from helpdesk.minutes.views import (  # noqa: F401 - their pages hang on the same blueprint
    agenda,
    files,
    holding,
    printing,
)
from helpdesk.minutes.views.blueprint import blueprint
from helpdesk.minutes.views.people import booking_named, named_each
from helpdesk.programmes import access as programmes
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places

__all__ = ["blueprint"]


@blueprint.get("/")
@permit(access.READ)
def meetings() -> ResponseReturnValue:
    """List the meetings that the viewer may see, the newest first."""
    me, wanted, number = viewer(), _wanted(), page_number()
    newest = clock.today().year + thai.BUDDHIST_OFFSET
    years = queries.years(me, newest)
    return render_template(
        "helpdesk/minutes/meetings.html",
        page=paged(queries.meetings(me, wanted, number), number, queries.PAGE),
        wanted=wanted,
        years=[(one, str(one if language() == "th" else one - 543)) for one in years],
        faces=MEETINGS.faces,
        may_begin=me.may(access.BEGIN),
    )


def _wanted() -> Filter:
    said = request.args
    state, year, programme = (said.get(name, "") for name in ("state", "year", "programme"))
    return Filter(
        words=thai.normalize(said.get("q", "").replace("\0", ""))[:100],
        state=state if state in tuple(State) else "",
        year=int(year) if year.isdecimal() and len(year) < 6 else None,
        programme_id=int(programme) if programme.isdecimal() and len(programme) < 10 else None,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.BEGIN)
def begin() -> ResponseReturnValue:
    """Begin a meeting."""
    form = _filled(NewForm())
    if not form.is_submitted():
        wanted = _wanted()
        known = dict(form.programme_id.choices or ())
        form.programme_id.data = wanted.programme_id if wanted.programme_id in known else 0
        form.unit_id.data = str(viewer().unit_id)
        form.people.data = viewer().name if not form.programme_id.data else ""
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                people = named_each(form.people.data, "people")
                made = calling.begin(_fields(form), people, by=viewer())
                here = url_for("meetings.meeting", meeting_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The meeting has the customary agenda. Add its items, then invite."), "ok")
            return redirect(here)
    return render_template("helpdesk/minutes/edit.html", form=form, meeting=None), form.status


def _filled(form: Any) -> Any:  # noqa: ANN401 - one of two forms
    """Fill the choices of units and programmes."""
    form.unit_id.choices = places.choices(viewer().scope(access.BEGIN))
    form.programme_id.choices = [(0, "–"), *queries.programmes_offered(viewer())]
    return form


def _fields(form: MeetingForm) -> dict[str, Any]:
    fields, booking = form.fields(), booking_named(form.booking.data)
    viewer().demand(access.BEGIN, fields["unit_id"])
    if fields["programme_id"]:
        programmes.programme_seen(viewer(), fields["programme_id"])
    return {**fields, "request_id": booking.id if booking else None}


@blueprint.get("/<int:meeting_id>")
@permit(access.READ)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Show a meeting with agenda, people, minutes and tasks."""
    me, found = viewer(), access.meeting_seen(viewer(), meeting_id)
    people, items = queries.people_of(found), queries.items_of(found)
    state = State(found.state)
    mine = next((one for one in people if one.person_id == me.id), None)
    return render_template(
        "helpdesk/minutes/meeting.html",
        meeting=found,
        face=MEETINGS.faces[state],
        items=items,
        people=people,
        receipts=queries.read_receipts(found, people),
        tasks=queries.tasks_of(found),
        files=queries.files_of(found),
        following=queries.next_of(found),
        actions=MEETINGS.actions(state),
        acts=Action,
        labels=MEETINGS.acts,
        duties=DUTIES,
        presences=PRESENCES,
        replies=REPLIES,
        ways=ADOPTED,
        mine=mine,
        before=state in BEFORE,
        writable=state in WRITABLE,
        may_write=access.may_write(me, found),
        me_id=me.id,
        today=clock.today(),
        **_forms(found, items),
    )


def _forms(found: Meeting, items: Any) -> dict[str, Any]:  # noqa: ANN401 - rows of the agenda
    adding, giving, holding_form = (
        NewItemForm(formdata=None),
        TaskForm(formdata=None),
        HoldForm(formdata=None),
    )
    adding.section.choices = [
        (one.section, f"{one.number} {one.title}") for one in items if not one.place
    ]
    adding.section.data = next((one.section for one in items if one.section == 4), 1)
    giving.item_id.choices = [(0, "–"), *((one.id, f"{one.number} {one.title}") for one in items)]
    holding_form.began.data = clock.local(found.starts_at).time()
    holding_form.ended.data = clock.local(found.ends_at).time()
    filing = FilesForm(formdata=None)
    filing.offer(items)
    return {
        "adding": adding,
        "filing": filing,
        "giving": giving,
        "holding": holding_form,
        "listing": PersonForm(formdata=None),
        "finishing": WordsForm(formdata=None),
        "cancelling": WordsForm(formdata=None),
        "adopting": AdoptForm(formdata=None),
    }


@blueprint.route("/<int:meeting_id>/edit", methods=["GET", "POST"])
@permit(access.READ)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Change when, where and what."""
    found = access.meeting_seen(viewer(), meeting_id)
    form = _filled(MeetingForm())
    if not form.is_submitted():
        _show(form, found)
    # A programme that is over stays chosen though it is offered no more.
    if found.programme_id and found.programme_id not in dict(form.programme_id.choices):
        name = found.programme.name if found.programme else ""
        form.programme_id.choices.append((found.programme_id, name))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.meeting_written(viewer(), meeting_id)
                check_version(found.version, form.seen_version)
                fields = _fields(form)
                fields["session_no"] = fields["session_no"] or found.session_no
                calling.edit(found, fields, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("meetings.meeting", meeting_id=meeting_id))
        found = access.meeting_seen(viewer(), meeting_id)
        form.stand_at(found.version)
    return render_template("helpdesk/minutes/edit.html", form=form, meeting=found), form.status


def _show(form: MeetingForm, found: Meeting) -> None:
    form.show(found)
    form.version.data = str(found.version)
    form.body.data, form.session_no.data = found.body, found.session_no
    form.unit_id.data, form.programme_id.data = str(found.unit_id), found.programme_id or 0
    form.booking.data = (found.request.number if found.request else "") or ""


@blueprint.route("/<int:meeting_id>/next", methods=["GET", "POST"])
@permit(access.BEGIN)
def follow(meeting_id: int) -> ResponseReturnValue:
    """Begin the next meeting of the same people."""
    found = access.meeting_seen(viewer(), meeting_id)
    form = WhenForm()
    if not form.is_submitted():
        form.show(found)
        form.day.data = None
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                found = access.meeting_written(viewer(), meeting_id)
                made = calling.follow(found, form.when(), by=viewer())
                here = url_for("meetings.meeting", meeting_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The next meeting asks for the open tasks and adopts these minutes."), "ok")
            return redirect(here)
    return render_template("helpdesk/minutes/next.html", form=form, meeting=found), form.status
