"""The price criteria with their editions, and the brand words."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.specifications import access, criteria_queries
from helpdesk.specifications.criteria_models import PriceCriterion
from helpdesk.specifications.forms import BrandsForm, CriterionForm, EditionForm
from helpdesk.specifications.rules import brands as brand_rules
from helpdesk.specifications.rules import criteria as rules
from helpdesk.specifications.rules import criteria_list
from helpdesk.specifications.rules.criteria import EditionDraft
from helpdesk.specifications.views.blueprint import blueprint
from helpdesk.specifications.views.lists import wanted_now
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.paths import whole
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.places.sheet import MOST_BYTES


@blueprint.get("/specifications/criteria")
@permit(access.READ)
def criteria() -> ResponseReturnValue:
    """Show the price criteria in force today, or those of one edition."""
    asked = whole(request.args.get("edition"))
    edition = access.edition_known(asked) if asked else None
    words = wanted_now().words
    if edition is not None:
        rows = criteria_queries.rows_of(edition)
    else:
        rows = criteria_queries.in_force(clock.today(), words)
    return render_template(
        "helpdesk/specifications/criteria.html",
        rows=rows,
        edition=edition,
        editions=criteria_queries.editions(),
        words=words,
        today=clock.today(),
        form=ActionForm(formdata=None),
    )


@blueprint.get("/specifications/criteria.<ending>")
@permit(access.READ)
def criteria_table(ending: str) -> ResponseReturnValue:
    """Send the price criteria in force; the file can be changed and brought in again."""
    columns: list[Column[PriceCriterion]] = [
        Column(_("Edition"), lambda row: row.edition.name, width=24),
        Column(_("Item number"), lambda row: row.item_no, width=12),
        Column(_("Name"), lambda row: row.name, width=60),
        Column(_("Price with VAT (baht)"), lambda row: row.price, Kind.MONEY),
        Column(_("Counted in"), lambda row: row.unit_word, width=12),
        Column(_("Page of the notice"), lambda row: row.page, width=12),
        Column(_("Basic characteristics"), lambda row: row.features, width=60),
    ]
    rows = criteria_queries.in_force(clock.today(), wanted_now().words)
    name = _("ICT price criteria")
    return downloads.table(ending, columns, rows, name=name, plain_name="criteria")


@blueprint.post("/specifications/criteria/samples")
@permit(access.CRITERIA)
def take_over() -> ResponseReturnValue:
    """Take over the samples that come with the service."""
    ActionForm().insist()
    with work():
        rules.take_over_samples(by=viewer())
    flash(_("The samples are there. Compare them with the notice before you rely on them."), "ok")
    return redirect(url_for("specifications.criteria"))


@blueprint.route("/specifications/criteria/new", methods=["GET", "POST"])
@permit(access.CRITERIA)
def bring_in() -> ResponseReturnValue:
    """Bring in a new edition out of a file."""
    form = EditionForm()
    if form.accepted():
        with form.refusals():
            files = sent_files("file")
            if not files:
                raise Refusal(_("Please choose the file."), field="file")
            rows = criteria_list.read(files[0].stream.read(MOST_BYTES + 1))
            draft = EditionDraft(
                name=form.name.data or "",
                valid_from=form.valid_from.data,
                source=form.source.data or "",
                whole=bool(form.whole.data),
                is_sample=bool(form.is_sample.data),
            )
            with work():
                made = rules.bring_in(draft, rows, by=viewer())
                there = url_for("specifications.criteria", edition=made.id)
            flash(_("The edition is there. Please look through its items."), "ok")
            return redirect(there)
    return render_template("helpdesk/specifications/edition.html", form=form), form.status


@blueprint.route("/specifications/criteria/<int:criterion_id>", methods=["GET", "POST"])
@permit(access.CRITERIA)
def correct(criterion_id: int) -> ResponseReturnValue:
    """Correct a row of an edition."""
    found = access.criterion_known(criterion_id)
    form = CriterionForm(obj=found)
    if not form.is_submitted():
        form.version.data = str(found.version)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.criterion_known(criterion_id)
                check_version(found.version, form.seen_version)
                rules.correct(found, form.fields(), by=viewer())
                there = url_for("specifications.criteria", edition=found.edition_id)
            flash(_("The item is corrected; specifications keep what it said before."), "ok")
            return redirect(there)
        form.stand_at(found.version)
    page = render_template("helpdesk/specifications/criterion.html", form=form, row=found)
    return page, form.status


@blueprint.route("/specifications/brands", methods=["GET", "POST"])
@permit(access.CRITERIA)
def brands() -> ResponseReturnValue:
    """Keep the words by which a brand is found in a specification (R-F5)."""
    form = BrandsForm()
    if not form.is_submitted():
        form.words.data = "\n".join(criteria_queries.brands())
    if form.accepted():
        with form.refusals():
            with work():
                brand_rules.keep((form.words.data or "").splitlines(), by=viewer())
            flash(_("The brand words are kept."), "ok")
            return redirect(url_for("specifications.brands"))
    return render_template("helpdesk/specifications/brands.html", form=form), form.status
