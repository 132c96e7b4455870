"""The photos and documents of an item."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from assets.attachments import access
from assets.attachments.forms import DocumentsForm, PhotosForm
from assets.attachments.views import adding
from assets.attachments.views.blueprint import blueprint
from assets.register import access as register
from kernel.access import permit, viewer


@blueprint.get("/items/<int:asset_id>/files")
@permit(access.SEE)
def of_item(asset_id: int) -> ResponseReturnValue:
    """Show what hangs on an item."""
    return adding.page(register.asset_seen_by(viewer(), asset_id))


@blueprint.post("/items/<int:asset_id>/files/photos")
@permit(access.CHANGE)
def photos_of_item(asset_id: int) -> ResponseReturnValue:
    """Add photos to an item."""
    form = PhotosForm()
    return adding.photos(
        form, lambda: register.asset_edited(viewer(), asset_id), accepted=form.accepted()
    )


@blueprint.post("/items/<int:asset_id>/files/documents")
@permit(access.CHANGE)
def documents_of_item(asset_id: int) -> ResponseReturnValue:
    """Add documents to an item."""
    form = DocumentsForm()
    return adding.documents(
        form, lambda: register.asset_edited(viewer(), asset_id), accepted=form.accepted()
    )
