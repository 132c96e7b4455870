"""The tables of internal control, one table with its map, the components, papers and sheets."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.programmes import sources
from helpdesk.risks import access, papers, queries
from helpdesk.risks.forms import JudgeForm, TableForm
from helpdesk.risks.models import RiskTable
from helpdesk.risks.rules import keeping
from helpdesk.risks.states import (
    COMPONENTS,
    IMPACTS,
    LEVELS,
    LIKELIHOODS,
    PROGRESS,
    TABLES,
    TREATMENTS,
    Action,
    State,
    level_of,
)
from helpdesk.risks.views import weighing  # noqa: F401 - its pages hang on the same blueprint
from helpdesk.risks.views.blueprint import blueprint
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.pages import page_number, paged
from kernel.sending import disposition
from kernel.work import check_version, work
from office.places import queries as places
from office.places.naming import office_name

__all__ = ["blueprint"]


def _shown_year(year: int) -> str:
    return str(year if language() == "th" else year - thai.BUDDHIST_OFFSET)


@blueprint.get("/")
@permit(access.READ)
def tables() -> ResponseReturnValue:
    """List the tables that the viewer may see, the newest year first."""
    me, number = viewer(), page_number()
    typed = request.args.get("year", "")
    year = int(typed) if typed.isdecimal() and len(typed) < 6 else None
    words = thai.normalize(request.args.get("q", "").replace("\0", ""))[:100]
    now = thai.fiscal_year(clock.today())
    page = paged(queries.tables(me, number, year=year, words=words), number, queries.PAGE)
    return render_template(
        "helpdesk/risks/tables.html",
        page=page,
        lines=queries.counted(page.rows),
        year=year or "",
        words=words,
        years=[(one, _shown_year(one)) for one in queries.years(me, now)],
        shown_year=_shown_year,
        faces=TABLES.faces,
        may_keep=me.may(access.KEEP),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.KEEP)
def begin() -> ResponseReturnValue:
    """Begin the table of a unit and a fiscal year."""
    form, me = TableForm(), viewer()
    now = thai.fiscal_year(clock.today())
    form.unit_id.choices = places.choices(me.scope(access.KEEP))
    form.fiscal_year.choices = [(one, _shown_year(one)) for one in range(now + 1, now - 3, -1)]
    if not form.is_submitted():
        form.unit_id.data, form.fiscal_year.data = str(me.unit_id), now
    if form.accepted():
        with form.refusals():
            me.demand(access.KEEP, int(form.unit_id.data))
            with work():
                unit_id, year = int(form.unit_id.data), form.fiscal_year.data
                made = keeping.begin(unit_id, year, by=me)
                here = url_for("risks.table", table_id=made.id)
            flash(_("The table is begun."), "ok")
            return redirect(here)
    return render_template("helpdesk/risks/begin.html", form=form), form.status


@blueprint.get("/<int:table_id>")
@permit(access.READ)
def table(table_id: int) -> ResponseReturnValue:
    """Show the risks of a table."""
    me, found = viewer(), access.table_seen(viewer(), table_id)
    risks = queries.risks_of(found)
    state = State(found.state)
    keeps = me.may(access.KEEP, found.unit_id)
    return render_template(
        "helpdesk/risks/table.html",
        table=found,
        face=TABLES.faces[state],
        year=_shown_year(found.fiscal_year),
        risks=risks,
        newest=queries.newest_follow_ups(found),
        components=queries.components_of(found),
        component_names=COMPONENTS,
        levels=LEVELS,
        counts=queries.by_level(risks),
        treatments=TREATMENTS,
        progress=PROGRESS,
        evidence=queries.evidence_of(found, [one.source for one in risks]),
        source_names={one.key: one.label for one in sources.registered()},
        earlier=queries.year_before(found) if keeps and not risks else None,
        actions=TABLES.actions(state),
        acts=Action,
        labels=TABLES.acts,
        writable=keeps and state == State.OPEN,
        may_keep=keeps,
        today=clock.today(),
    )


@blueprint.get("/<int:table_id>/map")
@permit(access.READ)
def heat_map(table_id: int) -> ResponseReturnValue:
    """Show where the risks stand by likelihood and impact, as weighed or after the follow-up."""
    found = access.table_seen(viewer(), table_id)
    after = request.args.get("when") == "after"
    risks, newest = queries.risks_of(found), queries.newest_follow_ups(found)
    return render_template(
        "helpdesk/risks/map.html",
        table=found,
        year=_shown_year(found.fiscal_year),
        after=after,
        cells=queries.heat_map(risks, newest, after=after),
        likelihoods=LIKELIHOODS,
        impacts=IMPACTS,
        levels=LEVELS,
        level_of=level_of,
    )


@blueprint.route("/<int:table_id>/components", methods=["GET", "POST"])
@permit(access.KEEP)
def judge(table_id: int) -> ResponseReturnValue:
    """Judge the five components (PK.4)."""
    found = access.table_seen(viewer(), table_id)
    viewer().demand(access.KEEP, found.unit_id)
    form = JudgeForm()
    if not form.is_submitted():
        _show(form, found)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.table_kept(viewer(), table_id)
                check_version(found.version, form.seen_version)
                names = ("conclusion", "signer", "signer_position")
                changes = {name: (form[name].data or "").strip() for name in names}
                keeping.judge(found, form.findings(), changes, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("risks.table", table_id=table_id) + "#components")
        found = access.table_seen(viewer(), table_id)
        form.stand_at(found.version)
    page = render_template(
        "helpdesk/risks/components.html",
        form=form,
        table=found,
        year=_shown_year(found.fiscal_year),
    )
    return page, form.status


def _show(form: JudgeForm, found: RiskTable) -> None:
    form.version.data = str(found.version)
    for one in queries.components_of(found):
        form[f"finding_{one.number}"].data = one.finding
    form.conclusion.data, form.signer.data = found.conclusion, found.signer
    form.signer_position.data = found.signer_position


@blueprint.post("/<int:table_id>/copy")
@permit(access.KEEP)
def copy(table_id: int) -> ResponseReturnValue:
    """Bring the risks of the year before along."""
    ActionForm().insist()
    with work():
        count = keeping.copy(access.table_kept(viewer(), table_id), by=viewer())
    said = ngettext("%(number)s risk is copied.", "%(number)s risks are copied.", count)
    flash(said, "ok")
    return redirect(url_for("risks.table", table_id=table_id))


@blueprint.post("/<int:table_id>/close")
@permit(access.KEEP)
def close(table_id: int) -> ResponseReturnValue:
    """Close a table for the report."""
    ActionForm().insist()
    with work():
        keeping.close(access.table_kept(viewer(), table_id), by=viewer())
    flash(_("The table is closed. Print PK.4 and PK.5 for the report."), "ok")
    return redirect(url_for("risks.table", table_id=table_id))


@blueprint.post("/<int:table_id>/reopen")
@permit(access.KEEP)
def reopen(table_id: int) -> ResponseReturnValue:
    """Open a table again."""
    ActionForm().insist()
    with work():
        keeping.reopen(access.table_kept(viewer(), table_id), by=viewer())
    flash(_("The table is open again."), "ok")
    return redirect(url_for("risks.table", table_id=table_id))


@blueprint.get("/<int:table_id>/<paper>.pdf")
@permit(access.READ)
def paper(table_id: int, paper: str) -> Response:
    """Print PK.4 or PK.5."""
    found = access.table_seen(viewer(), table_id)
    office = office_name("th")
    if paper == "pk4":
        made = papers.pk4(papers.components_of(found, queries.components_of(found)), office)
    elif paper == "pk5":
        made = papers.pk5(papers.plan_of(found, queries.risks_of(found)), office)
    else:
        raise NotFound(_("There is no such paper."))
    answer = Response(made, content_type="application/pdf")
    name = f"{paper}-{found.fiscal_year}.pdf"
    answer.headers["Content-Disposition"] = disposition(name, inline=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/<int:table_id>/<paper>.xlsx")
@permit(access.READ)
def sheet(table_id: int, paper: str) -> Response:
    """Send PK.4 or PK.5 as a workbook."""
    found = access.table_seen(viewer(), table_id)
    name = f"{paper}-{found.fiscal_year}"
    if paper == "pk4":
        rows = queries.components_of(found)
        columns = papers.component_columns()
        return downloads.table("xlsx", columns, rows, name=name, plain_name=name)
    if paper == "pk5":
        return downloads.table(
            "xlsx", papers.risk_columns(), queries.risks_of(found), name=name, plain_name=name
        )
    raise NotFound(_("There is no such paper."))
