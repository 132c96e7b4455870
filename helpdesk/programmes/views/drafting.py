"""Beginning, changing, copying, cancelling, proposing and taking back a programme."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access
from helpdesk.programmes.forms import ProgrammeForm, ReasonForm
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import drafting, proposing
from helpdesk.programmes.rules.drafting import Draft
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.people import named
from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.thai import BUDDHIST_OFFSET, fiscal_year
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping

# A smaller year was written in the Common Era.
LAST_COMMON = 2400


def _draft(form: ProgrammeForm) -> Draft:
    year = form.fiscal_year.data or 0
    return Draft(
        process_no=form.process_no.data,
        fiscal_year=year + BUDDHIST_OFFSET if year < LAST_COMMON else year,
        name=form.name.data or "",
        objective=form.objective.data or "",
        targets=form.targets.data or "",
        unit_id=int(form.unit_id.data or 0),
        owner=named(form.owner.data, "owner"),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        budget=form.budget.data or Decimal(0),
    )


def _shown_year(year: int) -> int:
    """Return a fiscal year as the reader writes it: of the Common Era in English."""
    return year - BUDDHIST_OFFSET if language() == "en" else year


def _usual() -> dict[str, object]:
    """Return what a new programme begins with: the present fiscal year, the own unit and name."""
    year = fiscal_year(clock.today())
    first = clock.today().replace(year=year - 1 - BUDDHIST_OFFSET, month=10, day=1)
    asked = request.args.get("process", "")
    return {
        "process_no": int(asked) if asked.isdecimal() and len(asked) == 1 else 1,
        "fiscal_year": _shown_year(year),
        "unit_id": str(viewer().unit_id or ""),
        "owner": viewer().name,
        "starts_on": first,
        "ends_on": first.replace(year=first.year + 1, month=9, day=30),
    }


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.BEGIN)
def begin() -> ResponseReturnValue:
    """Begin a programme."""
    form = ProgrammeForm(data=None if request.method == "POST" else _usual())
    form.offer()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                draft = _draft(form)
                viewer().demand(access.BEGIN, draft.unit_id)
                made = drafting.begin(draft, by=viewer())
                here = url_for("programmes.programme", programme_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The programme is begun. Name the working group and write the plan."), "ok")
            return redirect(here)
    return _page(form, None)


def _page(form: ProgrammeForm, shown: Programme | None) -> ResponseReturnValue:
    page = render_template("helpdesk/programmes/edit.html", form=form, programme=shown)
    return page, form.status


@blueprint.route("/<int:programme_id>/edit", methods=["GET", "POST"])
@permit(access.READ)
def edit(programme_id: int) -> ResponseReturnValue:
    """Change a draft."""
    shown = access.programme_seen(viewer(), programme_id)
    form = ProgrammeForm(data=None if request.method == "POST" else _known(shown))
    form.offer()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                check_version(found.version, form.seen_version)
                drafting.edit(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("programmes.programme", programme_id=programme_id))
        shown = access.programme_seen(viewer(), programme_id)
        form.stand_at(shown.version)
    elif not access.may_edit(viewer(), shown):
        viewer().demand(access.BEGIN, shown.unit_id)
    return _page(form, shown)


def _known(shown: Programme) -> dict[str, object]:
    names = ("process_no", "name", "objective", "targets", "starts_on", "ends_on")
    return {
        **{name: getattr(shown, name) for name in (*names, "budget")},
        "fiscal_year": _shown_year(shown.fiscal_year),
        "unit_id": str(shown.unit_id),
        "owner": shown.owner.username or shown.owner.name_th,
        "version": str(shown.version),
    }


@blueprint.post("/<int:programme_id>/copy")
@permit(access.BEGIN)
def copy(programme_id: int) -> ResponseReturnValue:
    """Begin the programme of the next year from this one."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        found = access.programme_seen(viewer(), programme_id)
        viewer().demand(access.BEGIN, found.unit_id)
        made = drafting.copy(found, by=viewer())
        here = url_for("programmes.programme", programme_id=made.id)
        bookkeeping.settle_key(form.act_key, here)
    flash(_("Copied for the next fiscal year. Please look through days and people."), "ok")
    return redirect(here)


@blueprint.post("/<int:programme_id>/cancel")
@permit(access.READ)
def cancel(programme_id: int) -> ResponseReturnValue:
    """Give a programme up, for a reason."""
    form = ReasonForm()
    form.insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        check_version(found.version, form.seen_version)
        drafting.cancel(found, form.reason.data or "", by=viewer())
    flash(_("The programme is cancelled."), "ok")
    return redirect(url_for("programmes.programme", programme_id=programme_id))


@blueprint.post("/<int:programme_id>/propose")
@permit(access.READ)
def propose(programme_id: int) -> ResponseReturnValue:
    """Propose a draft to the director."""
    form = ActionForm()
    form.insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        check_version(found.version, form.seen_version)
        proposing.propose(found, by=viewer())
    flash(_("Proposed. The director was told."), "ok")
    return redirect(url_for("programmes.programme", programme_id=programme_id))


@blueprint.post("/<int:programme_id>/take-back")
@permit(access.READ)
def take_back(programme_id: int) -> ResponseReturnValue:
    """Make a draft again of what is proposed or approved."""
    form = ReasonForm()
    form.insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        check_version(found.version, form.seen_version)
        proposing.take_back(found, form.reason.data or "", by=viewer())
    flash(_("It is a draft again. After the change it is proposed anew."), "ok")
    return redirect(url_for("programmes.programme", programme_id=programme_id))
