"""Taking a report down for somebody else: the phone rings, the private link goes to the caller."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.register import access as register
from assets.register.models import Asset
from helpdesk.tickets import access, desk_queries, queries
from helpdesk.tickets.categories import answers
from helpdesk.tickets.categories import forms as questions
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.desk_forms import ForSomebodyForm
from helpdesk.tickets.rules import intake, notices
from helpdesk.tickets.states import Kind, Priority
from helpdesk.tickets.views import photos
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.paths import whole
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


@blueprint.route("/report/for", methods=["GET", "POST"])
@permit(access.REPORT_FOR)
def report_for() -> ResponseReturnValue:
    """Take a report down for a person, or for a caller without an account."""
    me = viewer()
    asked = request.form or request.args
    person = desk_queries.person(whole(asked.get("person")), me)
    item = _item(whole(asked.get("item")))
    code = asked.get("category", "") or (intake.category_of(item) if item else "")
    form = _form(code, person, item)
    step = form.is_submitted() and "step" in request.form
    if not step and form.accepted():
        with form.refusals():
            kept = photos.take_photos(form)
            with work():
                ticket_id = _taken_down(form, code, kept)
            flash(_("The report is taken down."), "ok")
            return redirect(url_for("tickets.taken_down", ticket_id=ticket_id))
        person, item = (
            desk_queries.person(whole(form.person.data), me),
            _item(whole(form.item.data)),
        )
    who, what = request.args.get("who", "")[:120], request.args.get("what", "")[:200]
    _offer(form)
    return render_template(
        "helpdesk/tickets/report_for.html",
        form=form,
        asked=[field for field in form if field.name.startswith("q_")],
        person=person,
        item=item,
        who=who,
        what=what,
        people=desk_queries.people(who, me),
        items=desk_queries.items(what, me),
        open_ticket=queries.open_ticket_on(item.id) if item else None,
        kept=photos.kept_count(form),
    ), form.status


@blueprint.get("/tickets/<int:ticket_id>/taken-down")
@permit(access.REPORT_FOR)
def taken_down(ticket_id: int) -> ResponseReturnValue:
    """Show the number to read out, and the private link to hand on."""
    ticket = access.ticket_seen_by(viewer(), ticket_id)
    viewer().demand(access.REPORT_FOR, ticket.unit_id)
    link = photos.settings().base_url + url_for("tickets.track", token=ticket.token)
    told = bool(ticket.reporter_id or ticket.reporter_email)
    return render_template("helpdesk/tickets/taken_down.html", ticket=ticket, link=link, told=told)


def _form(code: str, person: Person | None, item: Asset | None) -> ForSomebodyForm:
    kind = questions.asking(ForSomebodyForm, categories.questions_of(code), code)
    first = {
        "person": str(person.id) if person else "",
        "item": str(item.id) if item else "",
        "unit": person.unit_id if person else viewer().unit_id or "",
        "category": code,
        "contact": person.phone if person else "",
    }
    form = kind(data=first)
    form.asked.data = code
    return form


def _offer(form: ForSomebodyForm) -> None:
    english = language() == "en"
    form.unit.choices = [
        ("", _("Please choose")),
        *(
            (one.id, one.name_en if english and one.name_en else one.name_th)
            for one in desk_queries.units(viewer())
        ),
    ]
    form.category.choices = [
        ("", _("Please choose")),
        *((one.code, one.name) for one in categories.offered()),
    ]


def _taken_down(form: Any, code: str, kept: list[intake.KeptPhoto]) -> int:  # noqa: ANN401 - made of questions
    me = viewer()
    person = desk_queries.person(whole(form.person.data), me)
    item = _item(whole(form.item.data))
    fresh = bookkeeping.spend_key(form.act_key)
    if fresh:
        return int(fresh)
    if person is None and not (form.name.data or "").strip():
        raise Refusal(_("Please choose the person, or write the caller's name."), field="name")
    unit_id = item.holding_unit_id if item else form.unit.data
    _check_unit(unit_id)
    if not categories.is_offered(code):
        raise Refusal(_("Please choose what it is about."), field="category")
    asked = categories.questions_of(code)
    place = form.place.data or ""
    ticket = intake.report(
        intake.Report(
            asset=item,
            unit_id=unit_id,
            room=None if item else queries.room_called(unit_id, place),
            place_text="" if item else place,
            kind=Kind.ADVICE if form.kind.data == Kind.ADVICE else Kind.REPAIR,
            category=code,
            detail=form.detail.data or "",
            reporter=person,
            reporter_name=form.name.data or "",
            reporter_contact=form.contact.data or "",
            priority=_priority(form.priority.data),
            answers=answers.read(asked, questions.given(form, asked)),
            source="phone",
        ),
        by=me,
        photos=kept,
    )
    notices.tell_taken_in(ticket, by=me)
    bookkeeping.settle_key(form.act_key, str(ticket.id))
    return ticket.id


def _check_unit(unit_id: int) -> None:
    if all(one.id != unit_id for one in desk_queries.units(viewer())):
        raise Refusal(_("Please choose the school or group."), field="unit")


def _priority(said: str) -> Priority:
    return Priority(said) if said in set(Priority) else Priority.NORMAL


def _item(asset_id: int | None) -> Asset | None:
    if not asset_id:
        return None
    try:
        return register.asset_seen_by(viewer(), asset_id)
    except NotFound:
        return None
