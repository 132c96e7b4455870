"""Pages of models: the list, one model with its items, adding, editing, its photo."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import access, queries, slots
from assets.catalogue.forms import ProductForm
from assets.catalogue.rules import products
from assets.catalogue.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import check_version, work

FORM_PAGE = "assets/catalogue/product_form.html"


@blueprint.get("/catalogue/models")
@permit(access.SEE)
def product_list() -> ResponseReturnValue:
    """List the models."""
    words, retired = request.args.get("q", "").strip()[:100], request.args.get("retired") == "1"
    said = request.args.get("class", "")
    class_id = int(said) if said.isdecimal() and len(said) < 10 else None
    number = page_number()
    found = queries.products(words, class_id=class_id, retired=retired, page=number)
    return render_template(
        "assets/catalogue/products.html",
        page=paged(found, number, queries.PAGE),
        words=words,
        retired=retired,
        class_id=class_id,
        classes=queries.classes(),
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.get("/catalogue/models/<int:product_id>")
@permit(access.SEE)
def product(product_id: int) -> ResponseReturnValue:
    """Show a model: its specification, its photo, its items."""
    found = access.product_known(product_id)
    return render_template(
        "assets/catalogue/product.html",
        product=found,
        items=slots.items_of(found, viewer()),
        files=slots.files_of(found, viewer()),
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.route("/catalogue/models/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add_product() -> ResponseReturnValue:
    """Write down a brand and model."""
    form = ProductForm(
        brand=request.args.get("brand", "")[:120], name=request.args.get("model", "")[:120]
    )
    form.offer(queries.classes(retired=False))
    if form.accepted():
        with form.refusals():
            with work():
                made = products.add(form.changes(), by=viewer())
                here = url_for("catalogue.product", product_id=made.id)
            flash(_("“%(name)s” is in the catalogue.", name=made.full_name), "ok")
            return redirect(here)
    return render_template(FORM_PAGE, form=form, product=None), form.status


@blueprint.route("/catalogue/models/<int:product_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit_product(product_id: int) -> ResponseReturnValue:
    """Change the record of a model."""
    found = access.product_known(product_id)
    form = ProductForm(obj=found, class_id=found.class_id or 0, version=str(found.version))
    form.offer(queries.classes())
    if form.accepted():
        with form.refusals():
            with work():
                found = access.product_known(product_id)
                check_version(found.version, form.seen_version)
                products.edit(found, form.changes(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("catalogue.product", product_id=product_id))
        found = access.product_known(product_id)
        form.stand_at(found.version)
    return render_template(FORM_PAGE, form=form, product=found), form.status


@blueprint.post("/catalogue/models/<int:product_id>/retire")
@permit(access.EDIT)
def retire_product(product_id: int) -> ResponseReturnValue:
    """Offer a model no more."""
    ActionForm().insist()
    with work():
        products.retire(access.product_known(product_id), by=viewer())
    flash(_("The model is not offered any more; items that have it keep it."), "ok")
    return redirect(url_for("catalogue.product", product_id=product_id))


@blueprint.post("/catalogue/models/<int:product_id>/reopen")
@permit(access.EDIT)
def reopen_product(product_id: int) -> ResponseReturnValue:
    """Offer a model again."""
    ActionForm().insist()
    with work():
        products.reopen(access.product_known(product_id), by=viewer())
    flash(_("The model is offered again."), "ok")
    return redirect(url_for("catalogue.product", product_id=product_id))


@blueprint.get("/catalogue/models/<int:product_id>/photo/<size>.jpg")
@permit(access.SEE)
def product_photo(product_id: int, size: str) -> ResponseReturnValue:
    """Send the photo of a model, whole or small."""
    found = access.product_known(product_id)
    key = found.thumbnail_key if size == "small" else found.photo_key
    if not key:
        raise NotFound(_("This model has no photo yet."))
    answer = Response(store().read(key), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
