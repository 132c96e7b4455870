"""Stock counts: the list, opening one, counting, comparing, asking for approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access
from assets.stock.count_models import StockCount, StockCountLine
from assets.stock.forms import CountForm, ReasonForm, StartCountForm
from assets.stock.quantities import shown
from assets.stock.queries import counts as queries
from assets.stock.queries import items
from assets.stock.rules import counting as rules
from assets.stock.states import COUNTS, CountAction, CountState
from assets.stock.views.blueprint import blueprint
from kernel import downloads
from kernel.access import Permission, permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import pgettext
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.tables import Column, Kind
from kernel.work import work
from office.approvals import queries as approvals
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/counts")
@permit(access.SEE)
def counts() -> ResponseReturnValue:
    """List stock counts, the newest first."""
    number = page_number()
    return render_template(
        "assets/stock/counts.html",
        page=paged(queries.counts(viewer(), page=number), number, queries.PAGE),
        faces=COUNTS.faces,
    )


@blueprint.route("/stores/<int:store_id>/count", methods=["GET", "POST"])
@permit(access.MOVE)
def start_count(store_id: int) -> ResponseReturnValue:
    """Open a count of a store: its list is frozen as the book stands now."""
    store, form = access.store_under(viewer(), store_id, access.MOVE), StartCountForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                store = access.store_under(viewer(), store_id, access.MOVE)
                made = rules.start(store, form.name.data or "", by=viewer())
                here = url_for("stock.count", count_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The list is frozen. Count what is there."), "ok")
            return redirect(here)
        store = access.store_under(viewer(), store_id)
    page = render_template("assets/stock/count_start.html", form=form, store=store)
    return page, form.status


@blueprint.get("/counts/<int:count_id>")
@permit(access.SEE)
def count(count_id: int) -> ResponseReturnValue:
    """Show a count; while it is open, the item that was scanned or chosen is counted on top."""
    return _count_page(count_id)


def _count_page(
    count_id: int, tried: CountForm | None = None, reason: ReasonForm | None = None
) -> ResponseReturnValue:
    me, one = viewer(), queries.count_under(viewer(), count_id)
    lines = rules.lines_of(one)
    chosen = _chosen(lines, tried)
    left = [line for line in lines if line.counted is None]
    differing = [line for line in lines if line.difference]
    page = render_template(
        "assets/stock/count.html",
        count=one,
        lines=lines,
        left=len(left),
        differing=differing,
        worth=rules.worth,
        chosen=chosen,
        form=tried or CountForm(formdata=None, line=str(chosen.id) if chosen else ""),
        reason_form=reason or ReasonForm(formdata=None),
        face=COUNTS.faces[CountState(one.state)],
        acts={action.value for action in COUNTS.actions(CountState(one.state))},
        verbs=COUNTS.acts,
        standing=_standing(one),
        is_asker=one.approval is not None and one.approval.asker_id == me.id,
        may_count=me.may(access.COUNT, one.store.unit_id),
        may_move=me.may(access.MOVE, one.store.unit_id),
        shown=shown,
    )
    sent = tried or reason
    return page, sent.status if sent else 200


def _standing(one: StockCount) -> object:
    if one.approval is None:
        return None
    return approvals.standings([one.approval.id]).get(one.approval.id)


def _chosen(lines: Sequence[StockCountLine], tried: CountForm | None) -> StockCountLine | None:
    line_id = whole(tried.line.data) if tried else whole(request.args.get("line"))
    return next((line for line in lines if line.id == line_id), None)


@blueprint.get("/counts/<int:count_id>/find")
@permit(access.COUNT)
def count_find(count_id: int) -> ResponseReturnValue:
    """Lead from a scanned bin or a typed code to the item's line of the list."""
    one = queries.count_under(viewer(), count_id, access.COUNT)
    item = items.find_item(request.args.get("code", "")[:200])
    line = next((line for line in rules.lines_of(one) if line.item_id == item.id), None)
    if line is None:
        raise Refusal(_("“%(name)s” is not on the list of this count.", name=item.name))
    return redirect(url_for("stock.count", count_id=count_id, line=line.id))


@blueprint.post("/counts/<int:count_id>/line")
@permit(access.COUNT)
def count_line(count_id: int) -> ResponseReturnValue:
    """Write down how much of an item is there."""
    form = CountForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = queries.count_under(viewer(), count_id, access.COUNT)
                rules.count_line(
                    whole(form.line.data) or 0,
                    form.counted.data,
                    form.note.data or "",
                    one,
                    by=viewer(),
                )
            return redirect(url_for("stock.count", count_id=count_id))
    return _count_page(count_id, form)


ACTS: dict[str, tuple[CountAction, Permission]] = {
    "finish": (CountAction.FINISH, access.COUNT),
    "reopen": (CountAction.REOPEN, access.COUNT),
    "close": (CountAction.CLOSE, access.MOVE),
    "cancel": (CountAction.CANCEL, access.MOVE),
    "recall": (CountAction.RETURN, access.MOVE),
}
VERBS: dict[str, Callable[..., None]] = {
    "finish": rules.finish,
    "reopen": rules.reopen,
    "close": rules.close,
    "cancel": rules.cancel,
    "recall": rules.take_back,
}


@blueprint.post("/counts/<int:count_id>/<act>")
@permit(access.COUNT)
def count_act(count_id: int, act: str) -> ResponseReturnValue:
    """Do one of the acts on a count that need nothing but a button."""
    if act not in VERBS:
        raise NotFound(_("There is no page at this address."))
    ActionForm().insist()
    with work():
        one = queries.count_under(viewer(), count_id, ACTS[act][1])
        VERBS[act](one, by=viewer())
    flash(_("The count is changed."), "ok")
    return redirect(url_for("stock.count", count_id=count_id))


@blueprint.post("/counts/<int:count_id>/submit")
@permit(access.MOVE)
def submit_count(count_id: int) -> ResponseReturnValue:
    """Ask the head to approve the differences."""
    form = ReasonForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = queries.count_under(viewer(), count_id, access.MOVE)
                rules.submit(one, form.reason.data or "", by=viewer())
            flash(_("Asked for approval. The book is corrected when that is given."), "ok")
            return redirect(url_for("stock.count", count_id=count_id))
    return _count_page(count_id, reason=form)


@blueprint.get("/counts/<int:count_id>/list.<ending>")
@permit(access.SEE)
def count_file(count_id: int, ending: str) -> ResponseReturnValue:
    """Hand out the list of a count as a workbook or as CSV."""
    one = queries.count_under(viewer(), count_id)
    lines = rules.lines_of(one)
    columns: list[Column[StockCountLine]] = [
        Column(_("Code"), lambda row: row.item.code, width=14),
        Column(_("Item"), lambda row: row.item.name, width=40),
        Column(pgettext("stock", "Unit"), lambda row: row.item.unit, width=12),
        Column(_("In the book"), lambda row: row.expected, Kind.MONEY, width=14),
        Column(_("Found"), lambda row: row.counted, Kind.MONEY, width=14),
        Column(_("Difference"), lambda row: row.difference, Kind.MONEY, width=14),
        Column(_("Counted by"), lambda row: row.counted_by_name, width=24),
        Column(_("Remark"), lambda row: row.note, width=30),
    ]
    name = f"{_('Stock count')} {one.name}".replace("/", "-")
    return downloads.table(ending, columns, lines, name=name, plain_name=f"count-{count_id}")
