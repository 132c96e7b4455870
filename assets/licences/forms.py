"""What people type about licences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from assets.licences.states import KINDS
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l


class TermForm(ActionForm):
    """One paid period."""

    starts_on = DateField(_l("First day"), [Required()])
    ends_on = DateField(_l("Last day"), description=_l("Leave it empty where it has no end."))
    cost = MoneyField(_l("Cost of the term (baht)"))
    contract_no = StringField(_l("Number of the contract or order"), [AtMost(80)])


class LicenceForm(TermForm):
    """A licence with its newest term."""

    kind = SelectField(_l("Kind"), choices=[(str(k), v) for k, v in KINDS.items()])
    name = StringField(
        _l("Name"), [Required(), AtMost(200)], description=_l("The product, line or address.")
    )
    unit_id = SelectField(_l("Unit"), [Required()])
    vendor_id = SelectField(_l("Vendor"), coerce=int, default=0)
    caretaker = StringField(
        _l("Who looks after it"),
        [AtMost(200)],
        description=_l("Full name or e-mail. Told before it ends, beside the keepers."),
    )
    account = StringField(
        _l("Account or customer number"),
        [AtMost(200)],
        description=_l("Never a password or a product key."),
    )
    seats = WholeField(_l("Seats"), description=_l("How many may use it. Empty: not counted."))
    note = TextAreaField(_l("Note"), [AtMost(2000)])

    def fill(self, units: list[tuple[str, str]], vendors: Sequence[Any]) -> None:
        """Fill the choices."""
        self.unit_id.choices = units
        self.vendor_id.choices = [(0, "–"), *((one.id, one.name) for one in vendors)]

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column, without the caretaker."""
        texts = ("name", "account", "contract_no", "note", "kind")
        plain = ("starts_on", "ends_on", "cost", "seats")
        return {
            **{name: (self[name].data or "").strip() for name in texts},
            **{name: self[name].data for name in plain},
            "unit_id": int(self.unit_id.data),
            "vendor_id": self.vendor_id.data or None,
        }

    def validate_seats(self, field: WholeField) -> None:
        """Refuse no seat at all, and more than anybody buys."""
        if field.data is not None and not 0 < field.data < 1_000_000:
            raise ValidationError(_("Write a number from 1, or leave it empty."))


class SeatForm(ActionForm):
    """Who or what is given a seat."""

    holder = StringField(
        _l("Person or item"),
        [Required(), AtMost(300)],
        description=_l("A name or e-mail, or scan the label of an item."),
    )


class WhyForm(ActionForm):
    """Why a licence is given up."""

    words = StringField(_l("Reason"), [Required(), AtMost(300)])


class FileForm(ActionForm):
    """A document of a licence."""

    file = FileField(_l("Contract, invoice or certificate"))
