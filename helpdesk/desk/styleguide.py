"""Every component of the service on one page, for those who build it; not served in production."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from kernel.access import public
from kernel.forms import DateField, Form, MoneyField, Required
from kernel.i18n import lazy_pgettext as _lp

blueprint = Blueprint("styleguide", __name__)
CLASSES = [("notebook", _lp("sample", "notebook")), ("projector", _lp("sample", "projector"))]
STATES = [
    ("open", _lp("sample", "open")),
    ("waiting", _lp("sample", "waiting")),
    ("done", _lp("sample", "done")),
]


class SampleForm(Form):
    """One field of each kind; it is shown, never taken."""

    what = StringField(_lp("sample", "What"), [Required()])
    kind = RadioField(_lp("sample", "Class"), choices=CLASSES, default="notebook")
    state = SelectField(_lp("sample", "State"), choices=STATES, default="open")
    until = DateField(_lp("sample", "Warranty until"))
    cost = MoneyField(_lp("sample", "Cost"))
    note = TextAreaField(_lp("sample", "Note"))
    working = BooleanField(_lp("sample", "Work has begun"))
    photos = MultipleFileField(_lp("sample", "Add a photo"))


@blueprint.get("/styleguide")
@public
def show() -> ResponseReturnValue:
    """Show every component with sample words, and what was wrong beside one field."""
    form = SampleForm(formdata=None)
    form.validate()
    form.form_errors = []
    kinds = {"kind": "chips", "photos": "photos"}
    return render_template("styleguide.html", form=form, form_kinds=kinds)
