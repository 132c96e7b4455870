"""Asking for a purchase: the form, new and of a draft, and what runs short as a draft."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from assets.catalogue import queries as catalogue
from assets.stock import access as stock
from assets.stock.queries import balances
from helpdesk.purchases import access, queries
from helpdesk.purchases.forms import PurchaseForm
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import drafting, shopping
from helpdesk.purchases.states import Kind
from helpdesk.purchases.views.blueprint import blueprint
from helpdesk.specifications import access as spec_access
from helpdesk.specifications import queries as specifications
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.db import db, thai_order
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit

MOST_PEOPLE, LONGEST_ID = 500, 15


def offer(form: PurchaseForm, unit_id: int | None, found: Purchase | None = None) -> None:
    """Fill the choices of the form for a purchase of a unit."""
    form.spare_rows()
    unit = db.session.get_one(Unit, unit_id)
    above = [int(one) for one in unit.path.split("/") if one]
    this_year = thai.fiscal_year(clock.today())
    name = Person.name_en if language() == "en" else Person.name_th
    people = db.session.scalars(
        select(Person)
        .where(Person.left_on.is_(None), Person.unit_id.in_(above))
        .order_by(thai_order(name))
        .limit(MOST_PEOPLE)
    ).all()
    budgets = queries.offered_budgets(above, (this_year, this_year + 1))
    items = balances.offered(None, held=False)
    kept = [line.spec_item_id for line in found.lines if line.spec_item_id] if found else []
    specified = specifications.offered_items(kept)
    form.offer(budgets, people, catalogue.classes(retired=False), items, specified)


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.ASK)
def new() -> ResponseReturnValue:
    """Ask for a purchase or hire."""
    form = PurchaseForm()
    if not form.is_submitted():
        _begin_as_asked(form)
    offer(form, viewer().unit_id)
    act = request.form.get("act", "")
    if act != "more" and form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = drafting.begin(form.draft(), by=viewer())
                if act == "send":
                    drafting.send(made, by=viewer())
                there = url_for("purchases.show", purchase_id=made.id)
                bookkeeping.settle_key(form.act_key, there)
            flash(_said(act), "ok")
            return redirect(there)
    return _form(form, None, more=act == "more")


def _begin_as_asked(form: PurchaseForm) -> None:
    """Fill in what the page that led here knows already; the asker may change all of it."""
    kind = request.args.get("kind", "")
    if kind in tuple(Kind):
        form.kind.data = kind
    for name, longest in (("title", 300), ("reason", 4000)):
        form[name].data = thai.normalize(request.args.get(name, "").replace("\0", ""))[:longest]


@blueprint.route("/<int:purchase_id>/edit", methods=["GET", "POST"])
@permit(access.ASK)
def edit(purchase_id: int) -> ResponseReturnValue:
    """Go on with a draft, or mend what was sent back."""
    found = access.purchase_owned(viewer(), purchase_id)
    drafting.demand_editable(found)
    form = PurchaseForm()
    if not form.is_submitted():
        form.show(found)
    offer(form, found.unit_id, found)
    act = request.form.get("act", "")
    if act != "more" and form.accepted():
        with form.refusals():
            with work():
                found = access.purchase_owned(viewer(), purchase_id)
                drafting.locked(purchase_id)
                check_version(found.version, form.seen_version)
                drafting.keep(found, form.draft(), by=viewer())
                if act == "send" and drafting.is_sent_back(found):
                    drafting.answer(found, form.words.data or "", by=viewer())
                elif act == "send":
                    drafting.send(found, by=viewer())
            flash(_said(act), "ok")
            return redirect(url_for("purchases.show", purchase_id=purchase_id))
        form.stand_at(found.version)
    return _form(form, found, more=act == "more")


def _said(act: str) -> str:
    if act == "send":
        return _("Sent for approval. You can follow it here.")
    return _("Kept as a draft. Nobody else sees it until you send it.")


def _form(form: PurchaseForm, found: Purchase | None, *, more: bool) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/purchases/form.html",
        form=form,
        one=found,
        sent_back=found is not None and drafting.is_sent_back(found),
    )
    return page, 200 if more else form.status


@blueprint.post("/from-shortages")
@permit(stock.MOVE)
def from_shortages() -> ResponseReturnValue:
    """Make the draft of a purchase out of what runs short."""
    form = ActionForm()
    form.insist()
    store = request.form.get("store", "")
    store_id = int(store) if store.isdecimal() and len(store) <= LONGEST_ID else None
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        made = shopping.from_shortages(store_id, by=viewer())
        there = url_for("purchases.edit", purchase_id=made.id)
        bookkeeping.settle_key(form.act_key, there)
    flash(_("A draft with everything that is short. Please look through it and send it."), "ok")
    return redirect(there)


@blueprint.post("/from-specification/<int:specification_id>")
@permit(access.ASK)
def from_specification(specification_id: int) -> ResponseReturnValue:
    """Make the draft of a purchase out of an approved specification."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        found = spec_access.specification_read(viewer(), specification_id)
        made = shopping.from_specification(found, by=viewer())
        there = url_for("purchases.edit", purchase_id=made.id)
        bookkeeping.settle_key(form.act_key, there)
    flash(_("A draft with what the specification describes. Please complete it and send it."), "ok")
    return redirect(there)
