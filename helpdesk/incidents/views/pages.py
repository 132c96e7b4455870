"""Reporting, the register with its table, one incident, the own reports."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.incidents import access, queries
from helpdesk.incidents.forms import (
    MeasureForm,
    NoticeForm,
    ReportForm,
    TellForm,
    TicketForm,
    WordsForm,
)
from helpdesk.incidents.models import Incident
from helpdesk.incidents.queries import Filter
from helpdesk.incidents.rules import handling
from helpdesk.incidents.states import GRAVITIES, INCIDENTS, KINDS, RISKS, Action, Kind, Risk, State
from helpdesk.incidents.views import acting
from helpdesk.incidents.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import pgettext
from kernel.pages import page_number, paged
from kernel.tables import Column
from kernel.tables import Kind as Cell
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.people import queries as people

__all__ = ["blueprint"]


@blueprint.get("/")
@permit(access.SEE)
def incidents() -> ResponseReturnValue:
    """List the incidents, open ones first."""
    wanted, number = _wanted(), page_number()
    return render_template(
        "helpdesk/incidents/incidents.html",
        page=paged(queries.incidents(viewer(), wanted, number), number, queries.PAGE),
        wanted=wanted,
        kinds=KINDS,
        kind_choices=[(one.value, label) for one, label in KINDS.items()],
        state_choices=[
            ("open", _("all open ones")),
            *((one.value, face.label) for one, face in INCIDENTS.faces.items()),
        ],
        gravities=GRAVITIES,
        faces=INCIDENTS.faces,
        due=queries.due_soonest(),
        may_handle=viewer().may(access.HANDLE),
    )


def _wanted() -> Filter:
    asked = {name: request.args.get(name, "") for name in ("kind", "state", "breach")}
    return Filter(
        words=thai.normalize(request.args.get("q", "").replace("\0", ""))[:100],
        kind=asked["kind"] if asked["kind"] in tuple(Kind) else "",
        state=asked["state"] if asked["state"] in (*tuple(State), "open") else "",
        breach=asked["breach"] if asked["breach"] in ("yes", "due") else "",
    )


@blueprint.get("/register.<ending>")
@permit(access.SEE)
def register(ending: str) -> Response:
    """Send the register, exactly what the list shows."""
    rows = queries.all_incidents(viewer(), _wanted())
    name = _("Register of security incidents")
    return downloads.table(ending, _columns(), rows, name=name, plain_name="incidents")


def _columns() -> list[Column[Incident]]:
    faces = INCIDENTS.faces
    return [
        Column(_("Number"), lambda one: one.number),
        Column(_("Title"), lambda one: one.title, width=40),
        Column(_("Kind"), lambda one: str(KINDS[Kind(one.kind)]), width=28),
        Column(_("State"), lambda one: str(faces[State(one.state)].label)),
        Column(_("How grave"), lambda one: str(GRAVITIES[one.gravity].label)),
        Column(_("Personal data"), lambda one: str(RISKS[Risk(one.risk)]), width=34),
        Column(pgettext("incident", "Found"), lambda one: one.found_at, Cell.MOMENT),
        Column(_("The office knew"), lambda one: one.known_at, Cell.MOMENT),
        Column(_("Systems"), lambda one: one.systems_text, width=30),
        Column(_("Whose data"), lambda one: one.people_kinds, width=24),
        Column(_("People"), lambda one: one.people_count, Cell.WHOLE),
        Column(_("Which data"), lambda one: one.data_kinds, width=30),
        Column(_("Records"), lambda one: one.records_count, Cell.WHOLE),
        Column(_("Notice due"), lambda one: one.notice_due_at, Cell.MOMENT),
        Column(_("Notice sent"), lambda one: one.notified_at, Cell.MOMENT),
        Column(_("Number of the notice"), lambda one: one.notice_reference),
        Column(_("People told"), lambda one: one.told_at, Cell.MOMENT),
        Column(_("Cause"), lambda one: one.cause, width=40),
        Column(_("Lessons"), lambda one: one.lessons, width=40),
        Column(_("Ended"), lambda one: one.ended_at, Cell.MOMENT),
    ]


@blueprint.get("/mine")
@permit(access.REPORT)
def mine() -> ResponseReturnValue:
    """Show what the viewer reported and how it stands."""
    return render_template(
        "helpdesk/incidents/mine.html",
        rows=queries.mine(viewer()),
        faces=INCIDENTS.faces,
        kinds=KINDS,
        may_see=viewer().may(access.SEE),
    )


@blueprint.route("/report", methods=["GET", "POST"])
@permit(access.REPORT)
def report() -> ResponseReturnValue:
    """Report an incident; from a ticket it begins with what the ticket says."""
    ticket = _ticket_asked()
    begin = {"title": ticket.subject[:200], "systems_text": ticket.place_text} if ticket else None
    form = ReportForm(data=begin)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = handling.report(form.fields(), ticket=_ticket_asked(), by=viewer())
                here = url_for("incidents.mine")
                if viewer().may(access.SEE):
                    here = url_for("incidents.incident", incident_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("Thank you. It is incident %(number)s.", number=made.number), "ok")
            return redirect(here)
    return render_template("helpdesk/incidents/report.html", form=form, ticket=ticket), form.status


def _ticket_asked() -> Ticket | None:
    asked = request.args.get("ticket", "")
    if not (asked.isdecimal() and len(asked) < 16):
        return None
    return tickets.ticket_for(viewer(), int(asked), tickets.SEE)


@blueprint.get("/<int:incident_id>")
@permit(access.SEE)
def incident(incident_id: int) -> ResponseReturnValue:
    """Show an incident: facts, clock, measures, tickets, story."""
    found, may = access.incident_seen(viewer(), incident_id), viewer().may(access.HANDLE)
    state, moments = State(found.state), queries.story_of(found)
    names = people.english_names(one.by_id for one in moments)
    return render_template(
        "helpdesk/incidents/incident.html",
        incident=found,
        face=INCIDENTS.faces[state],
        gravity=GRAVITIES[found.gravity],
        kind=KINDS[Kind(found.kind)],
        risk=RISKS[Risk(found.risk)],
        left=found.time_left(clock.now()),
        measures=queries.measures_of(found),
        systems=queries.systems_of(found),
        tickets=queries.tickets_of(found),
        story=[acting.told(one, names) for one in moments],
        acts=INCIDENTS.actions(state) if may else (),
        verbs=INCIDENTS.acts,
        classify=Action.CLASSIFY,
        may_handle=may,
        words=WordsForm(formdata=None, version=str(found.version)),
        notice=NoticeForm(formdata=None, version=str(found.version)),
        telling=TellForm(formdata=None, version=str(found.version)),
        measure=MeasureForm(formdata=None),
        tying=TicketForm(formdata=None),
    )
