"""The list of comparisons, and the page of one with its buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.specifications import access, queries, sentences, standings
from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.forms import WordsForm
from helpdesk.specifications.rules import comparing, flow
from helpdesk.specifications.rules.sorts import COMPARISON
from helpdesk.specifications.states import COMPARISONS, METHODS, RESULTS, Action, State
from helpdesk.specifications.views.blueprint import blueprint
from helpdesk.specifications.views.faces import approval_of, face_of
from helpdesk.specifications.views.lists import wanted_now
from kernel.access import Viewer, permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/comparisons")
@permit(access.READ)
def comparisons() -> ResponseReturnValue:
    """List the comparisons that the viewer may read."""
    number, wanted = page_number(), wanted_now()
    found = queries.comparisons(viewer(), wanted, number)
    return render_template(
        "helpdesk/specifications/comparisons.html",
        page=paged(found, number, queries.A_PAGE),
        wanted=wanted,
        states=[(state.value, COMPARISONS.faces[state].label) for state in State],
        face=partial(face_of, COMPARISON),
    )


@blueprint.get("/comparisons/<int:comparison_id>")
@permit(access.READ)
def comparison(comparison_id: int) -> ResponseReturnValue:
    """Show one comparison: vendors beside requirements, prices, places, recommendation."""
    return _page(access.comparison_read(viewer(), comparison_id))


def _page(one: Comparison, tried: WordsForm | None = None) -> ResponseReturnValue:
    me = viewer()
    queries.load_offers(one)
    form = tried or WordsForm(formdata=None)
    form.version.data = str(one.version)
    page = render_template(
        "helpdesk/specifications/comparison.html",
        one=one,
        **approval_of(COMPARISON, one, me),
        **table_of(one),
        acts=_acts(one, me),
        own=one.author_id == me.id,
        methods=METHODS,
        form=form,
        tried=tried,
    )
    return page, tried.status if tried is not None else 200


def table_of(one: Comparison) -> dict[str, Any]:
    """Return what the table of a comparison needs beside the rows."""
    specification = one.specification
    return {
        "places": standings.of(one),
        "totals": {offer.id: standings.total(offer, specification) for offer in one.offers},
        "cells": {
            (offer.id, each.requirement_id): each for offer in one.offers for each in offer.findings
        },
        "prices": {
            (offer.id, each.item_id): each.unit_price for offer in one.offers
            for each in offer.prices
        },
        "results": RESULTS,
        "sentence": sentences.requirement,
    }  # fmt: skip


def _acts(one: Comparison, me: Viewer) -> dict[str, bool]:
    """Return which buttons the page shows; the same table decides as in the rules."""
    own = one.author_id == me.id
    writes = own or me.id in {each.person_id for each in one.members}
    state = State(one.state)
    return {
        "edit": writes and comparing.is_editable(one),
        "recall": own and COMPARISONS.allows(state, Action.RECALL),
        "reopen": own and COMPARISONS.allows(state, Action.REOPEN),
        "cancel": own and COMPARISONS.allows(state, Action.CANCEL),
    }


def _acted(
    comparison_id: int, form: WordsForm, verb: Callable[[Comparison], object], said: str
) -> ResponseReturnValue:
    """Do one act of the author in one unit of work; show the page again where it is refused."""
    here = url_for("specifications.comparison", comparison_id=comparison_id)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.comparison_owned(viewer(), comparison_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    comparing.locked(comparison_id)
                    check_version(found.version, form.seen_version)
                    verb(found)
            flash(said, "ok")
            return redirect(here)
    return _page(access.comparison_read(viewer(), comparison_id), form)


@blueprint.post("/comparisons/<int:comparison_id>/recall")
@permit(access.READ)
def recall_comparison(comparison_id: int) -> ResponseReturnValue:
    """Take the own comparison back to change it."""
    said = _("It is a draft again. Nobody is asked until you send it.")
    return _acted(
        comparison_id, WordsForm(), lambda one: flow.recall(COMPARISON, one, by=viewer()), said
    )


@blueprint.post("/comparisons/<int:comparison_id>/reopen")
@permit(access.READ)
def reopen_comparison(comparison_id: int) -> ResponseReturnValue:
    """Make the approval void because something in the comparison is wrong."""
    form = WordsForm()
    return _acted(
        comparison_id,
        form,
        lambda one: flow.reopen(COMPARISON, one, form.words.data or "", by=viewer()),
        _("The approval is void. Mend the comparison and send it again."),
    )


@blueprint.post("/comparisons/<int:comparison_id>/cancel")
@permit(access.READ)
def cancel_comparison(comparison_id: int) -> ResponseReturnValue:
    """End a comparison that is not decided."""
    form = WordsForm()
    return _acted(
        comparison_id,
        form,
        lambda one: flow.cancel(COMPARISON, one, form.words.data or "", by=viewer()),
        _("The comparison is cancelled."),
    )
