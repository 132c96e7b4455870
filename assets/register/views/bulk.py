"""Pages of a change of many items: choose what to change, see it before, apply it, undo it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.register import access, bulk_queries, list_queries, queries
from assets.register.bulk_forms import CHANGES, BulkForm
from assets.register.bulk_models import BulkState, Outcome
from assets.register.filters import filters_from
from assets.register.rules import bulk
from assets.register.states import CONDITIONS, FUND_TYPES, Condition
from assets.register.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import Form
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.pages import page_number, paged, show_date
from kernel.states import Face
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

LONGEST_ID = 12
# As long as one request works at it; what is left is one more press away.
WORKING_SECONDS = 25.0
OUTCOMES = {
    Outcome.PLANNED: Face(_lp("bulk change", "Will be changed"), "info", "pencil"),
    Outcome.SAME: Face(_lp("bulk change", "Is so already"), "muted", "dash-circle"),
    Outcome.REFUSED: Face(_lp("bulk change", "Not changed"), "warn", "exclamation-triangle"),
    Outcome.CHANGED: Face(_lp("bulk change", "Changed"), "ok", "check-circle"),
    Outcome.UNDONE: Face(_lp("bulk change", "Taken back"), "muted", "arrow-counterclockwise"),
    Outcome.KEPT: Face(_lp("bulk change", "Could not be taken back"), "warn", "x-circle"),
}
NAMES = {**dict(CHANGES), "custodian_text": _l("Person in charge"), "note": _l("Note")}


@blueprint.route("/items/bulk", methods=["GET", "POST"])
@permit(access.EDIT)
def bulk_choose() -> ResponseReturnValue:
    """Choose what to change of the ticked items, or of all that a list finds."""
    me, ids = viewer(), _picked()
    units = list_queries.holding_units(ids)
    form = BulkForm()
    form.offer(queries.classes(), queries.rooms_of(units[0]) if len(units) == 1 else [])
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                change = bulk.prepare(ids, _wanted(form), by=me)
                here = url_for("register.bulk_change", change_id=change.id)
                bookkeeping.settle_key(form.act_key, here)
            return redirect(here)
    page = render_template(
        "assets/register/bulk/choose.html",
        form=form,
        items=len(ids),
        most=bulk.MOST,
        one_unit=len(units) == 1,
        changes=CHANGES,
    )
    return page, form.status


def _picked() -> Sequence[int]:
    me = viewer()
    if "every" in request.args:
        filters = filters_from(request.args)
        ids = list_queries.chosen_ids(filters, access.visible(me), limit=bulk.MOST + 1)
        if len(ids) > bulk.MOST:
            raise Refusal(
                _(
                    "The list finds more than %(most)s items. Narrow it by a filter first.",
                    most=f"{bulk.MOST:,}",
                )
            )
        return ids
    raw = [value for value in request.args.getlist("item") if len(value) < LONGEST_ID]
    ids = list(dict.fromkeys(int(value) for value in raw if value.isdecimal()))[: bulk.MOST]
    if not ids:
        raise Refusal(_("Tick at least one item."))
    return list_queries.seen_ids(ids, me)


def _wanted(form: BulkForm) -> dict[str, Any]:
    values = form.wanted()
    if "custodian" in values:
        name = values.pop("custodian") or ""
        people = bulk_queries.people_named(name) if name else []
        one = people[0] if len(people) == 1 else None
        values |= {
            "custodian_id": one.id if one else None,
            "custodian_text": one.name_th if one else name,
        }
    return values


@blueprint.get("/items/bulk/<int:change_id>")
@permit(access.EDIT)
def bulk_change(change_id: int) -> ResponseReturnValue:
    """Show a change of many items: what it would do, or what became of it."""
    change, number = bulk_queries.change_of(viewer(), change_id), page_number()
    outcome = request.args.get("outcome", "")
    outcome = outcome if outcome in {str(one) for one in Outcome} else ""
    found = bulk_queries.lines_of(change, outcome, page=number)
    page = paged(found, number, bulk_queries.PAGE)
    names = bulk_queries.named(page.rows)
    return render_template(
        "assets/register/bulk/change.html",
        change=change,
        states=BulkState,
        page=page,
        counts=bulk_queries.counts_of(change),
        outcomes=OUTCOMES,
        chosen=outcome,
        names=NAMES,
        told=lambda field, value: _told(field, value, names),
        form=Form(),
    )


def _told(field: str, value: Any, names: dict[str, dict[int, str]]) -> str:  # noqa: ANN401 - a value as JSON keeps it
    if value in (None, ""):
        return "–"
    if field in names:
        return names[field].get(value, "–")
    if field == "condition":
        return str(CONDITIONS[Condition(value)].label)
    if field == "fund_type":
        return str(FUND_TYPES.get(value, value))
    if field in bulk.DAYS:
        return show_date(bulk.day_of(value), "short")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


@blueprint.post("/items/bulk/<int:change_id>/apply")
@permit(access.EDIT)
def bulk_apply(change_id: int) -> ResponseReturnValue:
    """Change the items as the preview said."""
    return _walk(change_id, bulk.apply_some, BulkState.APPLIED)


@blueprint.post("/items/bulk/<int:change_id>/undo")
@permit(access.EDIT)
def bulk_undo(change_id: int) -> ResponseReturnValue:
    """Give the items back what they had, where nobody changed them since."""
    return _walk(change_id, bulk.undo_some, BulkState.UNDONE)


def _walk(change_id: int, step: Callable[..., bool], end: BulkState) -> ResponseReturnValue:
    Form().insist()
    me = viewer()
    change = bulk_queries.change_of(me, change_id)
    until, more = time.monotonic() + WORKING_SECONDS, change.state != end
    while more and time.monotonic() < until:
        with work():
            more = step(change_id, by=me)
    if more:
        flash(_("Part of it is done. Press once more to go on."), "warn")
    else:
        flash(_("Done. Each item's line below says what became of it."), "ok")
    return redirect(url_for("register.bulk_change", change_id=change_id))
