"""The values of extra fields: one function takes what was typed, one shows what is kept.

A value is kept as text of one form, so that it can be compared, exported and read in both
languages: a number as ``15.6``, a day as ``2026-10-01``, a choice as its key.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from kernel import thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import show_date

PREFIX = "x_"
LONGEST = 500
_NUMBER = re.compile(r"^-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,6})?$")
_BLANK = frozenset({"", "-", "–", "—"})


def read(field: ExtraField, typed: Any) -> str | None:  # noqa: ANN401 - text, a day or a number
    """Return the value to keep of what was typed or read from a workbook; None where blank.

    Thai digits, Buddhist years, commas and the field's own unit word are understood; a choice may
    be said by its key or in either language.

    Raises:
        Refusal: it cannot be a value of this field, or is missing where one is required.
    """
    said = _as_text(typed)
    if said in _BLANK:
        if field.required:
            raise Refusal(_("Please fill in “%(name)s”.", name=field.name), field=field.key)
        return None
    return _READERS[FieldKind(field.kind)](field, said)


def read_all(fields: Sequence[ExtraField], typed: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the values to keep of all fields, by key; refuses the first that cannot be."""
    return {field.key: read(field, typed.get(field.key)) for field in fields}


def show(field: ExtraField, kept: Any) -> str:  # noqa: ANN401 - what stands in ``extra``
    """Return a kept value as people read it, in the language spoken now; blank where none is."""
    said = "" if kept is None else str(kept)
    if not said:
        return ""
    if field.kind == FieldKind.DATE:
        try:
            return show_date(dt.date.fromisoformat(said), "short")
        except ValueError:
            return said
    if field.kind == FieldKind.NUMBER:
        return f"{_grouped(said)} {field.unit_word}".strip()
    if field.kind == FieldKind.CHOICE:
        return next((_name(one) for one in field.choices if one["key"] == said), said)
    return said


def typed_form(field: ExtraField, kept: Any) -> str:  # noqa: ANN401 - what stands in ``extra``
    """Return a kept value as a form shows it, ready to be sent again."""
    said = "" if kept is None else str(kept)
    if field.kind == FieldKind.DATE and said:
        try:
            day = dt.date.fromisoformat(said)
        except ValueError:
            return said
        return thai.format_date(day, language=language(), style="numeric")
    return said


def words_of(fields: Sequence[ExtraField], extra: Mapping[str, Any]) -> str:
    """Return the words by which an item is found through its searched fields, both languages."""
    words: list[str] = []
    for field in fields:
        kept = str(extra.get(field.key) or "")
        if not (field.searched and kept):
            continue
        if field.kind == FieldKind.CHOICE:
            said = [one for one in field.choices if one["key"] == kept]
            words += [f"{one['th']} {one['en']}".strip() for one in said] or [kept]
        else:
            words.append(kept)
    return " ".join(words)


def _as_text(typed: Any) -> str:  # noqa: ANN401 - text, a day or a number
    if typed is None:
        return ""
    if isinstance(typed, dt.datetime):
        return typed.date().isoformat()
    if isinstance(typed, float) and typed.is_integer():
        return str(int(typed))
    return thai.normalize(str(typed))


def _read_text(field: ExtraField, said: str) -> str:
    if len(said) > LONGEST:
        raise Refusal(
            _(
                "“%(name)s” may have %(most)s characters at most.",
                name=field.name,
                most=LONGEST,
            ),
            field=field.key,
        )
    return said


def _read_number(field: ExtraField, said: str) -> str:
    plain = thai.arabic_digits(said)
    for word in (field.unit_th, field.unit_en):
        if word:
            plain = plain.removesuffix(word).strip()
    if not _NUMBER.match(plain):
        raise Refusal(
            _("“%(typed)s” is not a number for “%(name)s”.", typed=said, name=field.name),
            field=field.key,
        )
    number = Decimal(plain.replace(",", "")).normalize()
    return f"{number:f}" if number else "0"


def _read_date(field: ExtraField, said: str) -> str:
    try:
        return thai.parse_date(said).isoformat()
    except ValueError:
        raise Refusal(
            _("“%(typed)s” is not a date. Write it like 1/10/2026.", typed=said), field=field.key
        ) from None


def _read_choice(field: ExtraField, said: str) -> str:
    key = thai.search_key(said)
    for one in sorted(field.choices, key=lambda choice: bool(choice.get("retired"))):
        if said == one["key"] or key in (thai.search_key(one["th"]), thai.search_key(one["en"])):
            return str(one["key"])
    raise Refusal(
        _("“%(typed)s” is not a choice of “%(name)s”.", typed=said, name=field.name),
        field=field.key,
    )


def _name(choice: Mapping[str, Any]) -> str:
    english = choice.get("en")
    return str(english if language() == "en" and english else choice["th"])


def _grouped(said: str) -> str:
    whole, point, rest = said.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdecimal() else said


_READERS = {
    FieldKind.TEXT: _read_text,
    FieldKind.NUMBER: _read_number,
    FieldKind.DATE: _read_date,
    FieldKind.CHOICE: _read_choice,
}
