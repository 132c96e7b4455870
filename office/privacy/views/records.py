"""The records of processing: reading, editing, ending, as PDF and as a table."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.sending import disposition
from kernel.tables import Column, Kind
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.papers import variant
from office.places.naming import office_name
from office.privacy import access, papers, records
from office.privacy.forms import EndForm, RecordForm
from office.privacy.records import Record
from office.privacy.states import BASES, PARTS, Base
from office.privacy.views.blueprint import blueprint

HERE = "/privacy/processing"


@blueprint.get(HERE)
@permit(access.RECORDS)
def processing() -> ResponseReturnValue:
    """List what the office does with personal data."""
    everything = "ended" in request.args
    return render_template(
        "office/privacy/processing.html",
        rows=records.current(with_ended=everything),
        bases=BASES,
        everything=everything,
        may_keep=viewer().may(access.KEEP),
    )


@blueprint.get(f"{HERE}.pdf")
@permit(access.RECORDS)
def processing_paper() -> Response:
    """Print the records."""
    spoken = variant.wanted()
    made = papers.records_pdf(
        records.current(), office=office_name(spoken), day=clock.today(), language=spoken
    )
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition("processing.pdf", inline=True)
    return answer


@blueprint.get(f"{HERE}/table.<ending>")
@permit(access.RECORDS)
def processing_table(ending: str) -> Response:
    """Send the records as a table."""
    columns: list[Column[Record]] = [
        Column(str(label), _reader(part), width=30) for part, label in PARTS.items()
    ]
    columns.insert(1, Column(_("Legal base"), lambda one: str(BASES[one.base]), width=26))
    columns.append(Column(_("Edition"), lambda one: one.edition + 1, Kind.WHOLE))
    columns.append(Column(_("Published"), lambda one: one.at, Kind.MOMENT))
    name = _("Records of processing of personal data")
    return downloads.table(ending, columns, records.current(), name=name, plain_name="processing")


def _reader(part: str) -> Callable[[Record], str]:
    return lambda one: one.said(part)


@blueprint.get(f"{HERE}/<code>")
@permit(access.RECORDS)
def activity(code: str) -> ResponseReturnValue:
    """Show one activity with its editions."""
    found = records.editions(code)
    return render_template(
        "office/privacy/activity.html",
        one=found[0],
        editions=found,
        parts=PARTS,
        bases=BASES,
        may_keep=viewer().may(access.KEEP),
        ending=EndForm(formdata=None, version=str(found[0].edition)),
    )


@blueprint.route(f"{HERE}/new", methods=["GET", "POST"])
@permit(access.KEEP)
def add_activity() -> ResponseReturnValue:
    """Add an activity that the office does."""
    return _edited("", RecordForm(version="0"))


@blueprint.route(f"{HERE}/<code>/edit", methods=["GET", "POST"])
@permit(access.KEEP)
def edit_activity(code: str) -> ResponseReturnValue:
    """Write the next edition of an activity."""
    now = records.editions(code)[0]
    begin = {**now.texts, "base": now.base, "version": str(now.edition)}
    return _edited(code, RecordForm(data=begin))


def _edited(code: str, form: RecordForm) -> ResponseReturnValue:
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = records.write(
                    code, Base(form.base.data), form.fields(), seen=form.seen_version, by=viewer()
                )
                here = url_for("privacy.activity", code=made.code)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The record is kept as a new edition."), "ok")
            return redirect(here)
    page = render_template(
        "office/privacy/edit_activity.html", form=form, code=code, parts=list(PARTS)
    )
    return page, form.status


@blueprint.post(f"{HERE}/<code>/end")
@permit(access.KEEP)
def end_activity(code: str) -> ResponseReturnValue:
    """Say that the office does not do this any more."""
    form = EndForm()
    form.insist()
    with work():
        records.end(code, form.why.data or "", seen=form.seen_version, by=viewer())
    flash(_("The activity has ended; its editions stay."), "ok")
    return redirect(url_for("privacy.processing"))
