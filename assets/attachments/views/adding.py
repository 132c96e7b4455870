"""The page of the photos and documents of one thing, and adding to them; for items and models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.attachments import access, queries, rules
from assets.attachments.access import Holder
from assets.attachments.forms import DocumentsForm, PhotosForm
from assets.attachments.states import Kind
from assets.attachments.views import uploads
from assets.register.models import Asset
from kernel.access import viewer
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

Load = Callable[[], Holder]


@dataclass(frozen=True)
class Place:
    """Where a thing has its own page, its files, and where files are sent to."""

    name: str
    href: str
    files: str
    add_photos: str
    add_documents: str


def place_of(holder: Holder) -> Place:
    """Return the addresses of an item or model."""
    if isinstance(holder, Asset):
        return Place(
            holder.name,
            url_for("register.item", asset_id=holder.id),
            url_for("attachments.of_item", asset_id=holder.id),
            url_for("attachments.photos_of_item", asset_id=holder.id),
            url_for("attachments.documents_of_item", asset_id=holder.id),
        )
    return Place(
        holder.full_name,
        url_for("catalogue.product", product_id=holder.id),
        url_for("attachments.of_model", product_id=holder.id),
        url_for("attachments.photos_of_model", product_id=holder.id),
        url_for("attachments.documents_of_model", product_id=holder.id),
    )


def page(
    holder: Holder,
    photos_form: PhotosForm | None = None,
    documents_form: DocumentsForm | None = None,
) -> str:
    """Return the page with everything that hangs on a thing, and the two forms for who may add."""
    return render_template(
        "assets/attachments/files.html",
        holder=holder,
        place=place_of(holder),
        files=queries.files_of(holder, viewer()),
        photos_form=photos_form or PhotosForm(formdata=None, prefix=""),
        documents_form=documents_form or DocumentsForm(formdata=None),
        open_form="photos" if photos_form else "documents" if documents_form else "",
        may_change=access.may_change(viewer(), holder),
    )


def photos(form: PhotosForm, load: Load, *, accepted: bool) -> ResponseReturnValue:
    """Take photos in.

    Args:
        form: as it was sent.
        load: returns what they hang on, or refuses; called again inside the unit of work.
        accepted: what the form says of itself.
    """
    holder = load()
    if accepted:
        with form.refusals():
            kept = uploads.sent_photos("photos")
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                holder = load()
                count = rules.add_photos(holder, kept, form.caption.data or "", by=viewer())
                here = place_of(holder).files
                bookkeeping.settle_key(form.act_key, here)
            flash(
                ngettext("%(number)s photo is added.", "%(number)s photos are added.", count)
                if count
                else _("These photos are there already."),
                "ok",
            )
            return redirect(here)
        holder = load()
    return page(holder, photos_form=form), form.status


def documents(form: DocumentsForm, load: Load, *, accepted: bool) -> ResponseReturnValue:
    """Take documents in; see ``photos``."""
    holder = load()
    if accepted:
        with form.refusals():
            kept = uploads.sent_documents("files")
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                holder = load()
                said = (Kind(form.kind.data), form.title.data or "", form.dated_on.data)
                count = rules.add_documents(holder, kept, *said, by=viewer())
                here = place_of(holder).files
                bookkeeping.settle_key(form.act_key, here)
            flash(
                ngettext("%(number)s document is added.", "%(number)s documents are added.", count)
                if count
                else _("These documents are there already."),
                "ok",
            )
            return redirect(here)
        holder = load()
    return page(holder, documents_form=form), form.status
