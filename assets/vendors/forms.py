"""What people type about a vendor."""

from __future__ import annotations

from typing import Any

from wtforms import StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, Required
from kernel.i18n import lazy_gettext as _l


class VendorForm(ActionForm):
    """Name, tax number and how to reach it."""

    name = StringField(_l("Name of the company or shop"), [Required(), AtMost(200)])
    tax_id = StringField(
        _l("Tax number"), [AtMost(40)], description=_l("13 digits, as on the receipt.")
    )
    contact = StringField(_l("Contact"), [AtMost(120)])
    phone = StringField(_l("Telephone"), [AtMost(60)])
    email = StringField(_l("E-mail address"), [AtMost(254)])
    address = TextAreaField(_l("Address"), [AtMost(400)])
    note = TextAreaField(_l("Note"), [AtMost(2000)])

    def changes(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        names = ("name", "tax_id", "contact", "phone", "email", "address", "note")
        return {name: self[name].data or "" for name in names}
