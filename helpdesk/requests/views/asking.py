"""Asking: choose a kind, fill its form, keep it as a draft, send it, answer what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.requests import access, shapes, sorts
from helpdesk.requests.fields import Field
from helpdesk.requests.forms import DraftForm, kind_of_drawing, show, typed_values
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import drafting
from helpdesk.requests.shapes import Shape
from helpdesk.requests.states import FieldKind, State
from helpdesk.requests.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.taking import take_document
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping

PREFIX = "f_"
SEND, KEEP, FIND = "send", "keep", "find"


@blueprint.get("/new")
@permit(access.ASK)
def choose() -> ResponseReturnValue:
    """Show what can be asked for."""
    return render_template(
        "helpdesk/requests/choose.html", shapes=[one for one in shapes.every() if one.is_open]
    )


@blueprint.route("/new/<key>", methods=["GET", "POST"])
@permit(access.ASK)
def ask(key: str) -> ResponseReturnValue:
    """Fill a form for the first time; the first save makes the draft."""
    shape = shapes.now_of(key)
    form = DraftForm()
    if form.accepted():
        with form.refusals():
            typed, act = typed_values(), request.form.get("act", KEEP)
            files = _files(shape)
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = drafting.begin(key, typed, by=viewer())
                _keep(made, typed, files)
                drafted = made.id
                bookkeeping.settle_key(form.act_key, url_for("requests.edit", request_id=drafted))
            return _go_on(drafted, act, form)
    typed = typed_values() if request.method == "POST" else _known(shape)
    return _form_page(form, shape, typed, None)


def _known(shape: Shape) -> dict[str, str]:
    """Return what a form begins with: the address may say what it is about, of its fields only."""
    keys = {field.key for field in shape.fields}
    return {key: value[:200] for key, value in request.args.items() if key in keys}


@blueprint.route("/<int:request_id>/edit", methods=["GET", "POST"])
@permit(access.ASK)
def edit(request_id: int) -> ResponseReturnValue:
    """Go on with a draft, or with a request that was sent back."""
    mine = access.request_owned(viewer(), request_id)
    drafting.demand_editable(mine)
    shape = shapes.of_request(mine)
    form = DraftForm()
    if form.accepted():
        with form.refusals():
            typed, act = typed_values(), request.form.get("act", KEEP)
            files = _files(shape)
            with work():
                kept = _locked(request_id, form)
                _keep(kept, typed, files)
            return _go_on(request_id, act, form)
        mine = access.request_owned(viewer(), request_id)
        form.stand_at(mine.version)
    sent = request.method == "POST"
    typed = typed_values() if sent else {**mine.typed, "q": request.args.get("q", "")}
    if not sent:
        form.version.data = str(mine.version)
    return _form_page(form, shape, typed, mine)


def _locked(request_id: int, form: DraftForm) -> ServiceRequest:
    found = access.request_owned(viewer(), request_id)
    check_version(found.version, form.seen_version)
    drafting.locked(request_id)
    return found


def _keep(draft: ServiceRequest, typed: Mapping[str, str], files: Mapping[str, Any]) -> None:
    me = viewer()
    drafting.keep(draft, typed, by=me)
    for name in typed:
        dropped = name.removeprefix("drop_")
        if dropped != name and dropped.isdecimal() and len(dropped) < 16:
            drafting.drop_file(draft, int(dropped), by=me)
    for field, kept in files.items():
        drafting.add_files(draft, field, kept, by=me)


def _go_on(request_id: int, act: str, form: DraftForm) -> ResponseReturnValue:
    """Return where a kept draft leads: sent, back to the form with what is wrong, or found."""
    here = url_for("requests.edit", request_id=request_id)
    if act == FIND:
        return redirect(
            url_for("requests.edit", request_id=request_id, q=request.form.get("q", "")[:100])
            + "#find"
        )
    if act != SEND:
        flash(_("The draft is kept. Nobody is asked until you send it."), "ok")
        return redirect(here)
    draft = access.request_owned(viewer(), request_id)
    if drafting.reading_of(draft, shapes.of_request(draft)).wrong:
        return redirect(here + "?check=1")
    return _send(request_id, form)


def _send(request_id: int, form: DraftForm) -> ResponseReturnValue:
    with form.refusals():
        with work():
            sent = access.request_owned(viewer(), request_id)
            if sent.state == State.DRAFT:
                drafting.send(sent, by=viewer())
            else:
                drafting.answer(sent, form.words.data or "", by=viewer())
            number = sent.number
        flash(_("Request %(number)s is sent for approval.", number=number), "ok")
        return redirect(url_for("requests.show", request_id=request_id))
    mine = access.request_owned(viewer(), request_id)
    form.version.data = str(mine.version)
    return _form_page(form, shapes.of_request(mine), dict(mine.typed), mine)


def _files(shape: Shape) -> dict[str, list[dict[str, Any]]]:
    """Return by field the files that came, checked and kept in the store.

    Raises:
        Refusal: one of them cannot be taken.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for field in shape.fields:
        if field.kind != FieldKind.FILE:
            continue
        sent = sent_files(PREFIX + field.key)
        if len(sent) > drafting.MOST_FILES:
            raise Refusal(_("Up to %(most)s files in one request.", most=drafting.MOST_FILES))
        if sent:
            found[field.key] = [take_document(file) for file in sent]
    return found


def _form_page(
    form: DraftForm, shape: Shape, typed: Mapping[str, str], draft: ServiceRequest | None
) -> ResponseReturnValue:
    wrong = dict[str, str]()
    if draft is not None and request.args.get("check"):
        wrong = drafting.reading_of(draft, shape).wrong
    sort = sorts.sort_of(shape.key)
    page = render_template(
        "helpdesk/requests/form.html",
        form=form,
        shape=shape,
        draft=draft,
        fields=shape.fields,
        drawn=show(shape.fields, typed, wrong),
        how={field.key: kind_of_drawing(field) for field in shape.fields},
        wrong=_told(shape.fields, wrong),
        files=drafting.files_of(draft) if draft is not None else (),
        sent_back=draft is not None and drafting.is_sent_back(draft),
        part=sort.form_part if sort else "",
        **(sort.form_context(draft, typed, viewer()) if sort else {}),
    )
    return page, 422 if wrong else form.status


def _told(fields: tuple[Field, ...], wrong: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return what is wrong for the top of the form: where it leads, its label, the sentence."""
    labels = {field.key: field.label for field in fields}
    return [
        (PREFIX + key if key in labels else key, labels.get(key, ""), sentence)
        for key, sentence in wrong.items()
    ]
