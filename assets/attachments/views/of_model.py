"""The photos and documents of a model."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from assets.attachments import access
from assets.attachments.forms import DocumentsForm, PhotosForm
from assets.attachments.views import adding
from assets.attachments.views.blueprint import blueprint
from assets.catalogue import access as catalogue
from kernel.access import permit, viewer


@blueprint.get("/catalogue/models/<int:product_id>/files")
@permit(access.SEE)
def of_model(product_id: int) -> ResponseReturnValue:
    """Show what hangs on a model."""
    return adding.page(catalogue.product_known(product_id))


@blueprint.post("/catalogue/models/<int:product_id>/files/photos")
@permit(access.CHANGE)
def photos_of_model(product_id: int) -> ResponseReturnValue:
    """Add photos to a model."""
    form = PhotosForm()
    return adding.photos(
        form, lambda: access.product_changed(viewer(), product_id), accepted=form.accepted()
    )


@blueprint.post("/catalogue/models/<int:product_id>/files/documents")
@permit(access.CHANGE)
def documents_of_model(product_id: int) -> ResponseReturnValue:
    """Add documents to a model."""
    form = DocumentsForm()
    return adding.documents(
        form, lambda: access.product_changed(viewer(), product_id), accepted=form.accepted()
    )
