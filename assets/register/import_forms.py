"""What people type and choose while workbooks and photos are brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import BooleanField, FileField, SelectField, StringField

from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import lazy_gettext as _l

LONGEST_ID = 12


class ImportForm(Form):
    """A workbook, and the unit whose books it is."""

    file = FileField(_l("Workbook"))
    unit_id = SelectField(_l("For the books of"), coerce=int)


class PhotoZipForm(Form):
    """A ZIP file of photos, and the unit in whose books the items are."""

    file = FileField(_l("ZIP file"))
    unit_id = SelectField(_l("Items in the books of"), coerce=int)


class ReplaceForm(ActionForm):
    """The decision to put photos on cards."""

    replace = BooleanField(_l("Replace the photo of items that have one already"))


class MappingForm(ActionForm):
    """The name under which a reading of columns is kept."""

    name = StringField(_l("Name"), [Required(), AtMost(120)])
    shared = BooleanField(_l("Everybody who brings workbooks in may use it"))


def ticks_of(sent: Mapping[str, Sequence[str]]) -> dict[int, set[str]]:
    """Read the ticks of a page: which fields of which rows are ticked.

    Args:
        sent: every value by its name: ``row`` holds the rows that the page showed, ``take-17`` the
            ticked fields of row 17.
    """
    rows = [raw for raw in sent.get("row", ()) if raw.isdecimal() and len(raw) < LONGEST_ID]
    return {int(raw): set(sent.get(f"take-{raw}", ())) for raw in rows}
