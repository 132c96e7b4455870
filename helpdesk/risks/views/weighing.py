"""Adding, changing and following up a risk."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import sources
from helpdesk.risks import access, queries
from helpdesk.risks.forms import FollowForm, RiskForm
from helpdesk.risks.models import Risk, RiskTable
from helpdesk.risks.rules import following, weighing
from helpdesk.risks.states import (
    IMPACTS,
    LEVELS,
    LIKELIHOODS,
    PROGRESS,
    QUARTERS,
    TREATMENTS,
    VERDICTS,
    Progress,
    State,
)
from helpdesk.risks.views.blueprint import blueprint
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.work import check_version, work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/<int:table_id>/risks/new", methods=["GET", "POST"])
@permit(access.KEEP)
def add(table_id: int) -> ResponseReturnValue:
    """Put a risk into a table."""
    found = access.table_seen(viewer(), table_id)
    viewer().demand(access.KEEP, found.unit_id)
    form = _filled(RiskForm())
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                found = access.table_kept(viewer(), table_id)
                weighing.add(found, _fields(form), by=viewer())
                here = url_for("risks.table", table_id=table_id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The risk stands in the table."), "ok")
            return redirect(here)
        found = access.table_seen(viewer(), table_id)
    page = render_template("helpdesk/risks/edit.html", form=form, table=found, risk=None)
    return page, form.status


def _filled(form: RiskForm) -> RiskForm:
    form.fill_weights()
    form.source.choices = [("", "–"), *((one.key, one.label) for one in sources.registered())]
    return form


def _fields(form: RiskForm) -> dict[str, Any]:
    """Return what was typed, by column. Raises Refusal where nobody is known by the name."""
    typed = (form.responsible.data or "").strip()
    person = person_named(typed) if typed else None
    if typed and person is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=typed[:80],
            ),
            field="responsible",
        )
    return {**form.fields(), "responsible_id": person.id if person else None}


@blueprint.route("/<int:table_id>/risks/<int:risk_id>/edit", methods=["GET", "POST"])
@permit(access.KEEP)
def edit(table_id: int, risk_id: int) -> ResponseReturnValue:
    """Change a risk."""
    found = access.table_seen(viewer(), table_id)
    viewer().demand(access.KEEP, found.unit_id)
    row = access.risk_of(found, risk_id)
    form = _filled(RiskForm(obj=row, version=str(row.version)))
    if not form.is_submitted():
        person = row.responsible
        form.responsible.data = (person.username or person.name_th) if person else ""
    if form.accepted():
        with form.refusals():
            with work():
                found = access.table_kept(viewer(), table_id)
                row = access.risk_of(found, risk_id)
                check_version(row.version, form.seen_version)
                weighing.edit(found, row, _fields(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("risks.risk", table_id=table_id, risk_id=risk_id))
        found = access.table_seen(viewer(), table_id)
        row = access.risk_of(found, risk_id)
        form.stand_at(row.version)
    page = render_template("helpdesk/risks/edit.html", form=form, table=found, risk=row)
    return page, form.status


@blueprint.post("/<int:table_id>/risks/<int:risk_id>/drop")
@permit(access.KEEP)
def drop(table_id: int, risk_id: int) -> ResponseReturnValue:
    """Take a risk out."""
    ActionForm().insist()
    with work():
        found = access.table_kept(viewer(), table_id)
        weighing.drop(found, access.risk_of(found, risk_id), by=viewer())
    flash(_("The risk is taken out."), "ok")
    return redirect(url_for("risks.table", table_id=table_id))


@blueprint.get("/<int:table_id>/risks/<int:risk_id>")
@permit(access.READ)
def risk(table_id: int, risk_id: int) -> ResponseReturnValue:
    """Show a risk with its follow-up."""
    found = access.table_seen(viewer(), table_id)
    row = access.risk_of(found, risk_id)
    return _page(found, row, _begun(row))


def _begun(row: Risk) -> FollowForm:
    form = FollowForm(formdata=None)
    form.fill_weights()
    form.likelihood.data, form.impact.data = row.likelihood, row.impact
    # October to December is the first quarter of a fiscal year.
    form.quarter.data = (clock.today().month + 2) % 12 // 3 + 1
    form.progress.data = Progress.UNDER_WAY.value
    return form


@blueprint.post("/<int:table_id>/risks/<int:risk_id>")
@permit(access.READ)
def follow(table_id: int, risk_id: int) -> ResponseReturnValue:
    """Write down how far the improvement has come."""
    form = FollowForm()
    form.fill_weights()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.table_seen(viewer(), table_id)
                row = access.risk_of(found, risk_id)
                access.demand_follow(viewer(), found, row)
                following.follow(
                    found,
                    row,
                    form.quarter.data,
                    Progress(form.progress.data),
                    likelihood=form.likelihood.data,
                    impact=form.impact.data,
                    words=form.words.data or "",
                    by=viewer(),
                )
            flash(_("The follow-up is written down."), "ok")
            return redirect(url_for("risks.risk", table_id=table_id, risk_id=risk_id))
    found = access.table_seen(viewer(), table_id)
    return _page(found, access.risk_of(found, risk_id), form)


def _page(found: RiskTable, row: Risk, form: FollowForm) -> ResponseReturnValue:
    names = {one.key: one.label for one in sources.registered()}
    writable = found.state == State.OPEN
    page = render_template(
        "helpdesk/risks/risk.html",
        table=found,
        year=found.fiscal_year - (0 if language() == "th" else thai.BUDDHIST_OFFSET),
        risk=row,
        follow_ups=queries.follow_ups_of(row),
        levels=LEVELS,
        verdicts=VERDICTS,
        treatments=TREATMENTS,
        progress=PROGRESS,
        quarters=QUARTERS,
        likelihoods=LIKELIHOODS,
        impacts=IMPACTS,
        source=names.get(row.source),
        figure=queries.evidence_of(found, [row.source]).get(row.source),
        form=form,
        may_follow=writable and access.may_follow(viewer(), found, row),
        may_keep=writable and viewer().may(access.KEEP, found.unit_id),
        today=clock.today(),
    )
    return page, form.status
