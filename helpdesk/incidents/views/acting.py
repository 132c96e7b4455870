"""What is done with an incident: classify, move on, tell, take measures, tie tickets, print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.incidents import access, papers, queries
from helpdesk.incidents.forms import (
    ClassifyForm,
    MeasureForm,
    NoticeForm,
    TellForm,
    TicketForm,
    WordsForm,
    moment_of,
)
from helpdesk.incidents.models import Incident, IncidentMoment
from helpdesk.incidents.papers import Breach, Contact
from helpdesk.incidents.rules import handling, measures
from helpdesk.incidents.states import INCIDENTS, KINDS, RISKS, Action, Kind, Risk
from helpdesk.incidents.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import lazy_pgettext as _p
from kernel.i18n import speaking
from kernel.pages import show_date, show_moment
from kernel.sending import disposition
from kernel.work import check_version, work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.naming import office_name

TOLD = {
    "report": (_p("incident", "reported"), "megaphone", "warn"),
    "classify": (_p("incident", "classified"), "exclamation-diamond", "danger"),
    "contain": (_p("incident", "contained"), "shield-exclamation", "progress"),
    "fix": (_p("incident", "fixed"), "shield-check", "info"),
    "close": (_p("incident", "closed with lessons"), "check-circle", "ok"),
    "dismiss": (_p("incident", "found to be no incident"), "slash-circle", "neutral"),
    "reopen": (_p("incident", "opened again"), "arrow-counterclockwise", "warn"),
    "notify": (_p("incident", "told the Committee"), "send-check", "ok"),
    "tell": (_p("incident", "told the people concerned"), "people", "ok"),
    "measure": (_p("incident", "wrote down a measure"), "list-check", "neutral"),
    "done": (_p("incident", "did a measure"), "check-lg", "ok"),
}


def told(moment: IncidentMoment, names: Mapping[int, str]) -> dict[str, Any]:
    """Return a moment of the story as the timeline shows it; ``names`` are English ones by id."""
    text, icon, tone = TOLD[moment.act]
    return {
        "at": moment.at,
        "text": str(text),
        "icon": icon,
        "tone": tone,
        "who": names.get(moment.by_id or 0, moment.by_name),
        "body": moment.words,
    }


def _here(incident_id: int, part: str = "") -> str:
    return url_for("incidents.incident", incident_id=incident_id) + part


def _person(typed: str | None, field: str) -> Person | None:
    """Return whom a text names; None for a blank one.

    Raises:
        Refusal: nobody is known by it.
    """
    if not (typed or "").strip():
        return None
    found = person_named(typed or "")
    if found is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=(typed or "")[:80],
            ),
            field=field,
        )
    return found


@blueprint.route("/<int:incident_id>/classify", methods=["GET", "POST"])
@permit(access.HANDLE)
def classify(incident_id: int) -> ResponseReturnValue:
    """Say how grave it is and whom it concerns."""
    found = access.incident_seen(viewer(), incident_id)
    INCIDENTS.target(found.state, Action.CLASSIFY)
    form = ClassifyForm(data=_begun(found))
    form.fill(queries.systems_offered())
    if form.accepted():
        with form.refusals():
            with work():
                found = access.incident_seen(viewer(), incident_id)
                check_version(found.version, form.seen_version)
                handler = _person(form.handler.data, "handler")
                fields = {**form.fields(), "handler_id": handler.id if handler else None}
                handling.classify(found, fields, form.systems.data or (), by=viewer())
            flash(_("The incident is classified."), "ok")
            return redirect(_here(incident_id))
        found = access.incident_seen(viewer(), incident_id)
        form.stand_at(found.version)
    return render_template(
        "helpdesk/incidents/classify.html", form=form, incident=found
    ), form.status


def _begun(found: Incident) -> dict[str, Any]:
    known = clock.local(found.known_at)
    same = (
        "kind",
        "gravity",
        "risk",
        "systems_text",
        "data_kinds",
        "people_kinds",
        "people_count",
        "records_count",
        "consequences",
        "cause",
    )
    return {
        **{name: getattr(found, name) for name in same},
        "known_on": known.date(),
        "known_time": known.time(),
        "handler": found.handler.name_th if found.handler else viewer().name,
        "systems": [one.id for one in queries.systems_of(found)],
        "version": str(found.version),
    }


@blueprint.post("/<int:incident_id>/<any(contain,fix,close,dismiss,reopen):act>")
@permit(access.HANDLE)
def move(incident_id: int, act: str) -> ResponseReturnValue:
    """Take an incident a step on, back, or to its end."""
    form = WordsForm()
    form.insist()
    with work():
        found = access.incident_seen(viewer(), incident_id)
        check_version(found.version, form.seen_version)
        handling.move(found, Action(act), form.words.data or "", by=viewer())
    flash(_("Saved."), "ok")
    return redirect(_here(incident_id))


@blueprint.post("/<int:incident_id>/notify")
@permit(access.HANDLE)
def notify(incident_id: int) -> ResponseReturnValue:
    """Write down that the Committee was told."""
    form = NoticeForm()
    form.insist()
    at = moment_of(form.on.data, form.hour.data)
    with work():
        found = access.incident_seen(viewer(), incident_id)
        check_version(found.version, form.seen_version)
        reference, late_why = form.reference.data or "", form.late_why.data or ""
        handling.notify(found, at, reference, late_why, by=viewer())
    flash(_("The notice is written down."), "ok")
    return redirect(_here(incident_id))


@blueprint.post("/<int:incident_id>/tell-people")
@permit(access.HANDLE)
def tell_people(incident_id: int) -> ResponseReturnValue:
    """Write down that the people concerned were told."""
    form = TellForm()
    form.insist()
    at = moment_of(form.on.data, form.hour.data)
    with work():
        found = access.incident_seen(viewer(), incident_id)
        check_version(found.version, form.seen_version)
        handling.tell_people(found, at, form.how.data or "", by=viewer())
    flash(_("It is written down that they were told."), "ok")
    return redirect(_here(incident_id))


@blueprint.post("/<int:incident_id>/measures")
@permit(access.HANDLE)
def plan(incident_id: int) -> ResponseReturnValue:
    """Write down a measure."""
    form = MeasureForm()
    form.insist()
    responsible = _person(form.responsible.data, "responsible")
    with work():
        earlier = bookkeeping.spend_key(form.act_key, _here(incident_id, "#measures"))
        if earlier is not None:
            return redirect(earlier)
        found = access.incident_seen(viewer(), incident_id)
        measures.plan(found, form.what.data or "", responsible, form.due_on.data, by=viewer())
    flash(_("The measure is written down."), "ok")
    return redirect(_here(incident_id, "#measures"))


@blueprint.post("/<int:incident_id>/measures/<int:measure_id>/finish")
@permit(access.HANDLE)
def finish(incident_id: int, measure_id: int) -> ResponseReturnValue:
    """Say that a measure is done."""
    ActionForm().insist()
    with work():
        found = access.incident_seen(viewer(), incident_id)
        measures.finish(access.measure_of(found, measure_id), by=viewer())
    flash(_("Well done."), "ok")
    return redirect(_here(incident_id, "#measures"))


@blueprint.post("/<int:incident_id>/tickets")
@permit(access.HANDLE)
def tie(incident_id: int) -> ResponseReturnValue:
    """Tie a ticket to the incident by its number."""
    form = TicketForm()
    form.insist()
    with work():
        found = access.incident_seen(viewer(), incident_id)
        handling.tie(found, _ticket(form.number.data or ""), by=viewer())
    flash(_("The ticket is tied to the incident."), "ok")
    return redirect(_here(incident_id, "#tickets"))


def _ticket(number: str) -> Ticket:
    """Return a ticket the viewer may see by its number.

    Raises:
        NotFound: there is none.
    """
    found = db.session.query(Ticket.id).filter(Ticket.number == number.strip()).scalar()
    if found is None:
        raise NotFound(_("There is no such ticket."))
    return tickets.ticket_for(viewer(), found, tickets.SEE)


@blueprint.get("/<int:incident_id>/notice.pdf")
@permit(access.SEE)
def notice_paper(incident_id: int) -> Response:
    """Print the notice to the Committee, as far as the incident is known."""
    found = access.incident_seen(viewer(), incident_id)
    with speaking("th"):
        breach = _breach(found)
    answer = Response(papers.notice_pdf(breach), content_type="application/pdf")
    name = f"breach-{found.number.replace('/', '-')}.pdf"
    answer.headers["Content-Disposition"] = disposition(name, inline=True)
    return answer


def _breach(found: Incident) -> Breach:
    systems = [one.name_th for one in queries.systems_of(found)]
    who = found.handler
    told_them = f"{show_moment(found.told_at)} {found.told_how}" if found.told_at else ""
    return Breach(
        office=office_name("th"),
        number=found.number,
        title=found.title,
        kind=str(KINDS[Kind(found.kind)]),
        story=found.story,
        found_at=found.found_at,
        known_at=found.known_at,
        people_kinds=found.people_kinds,
        people_count=found.people_count,
        data_kinds=found.data_kinds,
        records_count=found.records_count,
        systems=", ".join(filter(None, (*systems, found.systems_text))),
        risk=str(RISKS[Risk(found.risk)]),
        consequences=found.consequences,
        cause=found.cause,
        measures=[
            (one.what, show_date(one.done_on or one.due_on, "long"))
            for one in queries.measures_of(found)
        ],
        told=told_them,
        contact=Contact(who.name_th, who.position, who.phone, who.email) if who else Contact(),
        sent_at=found.notified_at,
        reference=found.notice_reference,
        late_why=found.late_why,
    )
