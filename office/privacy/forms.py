"""What people may type about the privacy notice."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, Required
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from office.privacy.states import BASES, LANGUAGES, PARTS


class NoticeForm(ActionForm):
    """Both texts of an edition."""

    text_th = TextAreaField(_l("Text in Thai"), [Required(), AtMost(20000)])
    text_en = TextAreaField(_l("Text in English"), [Required(), AtMost(20000)])


class RecordForm(ActionForm):
    """A record of processing in both languages."""

    base = SelectField(
        _p("processing", "Legal base"), choices=[(one.value, label) for one, label in BASES.items()]
    )

    def fields(self) -> dict[str, str]:
        """Return what was typed, by part and language."""
        return {name: self[name].data or "" for name in part_names()}


def part_names() -> list[str]:
    """Return the names of the text fields, Thai before English for each part."""
    return [f"{part}_{code}" for part in PARTS for code in LANGUAGES]


def _field(part: str, code: str) -> Any:  # noqa: ANN401 - an unbound field
    needed = (
        [Required()] if code == "th" and part not in ("recipients", "security", "transfer") else []
    )
    label = PARTS[part] if code == "th" else _l("In English")
    kind = StringField if part == "name" else TextAreaField
    return kind(label, [*needed, AtMost(200 if part == "name" else 2000)])


for _part in PARTS:
    for _code in LANGUAGES:
        setattr(RecordForm, f"{_part}_{_code}", _field(_part, _code))


class EndForm(ActionForm):
    """Why an activity is not done any more."""

    why = StringField(_p("processing", "Why is it not done any more?"), [Required(), AtMost(300)])
