"""Proposing things by hand: from an item's page or from the ticked lines of the register."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.disposals import access, queries
from assets.disposals.forms import ALONG, ProposeForm, ProposeSetsForm
from assets.disposals.rules import proposing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Origin
from assets.disposals.views.blueprint import blueprint
from assets.register.states import CONDITIONS
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.paths import whole
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.PREPARE)
def propose() -> ResponseReturnValue:
    """Propose ticked items for disposal."""
    ids = _picked()
    parts = queries.parts_beside(viewer(), ids)
    form = ProposeSetsForm() if parts else ProposeForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                here, number = _propose(form, ids)
                bookkeeping.settle_key(form.act_key, here)
            said = ngettext(
                "%(number)s item proposed for disposal.",
                "%(number)s items proposed for disposal.",
                number,
            )
            flash(said, "ok")
            return redirect(here)
    items = queries.items_seen(viewer(), ids)
    if not items:
        raise NotFound(_("There is no such item, or it belongs to another school."))
    page = render_template(
        "assets/disposals/propose.html",
        form=form,
        items=items,
        parts=parts,
        in_case=queries.cases_of(ids),
        conditions=CONDITIONS,
    )
    return page, form.status


def _propose(form: ProposeForm, ids: list[int]) -> tuple[str, int]:
    """Return where to go on, and how many items were proposed."""
    items = list(queries.items_seen(viewer(), ids))
    if isinstance(form, ProposeSetsForm) and form.parts.data == ALONG:
        items += queries.parts_beside(viewer(), ids)
    ground = Ground(
        origin=Origin.HAND,
        reference=form.reference.data or "",
        reason=form.reason.data or "",
    )
    cases = proposing.propose(items, ground, by=viewer())
    if len(cases) > 1:
        return url_for("disposals.disposals"), len(items)
    return url_for("disposals.disposal", disposal_id=cases[0].id), len(items)


def _picked() -> list[int]:
    """Return the ids of the items that were ticked."""
    raw = request.args.getlist("item")[: proposing.MOST_ITEMS]
    ids = [one for one in dict.fromkeys(whole(value) or 0 for value in raw) if one]
    if not ids:
        raise Refusal(_("Tick at least one item."))
    return ids
