"""Writing an offer down and judging it, requirement by requirement."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.vendors import access as vendor_access
from assets.vendors import queries as vendors
from helpdesk.specifications import access, queries, sentences
from helpdesk.specifications.comparison_forms import OfferForm, offer_form
from helpdesk.specifications.comparison_models import Comparison, Offer
from helpdesk.specifications.rules import comparing
from helpdesk.specifications.states import Method
from helpdesk.specifications.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/comparisons/<int:comparison_id>/offers/new", methods=["GET", "POST"])
@permit(access.READ)
def add_offer(comparison_id: int) -> ResponseReturnValue:
    """Write down what a vendor offers."""
    one = access.comparison_written(viewer(), comparison_id)
    form = _form_of(one, None)
    if form.accepted():
        with form.refusals():
            with work():
                there = url_for("specifications.comparison", comparison_id=comparison_id)
                if bookkeeping.spend_key(form.act_key, there) is None:
                    again = access.comparison_written(viewer(), comparison_id)
                    comparing.locked(comparison_id)
                    _write(again, None, form)
            flash(_("The offer is written down."), "ok")
            return redirect(there)
    return _page(one, None, form)


@blueprint.route("/comparisons/offers/<int:offer_id>", methods=["GET", "POST"])
@permit(access.READ)
def edit_offer(offer_id: int) -> ResponseReturnValue:
    """Change an offer, or judge it further."""
    offer = access.offer_written(viewer(), offer_id)
    one = offer.comparison
    form = _form_of(one, offer)
    if form.accepted():
        with form.refusals():
            with work():
                again = access.offer_written(viewer(), offer_id)
                comparing.locked(again.comparison_id)
                check_version(again.version, form.seen_version)
                _write(again.comparison, again, form)
                there = url_for("specifications.comparison", comparison_id=again.comparison_id)
            flash(_("The offer is written down."), "ok")
            return redirect(there)
        form.stand_at(offer.version)
    return _page(one, offer, form)


@blueprint.post("/comparisons/offers/<int:offer_id>/drop")
@permit(access.READ)
def drop_offer(offer_id: int) -> ResponseReturnValue:
    """Take an offer out of the comparison."""
    ActionForm().insist()
    with work():
        offer = access.offer_written(viewer(), offer_id)
        one = offer.comparison
        comparing.locked(one.id)
        comparing.drop_offer(one, offer, by=viewer())
        there = url_for("specifications.comparison", comparison_id=one.id)
    flash(_("The offer is taken out."), "ok")
    return redirect(there)


def _form_of(one: Comparison, offer: Offer | None) -> OfferForm:
    comparing.demand_editable(one)
    queries.load_offers(one)
    form = offer_form(one.specification.items, one.specification.requirements)
    known = [(row.id, row.name) for row in vendors.offered()]
    if offer is not None and offer.vendor_id not in {number for number, _name in known}:
        known.append((offer.vendor_id, offer.vendor.name))
    form.vendor_id.choices = known
    if offer is not None and not form.is_submitted():
        form.show(offer)
    return form


def _write(one: Comparison, offer: Offer | None, form: OfferForm) -> None:
    vendor = vendor_access.vendor_known(form.vendor_id.data)
    specification = one.specification
    draft = form.draft(vendor, specification.items, specification.requirements)
    comparing.write_offer(one, offer, draft, by=viewer())


def _page(one: Comparison, offer: Offer | None, form: OfferForm) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/specifications/offer.html",
        one=one,
        offer=offer,
        form=form,
        sentence=sentences.requirement,
        scored=one.method == Method.PERFORMANCE,
    )
    return page, form.status
