"""Choosing what is printed: labels of a list's items, of chosen items, and blank ones for later.

Looking at the page makes nothing. Sending it makes a print run, whose page has the PDF: so nothing
is lost when the printer jams, and a second tap leads to the same run. A run holds 2,000 labels at
most; of a longer list one part is printed after another, or all by ``flask labels sheet``.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from assets.labels import access, queries
from assets.labels.forms.printing import BlankForm, SheetForm
from assets.labels.rules import runs
from assets.labels.views import paper
from assets.labels.views.blueprint import blueprint
from assets.register import list_queries as items
from assets.register.filters import Filters, filters_from
from assets.register.models import Asset
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

MOST_LABELS = 2000
SHOWN = 8
LONGEST_ID = 12


@dataclass(frozen=True)
class Choice:
    """The items to print labels of: the filters of a list, chosen items, further terms."""

    filters: Filters
    terms: list[ColumnElement[bool]]
    ids: list[int]
    unlabelled: bool
    total: int

    @property
    def about(self) -> str:
        """Say in words what was chosen."""
        if self.ids:
            return _("Chosen items")
        parts = [_("Items without a label")] if self.unlabelled else []
        parts += [self.filters.words] if self.filters.words else []
        return " · ".join(parts) or _("From the register's list")


@blueprint.route("/sheet", methods=["GET", "POST"])
@permit(access.PRINT)
def sheet() -> ResponseReturnValue:
    """Choose the paper for the labels of a list of items, and make the run."""
    return _sheet(_chosen(request.args.getlist("item"), named="item" in request.args))


@blueprint.post("/print")
@permit(access.PRINT)
def print_of() -> ResponseReturnValue:
    """Choose the paper for the labels of the items sent as ``item``, and make the run.

    The first post, from a list's tick boxes, has no paper yet and shows the page.
    """
    return _sheet(_chosen(request.form.getlist("item"), named=True))


def _chosen(raw: list[str], *, named: bool) -> Choice:
    ids = [int(value) for value in raw if value.isdecimal() and len(value) < LONGEST_ID]
    ids = list(dict.fromkeys(ids))[:MOST_LABELS]
    terms = [access.printable(viewer())]
    if named:
        terms.append(Asset.id.in_(ids))
    unlabelled = request.args.get("unlabelled") == "1"
    if unlabelled:
        terms.append(queries.without_label())
    filters = filters_from(request.args)
    return Choice(filters, terms, ids, unlabelled, items.count(filters, *terms))


def _sheet(choice: Choice) -> ResponseReturnValue:
    form = SheetForm()
    paper.offer(form)
    parts = range(1, max(choice.total - 1, 0) // MOST_LABELS + 2)
    form.part.choices = [(part, _part_name(part, choice.total)) for part in parts]
    sent = request.endpoint == "labels.sheet" or "layout" in request.form
    if choice.total and sent and form.accepted():
        with form.refusals():
            return redirect(_make_run(choice, form))
    shown = items.chosen(choice.filters, *choice.terms, limit=SHOWN)
    page = render_template(
        "assets/labels/sheet.html",
        form=form,
        choice=choice,
        shown=shown,
        one=shown[0] if choice.total == 1 else None,
        parts=len(parts),
        most=MOST_LABELS,
        rights=access,
    )
    return page, form.status if sent else 200


def _make_run(choice: Choice, form: SheetForm) -> str:
    """Make the run once and return the address of its page."""
    chosen_paper, me = form.paper(paper.modules()), viewer()
    first = (form.part.data - 1) * MOST_LABELS
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return earlier
        found = items.chosen(choice.filters, *choice.terms, limit=MOST_LABELS, offset=first)
        run = runs.print_items(
            found, chosen_paper, about=choice.about, renew=form.renewed_for, by=me
        )
        address = url_for("labels.run", run_id=run.id)
        bookkeeping.settle_key(form.act_key, address)
    return address


def _part_name(part: int, total: int) -> str:
    first, last = (part - 1) * MOST_LABELS + 1, min(part * MOST_LABELS, total)
    return _("%(first)s to %(last)s", first=f"{first:,}", last=f"{last:,}")


@blueprint.route("/blanks", methods=["GET", "POST"])
@permit(access.CLAIM)
def blanks() -> ResponseReturnValue:
    """Make a batch of labels that stand for no item yet."""
    form = BlankForm()
    paper.offer(form)
    if form.accepted():
        with form.refusals():
            chosen_paper, me = form.paper(paper.modules()), viewer()
            with work():
                address = bookkeeping.spend_key(form.act_key)
                if address is None:
                    run = runs.print_blanks(
                        form.count.data or 0, chosen_paper, about=form.about.data or "", by=me
                    )
                    address = url_for("labels.run", run_id=run.id)
                    bookkeeping.settle_key(form.act_key, address)
            return redirect(address)
    page = render_template("assets/labels/blanks.html", form=form)
    return page, form.status
