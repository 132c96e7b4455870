"""Writing documents: receive, issue to a person, send to another store, propose a write-off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access
from assets.stock.asked import Line, Paper, People
from assets.stock.forms import IssueForm, LoseForm, ReceiveForm, SendForm
from assets.stock.ledger_models import StockSlip
from assets.stock.models import Store
from assets.stock.queries import balances
from assets.stock.queries import items as queries
from assets.stock.rules import issuing, receiving, sending, writing_off
from assets.stock.views.blueprint import blueprint
from assets.stock.views.items import item_asked, keep_photo, sent_photo
from assets.stock.views.lines import Typed, lines, typed_rows
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.paths import whole
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

Act = Callable[[Store, list[Line]], StockSlip]


def _rows() -> list[Typed]:
    asked = item_asked()
    return typed_rows(f"{asked.code} {asked.name}" if asked else "")


def _post(store_id: int, form: ActionForm, rows: Sequence[Typed], act: Act, said: str) -> str:
    """Write one document and return the address of its page; a second tap leads there too."""
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return earlier
        store = access.store_under(viewer(), store_id, access.MOVE)
        slip = act(store, lines(rows))
        here = url_for("stock.document", slip_id=slip.id)
        bookkeeping.settle_key(form.act_key, here)
    flash(said, "ok")
    return here


def _page(what: str, store_id: int, form: ActionForm, rows: Sequence[Typed]) -> ResponseReturnValue:
    store = access.store_under(viewer(), store_id, access.MOVE)
    page = render_template(
        f"assets/stock/{what}.html",
        store=store,
        form=form,
        rows=rows,
        offered=balances.offered(store, held=what != "receive"),
    )
    return page, form.status


@blueprint.route("/stores/<int:store_id>/receive", methods=["GET", "POST"])
@permit(access.MOVE)
def receive(store_id: int) -> ResponseReturnValue:
    """Take materials into a store with the supplier's paper."""
    form, rows = ReceiveForm(), _rows()
    if form.accepted():
        with form.refusals():
            photo = sent_photo("photo")
            keys = keep_photo(photo) if photo else ("", "")
            paper = Paper(
                form.doc_no.data or "", form.doc_on.data, form.counterparty.data or "", *keys
            )
            note = form.purpose.data or ""

            def act(store: Store, typed: list[Line]) -> StockSlip:
                return receiving.receive(store, typed, paper, purpose=note, by=viewer())

            return redirect(_post(store_id, form, rows, act, _("Received and posted.")))
    return _page("receive", store_id, form, rows)


@blueprint.route("/stores/<int:store_id>/issue", methods=["GET", "POST"])
@permit(access.MOVE)
def issue(store_id: int) -> ResponseReturnValue:
    """Hand materials out to a person."""
    form, rows = IssueForm(), _rows()
    if form.accepted():
        with form.refusals():

            def act(store: Store, typed: list[Line]) -> StockSlip:
                return _issue(store, typed, form)

            return redirect(_post(store_id, form, rows, act, _("Handed out and posted.")))
    return _page("issue", store_id, form, rows)


def _issue(store: Store, typed: Sequence[Line], form: IssueForm) -> StockSlip:
    requester = queries.find_person(form.requester.data or "", field="requester")
    receiver = requester
    if form.receiver.data:
        receiver = queries.find_person(form.receiver.data, field="receiver")
    people, purpose = People(requester, receiver), form.purpose.data or ""
    return issuing.issue(store, typed, people, purpose, by=viewer())


@blueprint.route("/stores/<int:store_id>/send", methods=["GET", "POST"])
@permit(access.MOVE)
def send(store_id: int) -> ResponseReturnValue:
    """Send materials to another store."""
    form, rows = SendForm(), _rows()
    here = access.store_under(viewer(), store_id, access.MOVE)
    others = balances.other_stores(here)
    form.to_store.choices = [(str(one.id), f"{one.name} · {one.unit.name}") for one in others]
    if form.accepted():
        with form.refusals():
            to_id = whole(form.to_store.data)

            def act(store: Store, typed: list[Line]) -> StockSlip:
                to = next((one for one in balances.other_stores(store) if one.id == to_id), None)
                if to is None:
                    raise Refusal(_("Choose another store."), field="to_store")
                return sending.send(store, to, typed, form.purpose.data or "", by=viewer())

            said = _("Sent. The other store confirms what arrives.")
            return redirect(_post(store_id, form, rows, act, said))
    return _page("send", store_id, form, rows)


@blueprint.route("/stores/<int:store_id>/lose", methods=["GET", "POST"])
@permit(access.MOVE)
def lose(store_id: int) -> ResponseReturnValue:
    """Propose to write materials off."""
    form, rows = LoseForm(), _rows()
    if form.accepted():
        with form.refusals():

            def act(store: Store, typed: list[Line]) -> StockSlip:
                return writing_off.lose(store, typed, form.reason.data or "", by=viewer())

            said = _("Asked for approval. It leaves the book when that is given.")
            return redirect(_post(store_id, form, rows, act, said))
    return _page("lose", store_id, form, rows)
