"""Pages of the administrator: which kinds of requests there are, and making simple ones."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.requests import access, shapes, sorts
from helpdesk.requests.fields import Field, Option, from_plain
from helpdesk.requests.forms import (
    FieldForm,
    KindForm,
    SettingForm,
    kind_of_drawing,
    routes,
    show,
)
from helpdesk.requests.models import KindEdition, RequestKind
from helpdesk.requests.rules import examples, kinds
from helpdesk.requests.rules.kinds import KindDraft
from helpdesk.requests.states import FIELD_KINDS, ROUTES, FieldKind, Route
from helpdesk.requests.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places

SPARE = 3
MORE = "more"


@blueprint.get("/kinds")
@permit(access.KINDS)
def kind_list() -> ResponseReturnValue:
    """Show every kind of request, open and closed."""
    simple = {one.kind.key: one.kind for one in shapes.newest_editions()}
    return render_template(
        "helpdesk/requests/kinds.html",
        shapes=shapes.every(),
        simple=simple,
        routes={route.value: label for route, label in ROUTES.items()},
        units=dict(places.choices()),
        examples=examples.missing(),
    )


@blueprint.post("/kinds/examples")
@permit(access.KINDS)
def take_over() -> ResponseReturnValue:
    """Make the kinds that come with the service as examples."""
    ActionForm().insist()
    with work():
        made = len(examples.take_over(by=viewer()))
    flash(
        ngettext(
            "%(number)s example is made. Look at it, then open it.",
            "%(number)s examples are made. Look at them, then open them.",
            made,
        ),
        "ok",
    )
    return redirect(url_for("requests.kind_list"))


@blueprint.route("/kinds/new", methods=["GET", "POST"])
@permit(access.KINDS)
def found_kind() -> ResponseReturnValue:
    """Make a simple kind."""
    form = _form(KindForm())
    rows = _rows(None)
    more = request.form.get("act") == MORE
    if form.accepted() and not more:
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = kinds.found(_draft(form, rows), by=viewer())
                there = url_for("requests.preview", kind_id=made.id)
                bookkeeping.settle_key(form.act_key, there)
            flash(_("The kind is made. Look at it, then open it."), "ok")
            return redirect(there)
    return _kind_page(form, rows, None)


@blueprint.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
@permit(access.KINDS)
def edit_kind(kind_id: int) -> ResponseReturnValue:
    """Change a simple kind; what changes is a new edition."""
    kind = access.kind_edited(kind_id)
    newest = _newest(kind)
    sent = request.method == "POST"
    form = _form(KindForm() if sent else KindForm(obj=newest, data=_unit_of(kind)))
    rows = _rows(newest)
    if form.accepted() and request.form.get("act") != MORE:
        with form.refusals():
            with work():
                edited = access.kind_edited(kind_id)
                check_version(edited.version, form.seen_version)
                edition = kinds.edit(edited, _draft(form, rows), by=viewer())
                said = (
                    _("Saved as edition %(number)s.", number=edition.edition)
                    if edition is not None
                    else _("Saved.")
                )
            flash(said, "ok")
            return redirect(url_for("requests.preview", kind_id=kind_id))
        kind = access.kind_edited(kind_id)
        form.stand_at(kind.version)
    if not sent:
        form.version.data = str(kind.version)
    return _kind_page(form, rows, kind)


def _newest(kind: RequestKind) -> KindEdition:
    newest = kinds.newest_of(kind)
    if newest is None:
        raise NotFound(_("There is no such kind of request."))
    return newest


def _unit_of(kind: RequestKind) -> dict[str, str]:
    return {"handling_unit_id": str(kind.handling_unit_id or "")}


def _form(form: KindForm) -> KindForm:
    form.route.choices = routes()
    form.handling_unit_id.choices = [("", _("The whole office")), *places.choices()]
    return form


def _rows(newest: KindEdition | None) -> list[FieldForm]:
    """Return the rows of fields: as they were sent, else as they are, with some spare ones."""
    if request.method == "POST":
        count = request.form.get("rows", "0")
        number = min(int(count), 40) if count.isdecimal() and len(count) < 4 else 0
        rows = [_row(place, None) for place in range(number)]
        spare = SPARE if request.form.get("act") == MORE else 0
    else:
        fields = from_plain(newest.fields) if newest is not None else ()
        rows = [_row(place, field) for place, field in enumerate(fields)]
        spare = SPARE
    return rows + [_row(len(rows) + more, None, fresh=True) for more in range(spare)]


def _row(place: int, field: Field | None, *, fresh: bool = False) -> FieldForm:
    data = None
    if field is not None:
        data = {
            "th": field.th,
            "en": field.en,
            "kind": field.kind.value,
            "required": field.required,
            "hint_th": field.hint_th,
            "hint_en": field.hint_en,
            "options": "\n".join(" | ".join(filter(None, (o.th, o.en))) for o in field.options),
        }
    formdata = None if fresh or field is not None else request.form
    form = FieldForm(formdata=formdata, data=data, prefix=f"row{place}-", meta={"csrf": False})
    form.kind.choices = [(kind.value, FIELD_KINDS[kind]) for kind in FieldKind]
    return form


def _draft(form: KindForm, rows: Sequence[FieldForm]) -> KindDraft:
    unit = form.handling_unit_id.data or ""
    return KindDraft(
        name_th=form.name_th.data or "",
        name_en=form.name_en.data or "",
        intro_th=form.intro_th.data or "",
        intro_en=form.intro_en.data or "",
        series=form.series.data or "",
        route=Route(form.route.data),
        paper_text=form.paper_text.data or "",
        fields=tuple(
            _field(place, row) for place, row in enumerate(rows, start=1) if _is_filled(row)
        ),
        handling_unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
    )


def _is_filled(row: FieldForm) -> bool:
    return bool((row.th.data or "").strip() or (row.en.data or "").strip())


def _field(place: int, row: FieldForm) -> Field:
    said = row.kind.data or ""
    kind = FieldKind(said) if said in tuple(FieldKind) else FieldKind.TEXT
    options = []
    for number, line in enumerate((row.options.data or "").splitlines(), start=1):
        thai_words, _bar, english = line.partition("|")
        if thai_words.strip():
            options.append(Option(f"c{number}", thai_words.strip()[:120], english.strip()[:120]))
    return Field(
        key=f"q{place}",
        kind=kind,
        th=(row.th.data or "").strip()[:120],
        en=(row.en.data or "").strip()[:120],
        required=bool(row.required.data),
        hint_th=(row.hint_th.data or "")[:200],
        hint_en=(row.hint_en.data or "")[:200],
        options=tuple(options),
    )


def _kind_page(
    form: KindForm, rows: Sequence[FieldForm], kind: RequestKind | None
) -> ResponseReturnValue:
    page = render_template("helpdesk/requests/kind.html", form=form, rows=rows, kind=kind)
    return page, form.status


@blueprint.get("/kinds/<int:kind_id>/preview")
@permit(access.KINDS)
def preview(kind_id: int) -> ResponseReturnValue:
    """Show a simple kind as who asks will see it."""
    kind = access.kind_edited(kind_id)
    edition = _newest(kind)
    shape = shapes.of_edition(edition)
    return render_template(
        "helpdesk/requests/preview.html",
        kind=kind,
        shape=shape,
        fields=shape.fields,
        drawn=show(shape.fields, {}, {}),
        how={field.key: kind_of_drawing(field) for field in shape.fields},
        route=ROUTES[Route(edition.route)],
        button=_button(kind),
    )


def _button(kind: RequestKind) -> ActionForm:
    form = ActionForm(formdata=None)
    form.version.data = str(kind.version)
    return form


@blueprint.post("/kinds/<int:kind_id>/open")
@permit(access.KINDS)
def open_kind(kind_id: int) -> ResponseReturnValue:
    """Let people ask for a kind."""
    ActionForm().insist()
    with work():
        kinds.open_kind(access.kind_edited(kind_id), by=viewer())
    flash(_("Everybody may ask for it now."), "ok")
    return redirect(url_for("requests.kind_list"))


@blueprint.post("/kinds/<int:kind_id>/close")
@permit(access.KINDS)
def close_kind(kind_id: int) -> ResponseReturnValue:
    """Take no new requests of a kind."""
    ActionForm().insist()
    with work():
        kinds.close_kind(access.kind_edited(kind_id), by=viewer())
    flash(_("No new requests are taken. Those that were sent go on."), "ok")
    return redirect(url_for("requests.kind_list"))


@blueprint.route("/kinds/settings/<key>", methods=["GET", "POST"])
@permit(access.KINDS)
def settings(key: str) -> ResponseReturnValue:
    """Say who carries out a kind with code, and whether it takes new requests."""
    if sorts.sort_of(key) is None:
        raise NotFound(_("There is no such kind of request."))
    shape = shapes.now_of(key)
    now = {"handling_unit_id": str(shape.handling_unit_id or "")}
    form = SettingForm(data=None if request.method == "POST" else now)
    form.handling_unit_id.choices = [("", _("The whole office")), *places.choices()]
    if form.accepted():
        with form.refusals():
            unit = form.handling_unit_id.data or ""
            with work():
                row = kinds.setting_of(key)
                kinds.hand_to(row, int(unit) if unit else None, by=viewer())
                verb = kinds.open_kind if request.form.get("is_open") else kinds.close_kind
                verb(row, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("requests.kind_list"))
    return render_template("helpdesk/requests/setting.html", form=form, shape=shape), form.status
