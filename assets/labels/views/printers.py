"""Printers: noted, measured with a test page, fitted by hand, laid aside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import access, proof, queries
from assets.labels.forms.papers import FitForm, MeasureForm, PrinterForm
from assets.labels.models import LabelPrinter
from assets.labels.rules import papers as rules
from assets.labels.states import KINDS, Kind
from assets.labels.views import paper
from assets.labels.views.blueprint import blueprint
from assets.labels.wording import layout_name
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work


@blueprint.route("/printers", methods=["GET", "POST"])
@permit(access.PRINT)
def printers() -> ResponseReturnValue:
    """List the printers, and note a new one."""
    me, form = viewer(), PrinterForm()
    if form.is_submitted():
        me.demand(access.ARRANGE)
    if form.accepted():
        with work():
            row = rules.keep_printer(form.name.data or "", Kind(form.kind.data), by=me)
            number = row.id
        flash(_("Now print the test page and measure it."), "ok")
        return redirect(url_for("labels.printer", printer_id=number))
    page = render_template(
        "assets/labels/printers.html",
        form=form,
        printers=queries.printers(),
        kinds=KINDS,
        arrange=access.ARRANGE,
    )
    return page, form.status


@blueprint.route("/printers/<int:printer_id>", methods=["GET", "POST"])
@permit(access.ARRANGE)
def printer(printer_id: int) -> ResponseReturnValue:
    """Fit a printer: by what was measured on its test page, or by hand."""
    me = viewer()
    row = access.printer_kept_by(me, printer_id)
    by_measure = "length_width" in request.form
    measure = MeasureForm(version=row.version) if by_measure else _fresh(MeasureForm, row)
    fit = _fresh(FitForm, row) if by_measure else FitForm(data=_fit_of(row))
    form = measure if by_measure else fit
    if form.accepted():
        with form.refusals():
            changes = rules.measured(measure.lengths, measure.marks) if by_measure else fit.changes
            with work():
                kept = access.printer_kept_by(me, printer_id)
                check_version(kept.version, form.seen_version)
                rules.fit_printer(kept, changes, by=me)
            flash(_("The printer is fitted. Print the check page and hold it to a sheet."), "ok")
            return redirect(url_for("labels.printer", printer_id=printer_id))
    form.stand_at(row.version)
    page = render_template(
        "assets/labels/printer.html",
        printer=row,
        measure=measure,
        fit=fit,
        sheet=row.kind == Kind.SHEET,
        kinds=KINDS,
        papers=[(one.key, layout_name(one)) for one in queries.layouts() if one.kind == row.kind],
    )
    return page, form.status


def _fresh(kind: type[MeasureForm | FitForm], row: LabelPrinter) -> MeasureForm | FitForm:
    values = {"version": row.version} if kind is MeasureForm else _fit_of(row)
    return kind(formdata=None, data=values)


def _fit_of(row: LabelPrinter) -> dict[str, object]:
    return {
        "name": row.name,
        "offset_x": row.offset_x / 10,
        "offset_y": row.offset_y / 10,
        "scale_x": row.scale_x / 100,
        "scale_y": row.scale_y / 100,
        "version": row.version,
    }


@blueprint.get("/printers/<int:printer_id>/test.pdf")
@permit(access.PRINT)
def printer_test(printer_id: int) -> ResponseReturnValue:
    """Send the page to measure; with ``layout``, the check page of that paper."""
    row = access.printer_seen_by(viewer(), printer_id)
    key = request.args.get("layout", "")
    if not key:
        return paper.pdf(proof.to_measure(row.name), f"printer-{row.id}-test")
    layout = queries.layout_of(key)
    if layout is None:
        raise NotFound(_("There is no such paper."))
    return paper.pdf(proof.to_compare(row.name, layout, row.fit), f"printer-{row.id}-check")


@blueprint.post("/printers/<int:printer_id>/drop")
@permit(access.ARRANGE)
def printer_drop(printer_id: int) -> ResponseReturnValue:
    """Lay a printer aside."""
    me = viewer()
    ActionForm().insist()
    with work():
        rules.drop_printer(access.printer_kept_by(me, printer_id), by=me)
    flash(_("The printer is not offered any more."), "ok")
    return redirect(url_for("labels.printers"))
