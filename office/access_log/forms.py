"""What people may type about the access log."""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, DateField, Form, Required
from kernel.i18n import lazy_gettext as _l


class SearchForm(Form):
    """Filters; they live in the address, so there is no token."""

    class Meta(Form.Meta):
        """A form that only reads."""

        csrf = False

    person = StringField(_l("By whom"), [AtMost(200)])
    about = StringField(_l("Whose data"), [AtMost(200)])
    action = SelectField(_l("What was done"), validate_choice=False)
    address = StringField(_l("Source address"), [AtMost(45)])
    first = DateField(_l("From"))
    last = DateField(_l("To"))


class HandOutForm(ActionForm):
    """To whom entries are given, and why."""

    receiver = StringField(_l("Who asked for it"), [Required(), AtMost(200)])
    reason = TextAreaField(_l("Reason and number of the letter"), [Required(), AtMost(1000)])


class HoldForm(ActionForm):
    """An order to keep entries longer."""

    ends_on = DateField(_l("Keep until"), [Required()])
    letter = StringField(_l("Number of the letter"), [AtMost(120)])
    reason = TextAreaField(_l("Reason"), [Required(), AtMost(500)])
