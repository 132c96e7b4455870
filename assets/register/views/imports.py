"""Pages of an import: choose a file, see what would happen, decide, follow it, mend the rest."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from assets.register import access, import_queries, mappings, refusals, words
from assets.register.import_forms import ImportForm, MappingForm, ticks_of
from assets.register.import_models import ImportedItem
from assets.register.models import ImportRow, RegisterImport
from assets.register.own_columns import OwnFields
from assets.register.rules import import_choices, import_runs, import_undo
from assets.register.states import IMPORTS, ImportState
from assets.register.views import import_thread
from assets.register.workbook.files import MAX_BYTES, read_book
from assets.register.workbook.outcomes import Verdict
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal, TooLarge
from kernel.files import store
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.pages import local_address, page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places
from office.places.access import unit_seen

blueprint = Blueprint("imports", __name__, url_prefix="/register/imports")

MEGABYTE = 1024 * 1024
LONGEST_ID = 12
EVERY = {"all": True, "rule": False, "none": False}
FILLS, DIFFERS = "fills", "differs"
VERDICTS = {
    Verdict.NEW: (_l("New"), "ok", "plus-circle"),
    Verdict.CHANGED: (_l("Known, but different"), "info", "pencil"),
    Verdict.MATCH: (_l("Known already"), "neutral", "check"),
    Verdict.REFUSED: (_l("Refused"), "danger", "x-circle"),
    Verdict.SKIPPED: (_l("Not an item"), "muted", "dash"),
}


@blueprint.route("", methods=["GET", "POST"])
@permit(access.IMPORT)
def start() -> ResponseReturnValue:
    """Choose a workbook to bring in, or go back to an earlier one."""
    me, form, number = viewer(), ImportForm(), page_number()
    scope = me.scope(access.IMPORT)
    form.unit_id.choices = [(int(key), name) for key, name in places.choices(scope)]
    if form.accepted():
        with form.refusals():
            return redirect(url_for("imports.show", import_id=_keep(form)))
    page = paged(import_queries.imports(me, page=number), number, import_queries.IMPORTS_PAGE)
    shown = render_template(
        "assets/register/imports/start.html",
        form=form,
        page=page,
        faces=IMPORTS,
        megabytes=MAX_BYTES // MEGABYTE,
    )
    return shown, form.status


def _keep(form: ImportForm) -> int:
    files = sent_files("file")
    if not files:
        raise Refusal(_("Please choose a file first."), field="file")
    with closing(files[0]) as file:
        data = file.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        most = MAX_BYTES // MEGABYTE
        said = _("The file is too large. It may weigh up to %(most)s MB.", most=most)
        raise TooLarge(said, field="file")
    if not data:
        raise Refusal(_("The file is empty."), field="file")
    me = viewer()
    me.demand(access.IMPORT, form.unit_id.data)
    key = store().put(data, import_runs.ending_of(data))
    with work():
        unit = unit_seen(form.unit_id.data)
        record = import_runs.keep(unit, key, files[0].filename or "", by=me)
        import_id = record.id
    import_thread.plan(import_id)
    import_thread.wait(import_id)
    return import_id


@blueprint.get("/<int:import_id>")
@permit(access.IMPORT)
def show(import_id: int) -> ResponseReturnValue:
    """Show an import as it stands: being read, waiting for the decision, being written, done."""
    return _page(access.import_seen_by(viewer(), import_id), ActionForm())


def _page(record: RegisterImport, form: ActionForm, sheets: Any = None) -> ResponseReturnValue:  # noqa: ANN401
    """Return the page of an import; ``sheets`` are columns that were chosen but not taken."""
    outcome, number = _outcome(), page_number()
    rows, size = _rows(record, outcome, number)
    form.version.data = str(record.version)
    silent = import_runs.is_silent(record)
    state = ImportState.INTERRUPTED if silent else ImportState(record.state)
    template = {
        ImportState.PLANNING: "working",
        ImportState.APPLYING: "working",
        ImportState.UNDOING: "working",
        ImportState.PLANNED: "preview",
    }.get(state, "ended")
    own = OwnFields()
    page = render_template(
        f"assets/register/imports/{template}.html",
        record=record,
        state=state,
        face=IMPORTS[state],
        form=form,
        page=paged(rows, number, size),
        outcome=outcome,
        verdicts=VERDICTS,
        sheets=record.mapping.get("sheets", []) if sheets is None else sheets,
        field_names=words.FIELD_NAMES,
        own=own.fields,
        own_names=own.by_class(),
        looked_for=", ".join(str(words.FIELD_NAMES[name]) for name in words.LOOKED_FOR),
        words=words,
        only_names=_only_names(record),
        problem=words.problem_text(record.problem),
        mapping_form=MappingForm(formdata=None),
        kept=_kept(record),
        may_undo=state in import_undo.MAY_UNDO,
    )
    return page, form.status


def _rows(record: RegisterImport, outcome: str, number: int) -> tuple[Sequence[ImportRow], int]:
    """Return one page of rows and one more, and how many make a page."""
    if not record.rows_total or record.state in (ImportState.PLANNING, ImportState.UNDOING):
        return [], import_queries.ROWS_PAGE
    if outcome in (FILLS, DIFFERS):
        rows = import_queries.changed_rows(record.id, differs=outcome == DIFFERS, page=number)
        return rows, import_queries.CHANGES_PAGE
    return import_queries.import_rows(record.id, outcome, page=number), import_queries.ROWS_PAGE


def _kept(record: RegisterImport) -> Sequence[ImportedItem]:
    """Return the first items that stayed when the import was taken back."""
    partly = record.state == ImportState.PART_UNDONE
    return import_queries.kept_items(record.id) if partly else []


def _only_names(record: RegisterImport) -> bool:
    """Tell whether the file has no column that only a list of equipment has."""
    read = {
        column["field"]
        for sheet in record.mapping.get("sheets", [])
        if not sheet["leave_out"]
        for column in sheet["columns"]
    }
    return not read & words.TELLING


def _outcome() -> str:
    raw = request.args.get("outcome", "")
    return raw if raw in {FILLS, DIFFERS, *(verdict.value for verdict in Verdict)} else ""


@blueprint.get("/<int:import_id>/progress")
@permit(access.IMPORT)
def progress(import_id: int) -> ResponseReturnValue:
    """Send the line that tells how far it is; the page is loaded again when it is done."""
    record = access.import_seen_by(viewer(), import_id)
    answer = Response(render_template("assets/register/imports/_progress.html", record=record))
    if record.state not in import_runs.AT_WORK or import_runs.is_silent(record):
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post("/<int:import_id>/columns")
@permit(access.IMPORT)
def rechoose(import_id: int) -> ResponseReturnValue:
    """Read the file again with columns that the person chose."""
    record, form = access.import_seen_by(viewer(), import_id), ActionForm()
    sheets = mappings.choose(record.mapping.get("sheets", []), request.form)
    if form.accepted():
        with form.refusals():
            with work():
                record = access.import_seen_by(viewer(), import_id)
                import_runs.rechoose(record, sheets, seen_version=form.seen_version)
            import_thread.plan(import_id)
            import_thread.wait(import_id)
            return redirect(url_for("imports.show", import_id=import_id))
    return _page(access.import_seen_by(viewer(), import_id), form, sheets)


@blueprint.post("/<int:import_id>/apply")
@permit(access.IMPORT)
def apply(import_id: int) -> ResponseReturnValue:
    """Write the plan into the register."""
    me, form = viewer(), ActionForm()
    access.import_seen_by(me, import_id)
    here = url_for("imports.show", import_id=import_id)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier or here)
                record, seen = access.import_seen_by(me, import_id), form.seen_version
                import_choices.tick(record, ticks_of(_sent()), seen_version=seen)
                import_runs.begin(record, take_over=False, seen_version=seen, by=me)
                bookkeeping.settle_key(form.act_key, here)
            import_thread.write(import_id)
            import_thread.wait(import_id)
            return redirect(here)
    return _page(access.import_seen_by(me, import_id), form)


@blueprint.post("/<int:import_id>/ticks")
@permit(access.IMPORT)
def tick(import_id: int) -> ResponseReturnValue:
    """Keep which fields of which rows are to be taken from the file."""
    me, form = viewer(), ActionForm()
    access.import_seen_by(me, import_id)
    if form.accepted():
        with form.refusals():
            with work():
                record, seen = access.import_seen_by(me, import_id), form.seen_version
                _tick(record, seen)
            flash(_("Your choice is kept. Nothing is written yet."), "ok")
            return redirect(local_address(request.form.get("back"), _here(import_id)))
    return _page(access.import_seen_by(me, import_id), form)


def _tick(record: RegisterImport, seen: int) -> None:
    every = request.form.get("every", "")
    if every in EVERY:
        import_choices.tick_all(record, everything=EVERY[every], seen_version=seen)
        return
    import_choices.tick(record, ticks_of(_sent()), seen_version=seen)
    row, _colon, what = request.form.get("one", "").partition(":")
    if what in EVERY and row.isdecimal() and len(row) < LONGEST_ID:
        import_choices.tick_rows(record, [int(row)], everything=EVERY[what], seen_version=seen)


def _sent() -> dict[str, list[str]]:
    return request.form.to_dict(flat=False)


def _here(import_id: int) -> str:
    return url_for("imports.show", import_id=import_id)


@blueprint.route("/<int:import_id>/undo", methods=["GET", "POST"])
@permit(access.IMPORT)
def undo(import_id: int) -> ResponseReturnValue:
    """Show what taking an import back would do, and take it back."""
    me, form = viewer(), ActionForm()
    access.import_seen_by(me, import_id)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier or _here(import_id))
                record = access.import_seen_by(me, import_id)
                import_undo.begin(record, seen_version=form.seen_version, by=me)
                bookkeeping.settle_key(form.act_key, _here(import_id))
            import_thread.undo(import_id)
            import_thread.wait(import_id)
            return redirect(_here(import_id))
    record = access.import_seen_by(me, import_id)
    form.version.data = str(record.version)
    page = render_template(
        "assets/register/imports/undo.html",
        record=record,
        face=IMPORTS[ImportState(record.state)],
        form=form,
        what=import_undo.prospect(record),
        may_undo=record.state in import_undo.MAY_UNDO,
        words=words,
    )
    return page, form.status


@blueprint.post("/<int:import_id>/resume")
@permit(access.IMPORT)
def resume(import_id: int) -> ResponseReturnValue:
    """Go on with an import that was interrupted."""
    me, form = viewer(), ActionForm()
    if not form.accepted():
        raise Refusal(" ".join(form.form_errors))
    with work():
        record = access.import_seen_by(me, import_id)
        import_runs.resume(record, by=me)
        state = ImportState(record.state)
    go_on = {ImportState.PLANNING: import_thread.plan, ImportState.UNDOING: import_thread.undo}
    go_on.get(state, import_thread.write)(import_id)
    import_thread.wait(import_id)
    flash(_("The import goes on."), "ok")
    return redirect(url_for("imports.show", import_id=import_id))


@blueprint.get("/<int:import_id>/refused.xlsx")
@permit(access.IMPORT)
def refused(import_id: int) -> ResponseReturnValue:
    """Send the refused rows as a workbook to mend."""
    record = access.import_seen_by(viewer(), import_id)
    rows = import_queries.refused_rows(record.id)
    if not rows:
        raise NotFound(_("No row of this import was refused."))
    with import_thread.file_of(record) as path:
        book = read_book(path, name=record.file_name)
    data = refusals.workbook(book, record.mapping.get("sheets", []), rows)
    name = _("Refused rows of %(name)s", name=Path(record.file_name).stem) + ".xlsx"
    return send_file(io.BytesIO(data), as_attachment=True, download_name=name)
