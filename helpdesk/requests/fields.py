"""What a form asks: its fields as plain values, and how they are kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.requests.states import FieldKind
from kernel.i18n import language


@dataclass(frozen=True)
class Option:
    """One choice of a field; ``value`` is what is kept."""

    value: str
    th: str
    en: str = ""

    @property
    def label(self) -> str:
        """The choice in the language spoken now, Thai where there is no English one."""
        return self.en if language() == "en" and self.en else self.th


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes:
        key: names the answer; letters, figures and underscores.
        th, en: the label.
        hint_th, hint_en: a sentence below it.
        options: the choices of ``CHOICE`` and ``MANY``.
        most: characters of a text; the largest number.
        past: whether a day may lie before today.
    """

    key: str
    kind: FieldKind
    th: str
    en: str = ""
    required: bool = False
    hint_th: str = ""
    hint_en: str = ""
    options: tuple[Option, ...] = ()
    most: int = 0
    past: bool = True

    @property
    def label(self) -> str:
        """The label in the language spoken now, Thai where there is no English one."""
        return self.en if language() == "en" and self.en else self.th

    @property
    def hint(self) -> str:
        """The hint in the language spoken now, Thai where there is no English one."""
        return self.hint_en if language() == "en" and self.hint_en else self.hint_th

    def option(self, value: str) -> Option | None:
        """Return the choice of a value, None where it is none of the choices."""
        return next((one for one in self.options if one.value == value), None)


def as_plain(fields: Sequence[Field]) -> list[dict[str, Any]]:
    """Return fields as JSON keeps them."""
    return [
        {
            "key": field.key,
            "kind": field.kind.value,
            "th": field.th,
            "en": field.en,
            "required": field.required,
            "hint_th": field.hint_th,
            "hint_en": field.hint_en,
            "options": [[one.value, one.th, one.en] for one in field.options],
        }
        for field in fields
    ]


def from_plain(rows: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Return the fields that JSON kept."""
    return tuple(
        Field(
            key=str(row["key"]),
            kind=FieldKind(row["kind"]),
            th=str(row["th"]),
            en=str(row["en"]),
            required=bool(row["required"]),
            hint_th=str(row["hint_th"]),
            hint_en=str(row["hint_en"]),
            options=tuple(Option(*one) for one in row["options"]),
        )
        for row in rows
    )
