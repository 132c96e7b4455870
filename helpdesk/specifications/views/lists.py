"""The lists: specifications with their table, and the library to start from."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.specifications import access, criteria_queries, queries
from helpdesk.specifications.models import Specification
from helpdesk.specifications.queries import Filter
from helpdesk.specifications.rules import library as templates
from helpdesk.specifications.rules.sorts import SPECIFICATION
from helpdesk.specifications.states import SPECIFICATIONS, State
from helpdesk.specifications.views.blueprint import blueprint
from helpdesk.specifications.views.faces import face_of
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


def wanted_now() -> Filter:
    """Return what the address narrows a list to."""
    state = request.args.get("state", "")
    words = thai.normalize(request.args.get("q", "").replace("\0", ""))[:100]
    return Filter(words, state if state in tuple(State) else "")


@blueprint.get("/specifications")
@permit(access.READ)
def specifications() -> ResponseReturnValue:
    """List the specifications: the own ones, those of the own units, and every approved one."""
    number, wanted = page_number(), wanted_now()
    found = queries.specifications(viewer(), wanted, number)
    return render_template(
        "helpdesk/specifications/list.html",
        page=paged(found, number, queries.A_PAGE),
        wanted=wanted,
        states=[(state.value, SPECIFICATIONS.faces[state].label) for state in State],
        face=partial(face_of, SPECIFICATION),
    )


@blueprint.get("/specifications/all.<ending>")
@permit(access.READ)
def table(ending: str) -> Response:
    """Send exactly what the list shows."""
    columns: list[Column[Specification]] = [
        Column(_("Number"), lambda one: one.number, width=16),
        Column(_("What is specified"), lambda one: one.title, width=48),
        Column(_("Version"), lambda one: one.edition, Kind.WHOLE, width=8),
        Column(_("State"), lambda one: str(face_of(SPECIFICATION, one).label), width=24),
        Column(_("Written by"), lambda one: one.author_name, width=24),
        Column(_("Unit"), lambda one: one.unit.name, width=32),
        Column(_("Reference price (baht)"), lambda one: one.median_price, Kind.MONEY),
        Column(_("Budget (baht)"), lambda one: one.budget, Kind.MONEY),
        Column(_("Sent on"), lambda one: one.sent_at, Kind.MOMENT),
        Column(_("Approved on"), lambda one: one.approved_at, Kind.MOMENT),
    ]
    rows = queries.all_specifications(viewer(), wanted_now())
    name = _("Specifications")
    return downloads.table(ending, columns, rows, name=name, plain_name="specifications")


@blueprint.get("/specifications/library")
@permit(access.READ)
def library() -> ResponseReturnValue:
    """Show what to start from: the templates of the service, and every approved specification."""
    number, words = page_number(), wanted_now().words
    found = queries.library(words, number)
    return render_template(
        "helpdesk/specifications/library.html",
        page=paged(found, number, queries.A_PAGE),
        words=words,
        templates=templates.templates() if number == 1 and not words else (),
        criteria=bool(criteria_queries.in_force(clock.today())),
        form=ActionForm(formdata=None),
    )


@blueprint.post("/specifications/library/<key>")
@permit(access.WRITE)
def start(key: str) -> ResponseReturnValue:
    """Begin a specification out of a template."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        made = templates.begin(key, by=viewer())
        there = url_for("specifications.edit", specification_id=made.id)
        bookkeeping.settle_key(form.act_key, there)
    flash(_("A draft out of the template. Please fill in what is yours and send it."), "ok")
    return redirect(there)
