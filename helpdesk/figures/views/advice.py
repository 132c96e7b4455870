"""Pages of advice: note a consultation, the list, the topics, and the part on a ticket's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.figures import access
from helpdesk.figures import advice_queries as queries
from helpdesk.figures.advice_states import MINUTES, RESULTS, Result
from helpdesk.figures.forms import ClassifyForm, NoteForm, TopicForm
from helpdesk.figures.rules import advising
from helpdesk.figures.views.asking import asked_for, filters_of, period_name
from helpdesk.figures.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.slots import Part
from helpdesk.tickets.states import Kind as TicketKind
from kernel import downloads
from kernel.access import Viewer, permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/advice")
@permit(access.SEE)
def advice() -> ResponseReturnValue:
    """List the consultations of a period."""
    asked, number = asked_for(), page_number()
    topic = request.args.get("topic", "")[:30]
    known = queries.topics()
    filters = [one for one in filters_of(asked, viewer()) if one["name"] != "kind"]
    filters.append(
        {
            "name": "topic",
            "label": _("Topic"),
            "value": topic,
            "any": _("all topics"),
            "choices": [(one.code, one.name) for one in known],
        }
    )
    return render_template(
        "helpdesk/figures/advice.html",
        page=paged(queries.consultations(viewer(), asked, topic, number), number, queries.PAGE),
        names=queries.topic_names(known),
        results=RESULTS,
        filters=filters,
        period=period_name(asked.period),
        topicless=queries.without_topic(viewer(), asked),
        may_note=viewer().may(access.ADVISE),
        may_name=viewer().may(access.TOPICS),
    )


@blueprint.get("/advice/list.<ending>")
@permit(access.SEE)
def advice_file(ending: str) -> ResponseReturnValue:
    """Send the consultations of a period as a file."""
    names = queries.topic_names(queries.topics())
    english = language() == "en"
    columns: list[Column[Any]] = [
        Column(_("When"), lambda one: one.at, Kind.MOMENT),
        Column(_("Number"), lambda one: one.number),
        Column(_("School"), lambda one: one.name_en if english and one.name_en else one.name_th),
        Column(_("Who asked"), lambda one: one.reporter_name),
        Column(_("Topic"), lambda one: names.get(one.topic, one.topic)),
        Column(_("What was asked"), lambda one: one.subject, width=50),
        Column(_("What you advised"), lambda one: one.action_taken, width=50),
        Column(_("What came of it"), lambda one: str(RESULTS[Result(one.result)])),
        Column(_("Minutes"), lambda one: one.minutes, Kind.WHOLE),
        Column(_("By"), lambda one: one.by_name),
    ]
    rows = queries.all_consultations(viewer(), asked_for(), request.args.get("topic", "")[:30])
    return downloads.table(ending, columns, rows, name=_("Advice"), plain_name="advice")


@blueprint.route("/advice/new", methods=["GET", "POST"])
@permit(access.ADVISE)
def note() -> ResponseReturnValue:
    """Note a consultation in half a minute."""
    form = NoteForm()
    form.offer(queries.topics())
    form.offer_units(queries.units_to_ask())
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key, url_for("figures.note"))
                if earlier is not None:
                    return redirect(earlier)
                if form.unit.data:
                    viewer().demand(access.ADVISE, form.unit.data)
                ticket = advising.note(
                    form.question.data or "",
                    form.answer.data or "",
                    form.noted,
                    unit_id=form.unit.data,
                    asked_by=form.asked_by.data or "",
                    by=viewer(),
                )
                number = ticket.number
            flash(_("Noted as %(number)s.", number=number), "ok")
            return redirect(url_for("figures.note" if "more" in request.form else "figures.advice"))
    return render_template("helpdesk/figures/note.html", form=form, minutes=MINUTES), form.status


@blueprint.post("/advice/tickets/<int:ticket_id>")
@permit(access.ADVISE)
def classify(ticket_id: int) -> ResponseReturnValue:
    """Say what a ticket of advice was about."""
    tickets.ticket_for(viewer(), ticket_id, access.ADVISE)
    form = ClassifyForm()
    form.offer(queries.topics())
    form.insist()
    with work():
        ticket = tickets.ticket_for(viewer(), ticket_id, access.ADVISE)
        advising.classify(ticket, form.noted, by=viewer())
    flash(_("Saved."), "ok")
    return redirect(url_for("tickets.show", ticket_id=ticket_id))


def on_ticket(ticket: Ticket, who: Viewer) -> Sequence[Part]:
    """Return the part of a ticket's page that says what its advice was about."""
    if ticket.kind != TicketKind.ADVICE:
        return ()
    known, found = queries.topics(), queries.consultation_of(ticket.id)
    form = ClassifyForm(
        formdata=None,
        topic=found.topic if found else None,
        result=str(found.result) if found else str(Result.SOLVED),
        minutes=found.minutes if found else MINUTES[0],
    )
    form.offer(known)
    drawn = render_template(
        "helpdesk/figures/_on_ticket.html",
        ticket=ticket,
        found=found,
        form=form,
        names=queries.topic_names(known),
        results=RESULTS,
        may=who.may(access.ADVISE, ticket.unit_id),
    )
    return (Part("side", drawn),)


@blueprint.route("/advice/topics", methods=["GET", "POST"])
@permit(access.TOPICS)
def topics() -> ResponseReturnValue:
    """Show the topics of advice; add one, or give one another name."""
    known = queries.topics()
    chosen = next((one for one in known if one.code == request.args.get("edit")), None)
    form = TopicForm()
    if chosen is not None and request.method == "GET":
        form.code.data = chosen.code
        form.name_th.data, form.name_en.data = advising.names_of(chosen)
    if form.accepted():
        with form.refusals():
            with work():
                advising.name_topic(
                    form.code.data or "",
                    form.name_th.data or "",
                    form.name_en.data or "",
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("figures.topics"))
    return render_template(
        "helpdesk/figures/topics.html", form=form, topics=known, chosen=chosen
    ), form.status


@blueprint.post("/advice/topics/<code>/retire")
@permit(access.TOPICS)
def retire_topic(code: str) -> ResponseReturnValue:
    """Offer a topic no more."""
    return _offer(code, retired=True)


@blueprint.post("/advice/topics/<code>/reopen")
@permit(access.TOPICS)
def reopen_topic(code: str) -> ResponseReturnValue:
    """Offer a topic again."""
    return _offer(code, retired=False)


def _offer(code: str, *, retired: bool) -> ResponseReturnValue:
    advising.topic_called(code)  # what is not there is refused before the form is read
    ActionForm().insist()
    with work():
        advising.retire_topic(code, retired=retired, by=viewer())
    flash(_("Saved."), "ok")
    return redirect(url_for("figures.topics"))
