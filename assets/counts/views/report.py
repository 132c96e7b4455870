"""The committee's report as a page: figures with last year's beside them, and the lists."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assets.counts import access
from assets.counts.queries import receipts
from assets.counts.queries import report as queries
from assets.counts.states import OUTCOMES
from assets.counts.views.blueprint import blueprint
from assets.counts.words import GROUP_WORDS
from kernel.access import permit, viewer
from kernel.pages import page_number, paged


@blueprint.get("/<int:round_id>/report")
@permit(access.SCAN)
def report(round_id: int) -> ResponseReturnValue:
    """Show the committee's report: figures, and the list of one group."""
    one, number = access.round_seen_by(viewer(), round_id), page_number()
    group = request.args.get("group", "missing")
    size = queries.SHOWN
    first = (number - 1) * size
    found: list[Any] = list(
        receipts.strangers(viewer(), one, limit=size + 1, offset=first)
        if group == "strangers"
        else queries.lines(viewer(), one, group=group, limit=size + 1, offset=first)
    )
    return render_template(
        "assets/counts/report.html",
        one=one,
        report=queries.report(viewer(), one),
        groups=GROUP_WORDS,
        group=group,
        page=paged(found, number, size),
        outcomes=OUTCOMES,
        unlisted=receipts.stranger_sums(viewer(), one).items,
        differing=queries.sums(viewer(), one, ("mismatch",))["mismatch"].items,
    )
