"""Pages of the summary of operations (F09): the figures of a period, remarks, the paper."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from helpdesk.figures import access, queries, summing
from helpdesk.figures.advice_states import RESULTS
from helpdesk.figures.forms import RemarkForm
from helpdesk.figures.queries import Asked
from helpdesk.figures.rules import remarking
from helpdesk.figures.summary_paper import paper_of
from helpdesk.figures.views.asking import asked_for, filters_of, period_name
from helpdesk.figures.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import check_version, work
from office.places.models import Unit
from office.places.naming import office_name


def _asked() -> Asked:
    """Return what is asked for; who sees one unit only is shown that one.

    Raises:
        NotFound: a unit outside of what the viewer sees.
    """
    asked = replace(asked_for(), kind=None)
    units = viewer().scope(access.SEE).units
    if asked.unit_id is None and units is not None and len(units) == 1:
        asked = replace(asked, unit_id=next(iter(units)))
    if asked.unit_id is not None and not viewer().may(access.SEE, asked.unit_id):
        raise NotFound(_("There is no such unit."))
    return asked


@blueprint.route("/figures/summary", methods=["GET", "POST"])
@permit(access.SEE)
def summary() -> ResponseReturnValue:
    """Show the summary of a period; take remarks on it."""
    asked = _asked()
    kept = summing.remarks_on(asked)
    form = RemarkForm(obj=kept, version=str(kept.version if kept else 0))
    if form.accepted():
        with form.refusals():
            problems, suggestions = form.problems.data or "", form.suggestions.data or ""
            with work():
                kept = summing.remarks_on(asked)
                check_version(kept.version if kept else 0, form.seen_version)
                remarking.remark(asked, problems, suggestions, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(request.full_path.rstrip("?"))
        kept = summing.remarks_on(asked)
        form.stand_at(kept.version if kept else 0)
    as_of, gathering = queries.gathered()
    return render_template(
        "helpdesk/figures/summary.html",
        told=summing.summary_of(viewer(), asked),
        results=RESULTS,
        form=form,
        kept=kept,
        may_remark=remarking.may_remark(viewer(), asked),
        filters=[one for one in filters_of(asked, viewer()) if one["name"] != "kind"],
        period=period_name(asked.period),
        as_of=as_of,
        gathering=gathering,
    ), form.status


@blueprint.get("/figures/summary.pdf")
@permit(access.SEE)
def summary_pdf() -> ResponseReturnValue:
    """Send the summary of a period as an official paper."""
    asked = _asked()
    kept = summing.remarks_on(asked)
    unit = db.session.get(Unit, asked.unit_id) if asked.unit_id else None
    # The paper is Thai whoever prints it: so are the names of schools, topics and symptoms on it.
    with speaking("th"):
        told = summing.summary_of(viewer(), asked)
    paper = paper_of(
        told,
        asked.period,
        office=office_name("th"),
        unit=unit.name_th if unit and unit.parent_id else "",
        problems=kept.problems if kept else "",
        suggestions=kept.suggestions if kept else "",
    )
    name = quote(f"{_('Summary of operations')} {asked.period.code}.pdf", safe="")
    return Response(
        paper,
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename*=UTF-8''{name}"},
    )
