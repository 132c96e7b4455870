"""Beginning a comparison, and ending it: who compared, which offer is recommended, sending."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.specifications import access, queries
from helpdesk.specifications.comparison_forms import ConcludeForm
from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.rules import comparing, flow
from helpdesk.specifications.rules.sorts import COMPARISON
from helpdesk.specifications.views.blueprint import blueprint
from helpdesk.specifications.views.comparisons import table_of
from kernel.access import permit, viewer
from kernel.db import db
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.post("/specifications/<int:specification_id>/comparisons")
@permit(access.COMPARE)
def compare(specification_id: int) -> ResponseReturnValue:
    """Begin to compare offers with an approved specification."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        specification = access.specification_read(viewer(), specification_id)
        made = comparing.begin(specification, by=viewer())
        db.session.flush()  # the address names the comparison
        there = url_for("specifications.comparison", comparison_id=made.id)
        bookkeeping.settle_key(form.act_key, there)
    flash(_("Write the offers down; then judge every requirement."), "ok")
    return redirect(there)


@blueprint.route("/comparisons/<int:comparison_id>/conclude", methods=["GET", "POST"])
@permit(access.READ)
def conclude(comparison_id: int) -> ResponseReturnValue:
    """Write down the committee and its recommendation; the author sends it to be signed."""
    one = access.comparison_written(viewer(), comparison_id)
    comparing.demand_editable(one)
    queries.load_offers(one)
    form, act = ConcludeForm(), request.form.get("act", "")
    _offer(form, one)
    if not form.is_submitted():
        form.show(one)
    if form.accepted():
        with form.refusals():
            with work():
                one = access.comparison_written(viewer(), comparison_id)
                comparing.locked(comparison_id)
                check_version(one.version, form.seen_version)
                _keep(one, form)
                if act == "send":
                    access.comparison_owned(viewer(), comparison_id)
                    _send(one, form)
            flash(_said(act), "ok")
            return redirect(url_for("specifications.comparison", comparison_id=comparison_id))
        form.stand_at(one.version)
    page = render_template(
        "helpdesk/specifications/conclude.html",
        one=one,
        form=form,
        own=one.author_id == viewer().id,
        sent_back=comparing.is_sent_back(one),
        **table_of(one),
    )
    return page, form.status


def _offer(form: ConcludeForm, one: Comparison) -> None:
    kept = [member.person_id for member in one.members]
    form.offer_people(queries.people_for(one.unit_id, kept))
    none = (0, _("None of them"))
    form.chosen_id.choices = [none, *((offer.id, offer.vendor.name) for offer in one.offers)]


def _keep(one: Comparison, form: ConcludeForm) -> None:
    comparing.conclude(
        one,
        members=form.members,
        chosen_id=form.chosen_id.data or None,
        recommendation=form.recommendation.data or "",
        by=viewer(),
    )


def _send(one: Comparison, form: ConcludeForm) -> None:
    if comparing.is_sent_back(one):
        flow.answer(COMPARISON, one, form.words.data or "", by=viewer())
    else:
        flow.send(COMPARISON, one, by=viewer())


def _said(act: str) -> str:
    if act == "send":
        return _("Sent for approval. You can follow it here.")
    return _("Kept as a draft. Only its author and committee see it.")
