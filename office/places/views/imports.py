"""Pages that take lists in: units and people. First a look at every row, then the doing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel.access import Permission, permit, viewer
from kernel.errors import NotAllowed, Refusal
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work
from office.people import access as people_access
from office.places import access, people_list, sheet, unit_list
from office.places.forms import ListForm, TakeInForm
from office.places.words import PERSON_HEADS, UNIT_HEADS, head_word

blueprint = Blueprint("lists", __name__)

Plan = Callable[[bytes], Sequence[Any]]


def _demand_whole_office(right: Permission) -> None:
    if viewer().scope(right).units is not None:
        raise NotAllowed(_("Only an administrator of the whole office may take lists in."))


def _plan_units(data: bytes) -> Sequence[Any]:
    return unit_list.plan(unit_list.read(data))


def _plan_people(data: bytes) -> Sequence[Any]:
    return people_list.plan(people_list.read(data))


@blueprint.route("/places/import", methods=["GET", "POST"])
@permit(access.EDIT)
def units() -> ResponseReturnValue:
    """Look at a list of units without writing anything."""
    _demand_whole_office(access.EDIT)
    return _look("units", _plan_units)


@blueprint.route("/people/import", methods=["GET", "POST"])
@permit(people_access.EDIT)
def people() -> ResponseReturnValue:
    """Look at a list of people without writing anything."""
    _demand_whole_office(people_access.EDIT)
    return _look("people", _plan_people)


def _look(what: str, plan: Plan) -> ResponseReturnValue:
    form = ListForm()
    if form.accepted():
        with form.refusals():
            data = form.file.data.read(sheet.MOST_BYTES + 1)
            plans = plan(data)
            stored = store().put(data, sheet.ending_of(data))
            return _preview(what, plans, TakeInForm(formdata=None, stored=stored))
    return render_template("office/places/import.html", form=form, what=what), form.status


def _preview(what: str, plans: Sequence[Any], form: TakeInForm) -> ResponseReturnValue:
    page = render_template(
        "office/places/import_preview.html",
        what=what,
        plans=plans,
        form=form,
        counts=Counter(row.outcome for row in plans),
        head_of=partial(head_word, UNIT_HEADS if what == "units" else PERSON_HEADS),
    )
    return page, form.status


@blueprint.post("/places/import/take-in")
@permit(access.EDIT)
def take_in_units() -> ResponseReturnValue:
    """Take in the list of units that was looked at."""
    _demand_whole_office(access.EDIT)
    form = TakeInForm()
    form.insist()
    data = _stored(form)
    with work():
        done = unit_list.apply(unit_list.plan(unit_list.read(data)), by=viewer())
    _tell(done)
    return redirect(url_for("places.units"))


@blueprint.post("/people/import/take-in")
@permit(people_access.EDIT)
def take_in_people() -> ResponseReturnValue:
    """Take in the list of people that was looked at."""
    _demand_whole_office(people_access.EDIT)
    form = TakeInForm()
    form.insist()
    data = _stored(form)
    with work():
        done = people_list.apply(people_list.plan(people_list.read(data)), by=viewer())
    _tell(done)
    return redirect(url_for("staff.people"))


def _stored(form: TakeInForm) -> bytes:
    key = form.stored.data or ""
    if not key.endswith((".csv", ".xlsx")):
        raise Refusal(_("Please choose the file again."))
    return store().read(key)


def _tell(done: int) -> None:
    if done:
        told = ngettext("%(number)s row is taken in.", "%(number)s rows are taken in.", done)
        flash(told, "ok")
    else:
        flash(_("Everything in the list was known already; nothing changed."), "info")
