"""What people may type about a view of a list."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField

from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import lazy_gettext as _l
from office.saved_views.states import REACHES


class SaveForm(Form):
    """A name for what the list shows now."""

    name_th = StringField(_l("Name of the view"), [Required(), AtMost(80)])
    begin = BooleanField(_l("Begin with this view"))
    query = HiddenField()


class EditForm(ActionForm):
    """The names of a view, and who finds it."""

    name_th = StringField(_l("Name of the view"), [Required(), AtMost(80)])
    name_en = StringField(_l("Name in English"), [AtMost(80)])
    reach = SelectField(_l("Who finds it"))

    def offer(self, reaches: list[Any]) -> None:
        """Fill in with whom the person may share."""
        self.reach.choices = [(str(reach), REACHES[reach]) for reach in reaches]
