"""Sheets of labels to print: for items of the register's list, and blank ones for later.

Looking at the page makes nothing; tags are made when the sheet is asked for.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask import current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from assets.labels import access, rules, sheets, wording
from assets.labels.forms import BlankForm, PaperForm, SheetForm
from assets.labels.views.blueprint import blueprint
from assets.register import queries
from assets.register.forms import filters_from
from assets.register.models import Asset
from kernel import clock
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.work import work
from office.places.naming import office_name

MOST_LABELS = 1000
SHOWN = 8
MOST_IDS = 1000
LONGEST_ID = 12


@blueprint.route("/sheet", methods=["GET", "POST"])
@permit(access.PRINT)
def sheet() -> ResponseReturnValue:
    """Choose the paper for the labels of a list of items, and get them as PDF."""
    terms = [access.printable(viewer()), *_picked()]
    filters = filters_from(request.args)
    total = queries.count(filters, *terms)
    form = SheetForm()
    parts = range(1, max(total - 1, 0) // MOST_LABELS + 2)
    form.part.choices = [(part, _part_name(part, total)) for part in parts]
    if total and form.accepted():
        first = (form.part.data - 1) * MOST_LABELS
        found = queries.chosen(filters, *terms, limit=MOST_LABELS, offset=first)
        return _pdf(form, _labels(found), _("labels"))
    shown = queries.chosen(filters, *terms, limit=SHOWN)
    one = shown[0] if total == 1 else None
    page = render_template(
        "assets/labels/sheet.html",
        form=form,
        total=total,
        shown=shown,
        one=one,
        parts=len(parts),
        blank_right=access.CLAIM,
    )
    return page, form.status


def _picked() -> list[ColumnElement[bool]]:
    """Return the term for items named in the address one by one."""
    raw = [value for value in request.args.getlist("item") if len(value) < LONGEST_ID]
    ids = [int(value) for value in raw if value.isdecimal()][:MOST_IDS]
    return [Asset.id.in_(ids)] if "item" in request.args else []


def _part_name(part: int, total: int) -> str:
    first, last = (part - 1) * MOST_LABELS + 1, min(part * MOST_LABELS, total)
    return _("%(first)s to %(last)s", first=f"{first:,}", last=f"{last:,}")


def _labels(assets: Sequence[Asset]) -> list[sheets.Label]:
    base_url = current_app.extensions["settings"].base_url
    office = office_name("th")
    with work():
        tags = rules.tags_for(assets, by=viewer())
        return [
            wording.label_of(tags[asset.id], asset, base_url=base_url, office=office)
            for asset in assets
        ]


def _pdf(form: PaperForm, labels: Sequence[sheets.Label], name: str) -> ResponseReturnValue:
    data = sheets.sheet(
        labels, form.paper, start=(form.start.data or 1) - 1, offset_mm=form.offset_mm
    )
    day = clock.today().isoformat()
    return send_file(
        io.BytesIO(data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{name}-{day}.pdf",
    )


@blueprint.route("/blanks", methods=["GET", "POST"])
@permit(access.CLAIM)
def blanks() -> ResponseReturnValue:
    """Get labels that stand for no item yet."""
    form = BlankForm()
    if form.accepted():
        base_url = current_app.extensions["settings"].base_url
        office = office_name("th")
        with form.refusals():
            with work():
                tags = rules.print_blanks(form.count.data or 0, by=viewer())
                labels = [
                    wording.blank_label(tag, base_url=base_url, office=office) for tag in tags
                ]
            return _pdf(form, labels, _("blank-labels"))
    page = render_template(
        "assets/labels/blanks.html", form=form, back=url_for("register.item_list")
    )
    return page, form.status
