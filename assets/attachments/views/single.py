"""One photo or document: looked at, sent, described, put in order, removed, put back."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.attachments import access, rules
from assets.attachments.forms import CaptionForm, DocumentForm, RemoveForm
from assets.attachments.models import Attachment
from assets.attachments.views.adding import place_of
from assets.attachments.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.documents import JPEG, TEXT
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.sending import send_kept
from kernel.work import check_version, work

MOST_TEXT = 100_000


@blueprint.get("/attachments/<int:attachment_id>")
@permit(access.SEE)
def show(attachment_id: int) -> ResponseReturnValue:
    """Show a photo or document in the service, as far as a browser can."""
    me = viewer()
    one = access.attachment_seen_by(me, attachment_id)
    holder = access.holder_of(one, me)
    text = _text(one) if one.media == TEXT and one.key else ""
    return render_template(
        "assets/attachments/show.html",
        one=one,
        holder=holder,
        place=place_of(holder),
        text=text[:MOST_TEXT],
        cut=len(text) > MOST_TEXT,
        may_change=access.may_change(me, holder),
    )


@blueprint.get("/attachments/<int:attachment_id>/file")
@permit(access.SEE)
def file(attachment_id: int) -> Response:
    """Send the file: to look at, or with ``?save=1`` to save it under its name."""
    one = access.attachment_seen_by(viewer(), attachment_id)
    _demand_file(one.key)
    save = request.args.get("save") == "1"
    return send_kept(one.key, media=one.media, name=one.name, inline=not save)


@blueprint.get("/attachments/<int:attachment_id>/small.jpg")
@permit(access.SEE)
def small(attachment_id: int) -> Response:
    """Send the small picture of a photo, or of a document's first page."""
    one = access.attachment_seen_by(viewer(), attachment_id)
    _demand_file(one.thumbnail_key)
    return send_kept(one.thumbnail_key, media=JPEG, name="small.jpg", inline=True)


@blueprint.route("/attachments/<int:attachment_id>/edit", methods=["GET", "POST"])
@permit(access.CHANGE)
def edit(attachment_id: int) -> ResponseReturnValue:
    """Change what is said of a photo or document."""
    me = viewer()
    one = access.attachment_changed_by(me, attachment_id)
    kind = CaptionForm if one.is_photo else DocumentForm
    form = kind(obj=one, version=str(one.version))
    if form.accepted():
        with form.refusals():
            with work():
                one = access.attachment_changed_by(me, attachment_id)
                check_version(one.version, form.seen_version)
                rules.edit(one, form.changes(), by=me)
            flash(_("Saved."), "ok")
            return redirect(url_for("attachments.show", attachment_id=attachment_id))
        one = access.attachment_changed_by(me, attachment_id)
        form.stand_at(one.version)
    place = place_of(access.holder_of(one, me))
    return render_template(
        "assets/attachments/edit.html", form=form, one=one, place=place
    ), form.status


@blueprint.post("/attachments/<int:attachment_id>/choose")
@permit(access.CHANGE)
def choose(attachment_id: int) -> ResponseReturnValue:
    """Make a photo the main one."""
    ActionForm().insist()
    with work():
        one = access.attachment_changed_by(viewer(), attachment_id)
        holder = access.holder_of(one, viewer())
        rules.choose(one, holder, by=viewer())
        here = place_of(holder).files
    flash(_("This is the main photo now."), "ok")
    return redirect(here)


@blueprint.post("/attachments/<int:attachment_id>/earlier")
@permit(access.CHANGE)
def earlier(attachment_id: int) -> ResponseReturnValue:
    """Move a photo one place earlier."""
    ActionForm().insist()
    return _shift(attachment_id, -1)


@blueprint.post("/attachments/<int:attachment_id>/later")
@permit(access.CHANGE)
def later(attachment_id: int) -> ResponseReturnValue:
    """Move a photo one place later."""
    ActionForm().insist()
    return _shift(attachment_id, 1)


@blueprint.route("/attachments/<int:attachment_id>/remove", methods=["GET", "POST"])
@permit(access.CHANGE)
def remove(attachment_id: int) -> ResponseReturnValue:
    """Take a photo or document away, with the reason."""
    me, form = viewer(), RemoveForm()
    one = access.attachment_changed_by(me, attachment_id)
    if form.accepted():
        with form.refusals():
            with work():
                one = access.attachment_changed_by(me, attachment_id)
                holder = access.holder_of(one, me)
                rules.remove(one, holder, form.why.data or "", by=me)
                here = place_of(holder).files
            flash(_("It is removed; it can be put back for some weeks."), "ok")
            return redirect(here)
        one = access.attachment_changed_by(me, attachment_id)
    place = place_of(access.holder_of(one, me))
    return render_template(
        "assets/attachments/remove.html", form=form, one=one, place=place
    ), form.status


@blueprint.post("/attachments/<int:attachment_id>/restore")
@permit(access.CHANGE)
def restore(attachment_id: int) -> ResponseReturnValue:
    """Put a removed photo or document back."""
    ActionForm().insist()
    with work():
        one = access.attachment_changed_by(viewer(), attachment_id)
        holder = access.holder_of(one, viewer())
        rules.restore(one, holder, by=viewer())
        here = place_of(holder).files
    flash(_("It is back."), "ok")
    return redirect(here)


def _shift(attachment_id: int, step: int) -> ResponseReturnValue:
    with work():
        one = access.attachment_changed_by(viewer(), attachment_id)
        holder = access.holder_of(one, viewer())
        rules.shift(one, holder, step, by=viewer())
        here = place_of(holder).files
    return redirect(here)


def _demand_file(key: str) -> None:
    if not key:
        raise NotFound(_("This file is not there any more."))


def _text(one: Attachment) -> str:
    parts = store().part(one.key, 0, MOST_TEXT * 4)
    return b"".join(parts).decode("utf-8", "ignore")
