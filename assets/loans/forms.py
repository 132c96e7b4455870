"""What officers may type about a loan."""

from __future__ import annotations

from wtforms import SelectMultipleField, StringField

from kernel.forms import ActionForm, AtMost, DateField, Required
from kernel.i18n import lazy_gettext as _l


class ExtendForm(ActionForm):
    """A later due date for some lines of a loan."""

    lines = SelectMultipleField(_l("Items"), coerce=int)
    due_on = DateField(_l("New due date"), validators=[Required()])
    why = StringField(_l("Reason"), validators=[Required(), AtMost(300)])
