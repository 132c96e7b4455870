"""What an administrator may say of a mail."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField

from kernel.forms import ActionForm, Required
from kernel.i18n import lazy_gettext as _l


def _whole(value: Any) -> int:  # noqa: ANN401 - WTForms passes anything
    return int(value) if str(value).isdecimal() and len(str(value)) < 12 else 0


class TakeForm(ActionForm):
    """Whose report the mail is."""

    unit = SelectField(
        _l("School or group"),
        [Required(_l("Please choose the school or group."))],
        coerce=_whole,
        validate_choice=False,
    )
