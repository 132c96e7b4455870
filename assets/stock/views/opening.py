"""Bringing in the office's own list of what a store holds: first a look at every row."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access, opening_list
from assets.stock.forms import ListForm, TakeInForm
from assets.stock.models import Store
from assets.stock.opening_list import Row
from assets.stock.quantities import shown
from assets.stock.rules import opening as rules
from assets.stock.states import CLASSES
from assets.stock.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.files import store as files
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places import sheet


@blueprint.route("/stores/<int:store_id>/opening", methods=["GET", "POST"])
@permit(access.MOVE)
def opening(store_id: int) -> ResponseReturnValue:
    """Look at a list without writing anything."""
    store, form = access.store_under(viewer(), store_id, access.MOVE), ListForm()
    if form.accepted():
        with form.refusals():
            sent = sent_files("file")
            if not sent:
                raise Refusal(_("Please choose the list."), field="file")
            data = sent[0].stream.read(sheet.MOST_BYTES + 1)
            rows = _rows(store, data)
            stored = files().put(data, sheet.ending_of(data))
            return _preview(store, rows, TakeInForm(formdata=None, stored=stored))
    page = render_template(
        "assets/stock/opening.html",
        form=form,
        store=store,
        heads=[names[0] for names in opening_list.HEADS.values()],
        needed=[opening_list.HEADS[name][0] for name in opening_list.NEEDED],
    )
    return page, form.status


def _rows(store: Store, data: bytes) -> list[Row]:
    rows = opening_list.read(data)
    rules.compare(store, rows)
    return rows


def _preview(store: Store, rows: list[Row], form: TakeInForm) -> ResponseReturnValue:
    page = render_template(
        "assets/stock/opening_preview.html",
        store=store,
        rows=rows,
        good=len(opening_list.good(rows)),
        form=form,
        classes=CLASSES,
        shown=shown,
    )
    return page, form.status


@blueprint.post("/stores/<int:store_id>/opening/take-in")
@permit(access.MOVE)
def take_in(store_id: int) -> ResponseReturnValue:
    """Take in the list that was looked at: its rows without problems."""
    form = TakeInForm()
    form.insist()
    data = _stored(form)
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        store = access.store_under(viewer(), store_id, access.MOVE)
        rows = _rows(store, data)
        rules.bring_in(store, rows, _("Balance brought into the service"), by=viewer())
        here = url_for("stock.balances", store=store_id)
        bookkeeping.settle_key(form.act_key, here)
    done = len(opening_list.good(rows))
    flash(ngettext("%(number)s row is taken in.", "%(number)s rows are taken in.", done), "ok")
    return redirect(here)


def _stored(form: TakeInForm) -> bytes:
    key = form.stored.data or ""
    if not key.endswith((".csv", ".xlsx")):
        raise Refusal(_("Please choose the file again."))
    return files().read(key)
