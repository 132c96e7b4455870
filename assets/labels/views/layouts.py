"""Papers: the shipped ones, the office's own, and their editor with a drawing from the server."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from assets.labels import access, queries, sheets, shipped, wording
from assets.labels.forms.papers import LayoutForm
from assets.labels.geometry import Layout, faults, smallest_qr
from assets.labels.rules import papers as rules
from assets.labels.states import KINDS
from assets.labels.views import paper
from assets.labels.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.places.naming import office_name

SHOWN_LABELS = 3


@blueprint.get("/layouts")
@permit(access.PRINT)
def layouts() -> ResponseReturnValue:
    """List the papers."""
    return render_template(
        "assets/labels/layouts.html",
        shipped=list(shipped.layouts().values()),
        own=queries.own_layouts(),
        name=wording.layout_name,
        kinds=KINDS,
        arrange=access.ARRANGE,
        least=smallest_qr(paper.modules()),
    )


@blueprint.route("/layouts/new", methods=["GET", "POST"])
@permit(access.ARRANGE)
def layout_new() -> ResponseReturnValue:
    """Make a paper, beginning with one that is known."""
    known = queries.layout_of(request.args.get("from", shipped.DEFAULT))
    if known is None:
        raise NotFound(_("There is no such paper."))
    form = LayoutForm(data=_typed(known))
    if form.accepted() and not _only_shown(form):
        with form.refusals():
            with work():
                rules.keep_layout(form.paper, paper.modules(), by=viewer())
            flash(_("The paper “%(name)s” can be chosen now.", name=form.name.data), "ok")
            return redirect(url_for("labels.layouts"))
    return _editor(form, None)


@blueprint.route("/layouts/<int:layout_id>", methods=["GET", "POST"])
@permit(access.ARRANGE)
def layout_edit(layout_id: int) -> ResponseReturnValue:
    """Change an own paper."""
    me = viewer()
    row = access.layout_kept_by(me, layout_id)
    form = LayoutForm(data={**_typed(row.layout), "name": row.name, "version": row.version})
    if form.accepted() and not _only_shown(form):
        with form.refusals():
            with work():
                row = access.layout_kept_by(me, layout_id)
                check_version(row.version, form.seen_version)
                rules.change_layout(row, form.paper, paper.modules(), by=me)
            flash(_("The paper was changed. Runs that were printed keep theirs."), "ok")
            return redirect(url_for("labels.layouts"))
    form.stand_at(row.version)
    return _editor(form, layout_id)


@blueprint.post("/layouts/<int:layout_id>/drop")
@permit(access.ARRANGE)
def layout_drop(layout_id: int) -> ResponseReturnValue:
    """Lay an own paper aside."""
    me = viewer()
    ActionForm().insist()
    with work():
        rules.drop_layout(access.layout_kept_by(me, layout_id), by=me)
    flash(_("The paper is not offered any more."), "ok")
    return redirect(url_for("labels.layouts"))


@blueprint.get("/layouts/drawing.svg")
@permit(access.PRINT)
def layout_drawing() -> Response:
    """Draw a paper as it was typed: the edges of all labels, the first ones as they look."""
    typed = MultiDict(request.args)
    typed["name"] = typed.get("name") or "–"  # a paper can be drawn before it has a name
    form = LayoutForm(typed, meta={"csrf": False})
    drawn: Layout | None = form.paper if form.validate() else None
    if drawn is None or faults(drawn, paper.modules()):
        return Response("", status=422, mimetype="image/svg+xml")
    one = wording.sample(base_url=paper.base_url(), office=office_name("th"))
    svg = sheets.preview([one] * min(SHOWN_LABELS, drawn.per_page), drawn)
    return Response(svg, mimetype="image/svg+xml")


def _typed(layout: Layout) -> dict[str, object]:
    fields = rules.fields_of(layout)
    return {**fields, "kind": str(layout.kind), "lines": [str(line) for line in layout.lines]}


def _only_shown(form: LayoutForm) -> bool:
    """Show instead of keep, and put what is wrong at its field."""
    for fault in faults(form.paper, paper.modules()):
        field = form[fault.field]
        field.errors = [*field.errors, fault.sentence]
    return "show" in request.form


def _editor(form: LayoutForm, layout_id: int | None) -> ResponseReturnValue:
    typed = {
        name: field.data
        for name, field in form._fields.items()
        if name not in ("csrf_token", "version", "key")
    }
    page = render_template(
        "assets/labels/layout.html",
        form=form,
        drawing=None if form.errors else url_for("labels.layout_drawing", **typed),
        empty_drawing=url_for("labels.layout_drawing"),
        layout_id=layout_id,
        least=smallest_qr(paper.modules()),
    )
    return page, form.status
