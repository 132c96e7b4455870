"""What people may type about a round."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)

from assets.counts.states import DUTIES, SEEN_CONDITIONS
from assets.register.states import CONDITIONS
from kernel.forms import ActionForm, AtMost, DateField, Form, Required, WholeField, new_key
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp


class OrderForm(ActionForm):
    """The order of the head that appoints the committee."""

    unit_id = SelectField(_l("Agency"), coerce=int)
    covers = RadioField(
        _l("Whose equipment is checked"),
        [Required()],
        choices=[
            ("unit", _l("This unit only")),
            ("groups", _l("This unit with its groups")),
            ("all", _l("This unit with everything under it")),
        ],
        default="groups",
    )
    fiscal_year = WholeField(_l("Fiscal year that is checked"), [Required()])
    order_no = StringField(
        _l("Order number"), [Required(), AtMost(60)], description=_l("Written like 45/2569.")
    )
    ordered_on = DateField(_l("Date of the order"), [Required()])
    appointer_name = StringField(_l("Given by"), [Required(), AtMost(200)])
    appointer_position = StringField(_l("Position of the giver"), [AtMost(200)])
    first_day_counts = BooleanField(
        _l("The first day of the counting is day 1 of the 30 working days"), default=True
    )


class AppointForm(ActionForm):
    """A person of the committee."""

    person_id = HiddenField()
    duty = SelectField(_l("Duty"), choices=list(DUTIES.items()), default="member")


class ReasonForm(ActionForm):
    """A button that needs a reason."""

    reason = StringField(_l("Reason"), [Required(), AtMost(400)])


class ScanForm(Form):
    """One scan on the page of a room; ``client_id`` makes a double tap one scan."""

    client_id = HiddenField(default=new_key)
    code = StringField(_l("Code"), [AtMost(300)])
    condition = RadioField(
        _l("Condition"),
        choices=[
            ("", _lp("condition", "As on the list")),
            *((str(one), CONDITIONS[one].label) for one in SEEN_CONDITIONS),
        ],
        default="",
    )
    quantity = WholeField(_l("Pieces counted"))
    remark = StringField(_l("Remark"), [AtMost(500)])
    photos = MultipleFileField(_l("Photo"))


class DecideForm(Form):
    """The differences that were ticked, and what to do with them."""

    chosen = SelectMultipleField(_l("Differences"), coerce=int)
    act = HiddenField()
    reason = StringField(_l("Reason"), [AtMost(400)])
    fact_finding = SelectField(
        _l("Fact-finding committee (clause 214)"),
        choices=[
            ("", _l("as shown in each line")),
            ("yes", _l("needed")),
            ("no", _l("not needed: plain wear or natural loss")),
        ],
        default="",
    )


class PapersForm(ActionForm):
    """When the report and its copies went out."""

    reported_on = DateField(_l("Report to the appointer"))
    auditor_copy_on = DateField(_l("Copy to the State Audit Office"))
    parent_copy_on = DateField(_l("Copy to the parent agency"))
