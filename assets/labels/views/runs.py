"""The first page of labels, and print runs: what was printed, its PDF, the same once more."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import access, queries, sheets, wording
from assets.labels.rules import runs as rules
from assets.labels.states import RUN_KINDS, RunKind
from assets.labels.views import paper
from assets.labels.views.blueprint import blueprint
from assets.register import list_queries as items
from assets.register import queries as register
from assets.register.filters import Filters
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged, show_count
from kernel.work import work
from office.places.naming import office_name

NEWEST = 6


@blueprint.get("/")
@permit(access.PRINT)
def overview() -> ResponseReturnValue:
    """Show what can be printed, and what was printed lately."""
    me = viewer()
    missing = items.count(Filters(), access.printable(me), queries.without_label())
    latest = queries.runs(me, size=NEWEST)[:NEWEST]
    return render_template(
        "assets/labels/overview.html",
        missing=show_count(missing),
        any_missing=missing > 0,
        units=register.units_with_items(me),
        runs=latest,
        used=queries.claimed_of([run.id for run in latest]),
        kinds=RUN_KINDS,
        layout_name=wording.layout_name,
        rights=access,
    )


@blueprint.get("/runs")
@permit(access.PRINT)
def runs() -> ResponseReturnValue:
    """List what was printed, newest first."""
    kind = request.args.get("kind", "")
    number = page_number()
    found = paged(queries.runs(viewer(), kind=kind, page=number), number, queries.RUNS_PAGE)
    return render_template(
        "assets/labels/runs.html",
        page=found,
        kind=kind,
        kinds=RUN_KINDS,
        used=queries.claimed_of([run.id for run in found.rows]),
        layout_name=wording.layout_name,
    )


@blueprint.get("/runs/<int:run_id>")
@permit(access.PRINT)
def run(run_id: int) -> ResponseReturnValue:
    """Show one print run, with its PDF in files of about a thousand labels."""
    me = viewer()
    found = access.run_seen_by(me, run_id)
    lines = queries.run_lines(found, me)
    claimed = queries.claimed_of([found.id]).get(found.id, 0)
    return render_template(
        "assets/labels/run.html",
        run=found,
        lines=lines[:NEWEST],
        total=len(lines),
        parts=sheets.parts(len(lines), found.layout, start=found.start) if lines else [],
        blank=found.kind == RunKind.BLANKS,
        claimed=claimed,
        kinds=RUN_KINDS,
        layout_name=wording.layout_name,
        button=ActionForm(formdata=None),
    )


@blueprint.get("/runs/<int:run_id>/labels.pdf")
@permit(access.PRINT)
def run_pdf(run_id: int) -> ResponseReturnValue:
    """Send the labels of a run, or one part of a long one, as PDF."""
    me = viewer()
    found = access.run_seen_by(me, run_id)
    lines = queries.run_lines(found, me)
    layout = found.layout
    asked = request.args.get("part", "1")
    part = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    parts = sheets.parts(len(lines), layout, start=found.start) if lines else []
    if not 1 <= part <= len(parts):
        raise NotFound(_("No label of this run is in use any more."))
    chosen = lines[parts[part - 1].start : parts[part - 1].stop]
    address, office = paper.base_url(), office_name("th")
    labels = [wording.label_of(line, base_url=address, office=office) for line in chosen]
    start = found.start if part == 1 else 0
    return paper.pdf(
        sheets.sheet(labels, layout, start=start, fit=found.fit), f"labels-{found.id}-{part}"
    )


@blueprint.post("/runs/<int:run_id>/again")
@permit(access.PRINT)
def again(run_id: int) -> ResponseReturnValue:
    """Print a run once more; that is a run of its own."""
    me, form = viewer(), ActionForm()
    form.insist()
    with work():
        made = rules.again(access.run_seen_by(me, run_id), by=me)
        number = made.id
    flash(_("The same labels are ready once more."), "ok")
    return redirect(url_for("labels.run", run_id=number))
