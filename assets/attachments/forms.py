"""What people may type about photos and documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import MultipleFileField, SelectField, StringField
from wtforms.validators import ValidationError

from assets.attachments.states import DOCUMENT_KINDS, KINDS, Kind
from kernel import clock
from kernel.forms import ActionForm, AtMost, DateField, Required
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp


class PhotosForm(ActionForm):
    """Photos to add."""

    photos = MultipleFileField(_l("Photos"))
    caption = StringField(_l("What the photos show"), [AtMost(200)])


class _Described(ActionForm):
    kind = SelectField(
        _lp("of a document", "Kind"), choices=[(kind.value, KINDS[kind]) for kind in DOCUMENT_KINDS]
    )
    title = StringField(_l("Title"), [AtMost(200)])
    dated_on = DateField(_l("Date on the document"))

    def validate_dated_on(self, field: DateField) -> None:
        """Refuse a day that has not come."""
        if isinstance(field.data, date) and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed."""
        return {
            "kind": Kind(self.kind.data),
            "title": self.title.data or "",
            "dated_on": self.dated_on.data,
        }


class DocumentsForm(_Described):
    """Documents to add."""

    files = MultipleFileField(
        _l("Files"), description=_l("PDF, Word (DOCX), Excel (XLSX), photos or plain text.")
    )


class DocumentForm(_Described):
    """What is said of a document that is there."""


class CaptionForm(ActionForm):
    """What is said of a photo that is there."""

    title = StringField(_l("What the photo shows"), [AtMost(200)])

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed."""
        return {"title": self.title.data or ""}


class RemoveForm(ActionForm):
    """Why something is taken away."""

    why = StringField(_l("Reason"), [Required(), AtMost(300)])
