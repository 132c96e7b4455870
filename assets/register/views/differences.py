"""What a card says now where somebody typed something else: two people at once lose nothing."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField

from kernel.forms import Form
from kernel.i18n import gettext as _


def differences(typed: Form, now: Form) -> list[tuple[str, str]]:
    """Return label and present value of every field in which a form differs from what is there.

    Args:
        typed: the form as it was sent.
        now: the same form made from what is there, with no sent data.
    """
    pairs = ((field, now[field.name]) for field in typed if not isinstance(field, HiddenField))
    return [
        (str(field.label.text), _shown(field, there))
        for field, there in pairs
        if _plain(field) != _plain(there)
    ]


def _plain(field: Any) -> str:  # noqa: ANN401 - a field of a form
    if isinstance(field, (SelectField, BooleanField)):
        return str(field.data or "")
    return str(field._value() or "").strip()  # noqa: SLF001 - as the page would show it


def _shown(field: Any, there: Any) -> str:  # noqa: ANN401 - two fields of a form
    if isinstance(there, BooleanField):
        return _("yes") if there.data else _("no")
    if isinstance(there, SelectField):
        choices = {str(value): str(label) for value, label, *_more in field.iter_choices()}
        return choices.get(str(there.data), "–")
    return _plain(there) or "–"
