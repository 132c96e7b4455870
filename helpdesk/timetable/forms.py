"""What is asked of whoever stops a job."""

from __future__ import annotations

from wtforms import StringField

from kernel.forms import AtMost, Form, Required
from kernel.i18n import lazy_gettext as _l


class PauseForm(Form):
    """Why a job is stopped for a while."""

    reason = StringField(_l("Why it is paused"), validators=[Required(), AtMost(300)])
