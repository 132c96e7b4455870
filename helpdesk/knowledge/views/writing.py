"""Pages of those who write: begin, edit with a preview, earlier versions, pictures."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import queries as catalogue
from config import Settings
from helpdesk.knowledge import access, queries, rules
from helpdesk.knowledge.forms import LONGEST_BODY, ArticleForm
from helpdesk.knowledge.models import Article
from helpdesk.knowledge.rules import Picture
from helpdesk.knowledge.text import page_of
from helpdesk.knowledge.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.forms import Form, sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping

EDITOR = "helpdesk/knowledge/editor.html"
MOST_PICTURES = 8


def offered(form: ArticleForm, found: Article | None = None) -> ArticleForm:
    """Return the form with the classes and models that an article may be about."""
    form.offer(
        catalogue.classes(retired=False),
        queries.products_to_choose(found.product_model_id if found else None),
    )
    return form


@blueprint.route("/knowledge/new", methods=["GET", "POST"])
@permit(access.WRITE)
def write() -> ResponseReturnValue:
    """Begin an article."""
    form = offered(ArticleForm())
    if form.accepted() and not request.form.get("preview"):
        with form.refusals():
            pictures = _take_pictures(form)
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                fields = form.fields() | {"ticket_id": form.from_ticket}
                made = rules.write(fields, by=viewer())
                rules.add_pictures(made, pictures, by=viewer())
                here = url_for("knowledge.article", article_id=made.id)
                if pictures:
                    here = url_for("knowledge.edit", article_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The draft is saved. Publish it when it is ready to be read."), "ok")
            return redirect(here)
    return _editor(form, None)


@blueprint.route("/knowledge/<int:article_id>/edit", methods=["GET", "POST"])
@permit(access.WRITE)
def edit(article_id: int) -> ResponseReturnValue:
    """Change an article."""
    found = access.article_read_by(viewer(), article_id)
    form = ArticleForm(
        obj=found,
        class_id=found.class_id or 0,
        product_model_id=found.product_model_id or 0,
        audience=str(found.audience),
        version=str(found.version),
    )
    offered(form, found)
    if form.accepted() and not request.form.get("preview"):
        with form.refusals():
            pictures = _take_pictures(form)
            with work():
                found = access.article_read_by(viewer(), article_id)
                check_version(found.version, form.seen_version)
                rules.edit(found, form.fields(), form.note.data or "", by=viewer())
                rules.add_pictures(found, pictures, by=viewer())
            flash(_("Saved."), "ok")
            to = "knowledge.edit" if pictures else "knowledge.article"
            return redirect(url_for(to, article_id=article_id))
        found = access.article_read_by(viewer(), article_id)
        form.stand_at(found.version)
    return _editor(form, found)


def _editor(form: ArticleForm, found: Article | None) -> ResponseReturnValue:
    return render_template(
        EDITOR,
        form=form,
        article=found,
        pictures=queries.pictures_of(found.id) if found else (),
        preview_th=page_of(form.body_th.data or "", request.script_root),
        preview_en=page_of(form.body_en.data or "", request.script_root),
        removed=None,
        origin=None,
    ), form.status


@blueprint.post("/knowledge/preview")
@permit(access.WRITE)
def preview() -> ResponseReturnValue:
    """Draw what was typed so far, for the panel beside the editor."""
    Form().insist()
    name = "body_en" if request.args.get("language") == "en" else "body_th"
    said = request.form.get(name, "")[:LONGEST_BODY]
    return render_template(
        "helpdesk/knowledge/_preview.html", drawn=page_of(said, request.script_root)
    )


@blueprint.get("/knowledge/<int:article_id>/versions/<int:number>")
@permit(access.WRITE)
def version(article_id: int, number: int) -> ResponseReturnValue:
    """Show what an article said after one of its changes."""
    found = access.article_read_by(viewer(), article_id)
    kept = queries.version_numbered(article_id, number)
    if kept is None:
        raise NotFound(_("There is no such version."))
    return render_template(
        "helpdesk/knowledge/version.html",
        article=found,
        kept=kept,
        text_th=page_of(kept.body_th, request.script_root),
        text_en=page_of(kept.body_en, request.script_root) if kept.body_en else "",
    )


def _take_pictures(form: ArticleForm) -> list[Picture]:
    """Read, clean and store the sent pictures, outside of any unit of work.

    Raises:
        Refusal: more than eight, or one that is no picture.
    """
    settings: Settings = current_app.extensions["settings"]
    files = sent_files(form.pictures.name)
    if len(files) > MOST_PICTURES:
        raise Refusal(
            _("Up to %(most)s pictures are taken at once.", most=MOST_PICTURES),
            field=form.pictures.name,
        )
    kept = []
    for file in files:
        try:
            photo = clean_photo(
                file.stream, file.filename or "", megabytes=settings.photo_megabytes
            )
        except Refusal as refusal:
            raise Refusal(refusal.message, field=form.pictures.name) from refusal
        kept.append(Picture(store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg")))
    return kept
