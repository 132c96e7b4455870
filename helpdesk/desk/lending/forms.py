"""What the officer types and ticks at the desk."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, StringField

from assets.loans.states import PLACES
from kernel.forms import ActionForm, AtMost, DateField, Form, new_key
from kernel.i18n import lazy_gettext as _l

DUE = {"tomorrow": _l("Tomorrow"), "week": _l("One week"), "default": _l("As usual")}


class Needed:
    """Mark a field as needed without checking it: the rules refuse what is missing at the end."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads a plain dict

    def __call__(self, _form: Any, _field: Field) -> None:  # noqa: ANN401
        """Let everything pass."""


class DeskForm(Form):
    """The terms of the loan on the counter; the rules say what is missing, so a scan never waits.

    ``due_on`` is a day typed by hand; it counts instead of the chips.
    """

    key = HiddenField(default=new_key)
    purpose = StringField(_l("What are the items for?"), validators=[Needed(), AtMost(500)])
    official = BooleanField(_l("For official use only (clause 207)"))
    place_kind = RadioField(
        _l("Where are they used?"),
        choices=[(kind.value, label) for kind, label in PLACES.items()],
        validators=[Needed()],
        validate_choice=False,
    )
    approved_by_text = StringField(_l("Approved by (name or position)"), validators=[AtMost(200)])
    due = RadioField(_l("Comes back"), choices=list(DUE.items()), validate_choice=False)
    due_on = DateField(_l("Another day"))
    note = StringField(_l("Note on the slip"), validators=[AtMost(500)])
    lift_why = StringField(_l("Why the person may borrow all the same"), validators=[AtMost(300)])
    lift_until = DateField(_l("Holds until"))


class SignForm(ActionForm):
    """A signature as the screen drew it, a PNG picture in a data address."""

    drawing = HiddenField()
