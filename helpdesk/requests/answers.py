"""Reading what was typed into a form: values and how they read in both languages, or what is wrong.

Kept answers hold the words of the day they were given: a person who marries or an item that is
renamed later changes no request.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assets.register import queries as register
from assets.register.models import Asset
from helpdesk.requests.fields import Field
from helpdesk.requests.states import FieldKind
from kernel import clock, numbers, thai
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from office.approvals.queries import person_named
from office.places.models import Unit

SHORT, LONG = 200, 4000
LARGEST = Decimal("999999999999.99")
YES, NO = "yes", "no"
LONGEST_ID = 16


class Wrong(Exception):
    """What is wrong with one answer, in a sentence; never leaves this module."""


@dataclass(frozen=True)
class Reading:
    """What a draft says: the answers that could be read, and by field what is wrong."""

    answers: dict[str, dict[str, Any]]
    wrong: dict[str, str]


def read(
    fields: Sequence[Field],
    typed: Mapping[str, str],
    *,
    unit_id: int,
    with_files: Collection[str] = (),
) -> Reading:
    """Read a whole form.

    Args:
        fields: of the form.
        typed: by field what was typed; several choices stand on lines of their own.
        unit_id: of who asks; an item is looked for there.
        with_files: the keys of the fields to which files were added.
    """
    answers: dict[str, dict[str, Any]] = {}
    wrong: dict[str, str] = {}
    for field in fields:
        said = typed.get(field.key, "").strip()
        if field.kind == FieldKind.FILE:
            if field.required and field.key not in with_files:
                wrong[field.key] = _("Please add a file.")
            continue
        if not said:
            if field.required:
                wrong[field.key] = _("Please fill this in.")
            continue
        try:
            answers[field.key] = READERS[field.kind](field, said, unit_id)
        except Wrong as refusal:
            wrong[field.key] = str(refusal)
    return Reading(answers, wrong)


def shown(answer: Mapping[str, Any] | None, code: str = "") -> str:
    """Return how an answer reads, in the language spoken now or the one given."""
    if answer is None:
        return ""
    spoken = code or language()
    return str(answer["en"] if spoken == "en" and answer["en"] else answer["th"])


def _answer(value: object, th: str, en: str = "") -> dict[str, Any]:
    return {"value": value, "th": th, "en": en}


def _text(field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    most = field.most or (LONG if field.kind == FieldKind.LONG else SHORT)
    if len(said) > most:
        raise Wrong(
            _(
                "Please shorten this to %(most)s characters; it has %(length)s.",
                most=most,
                length=len(said),
            )
        )
    return _answer(said, said)


def _number(field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    try:
        number = numbers.read(said)
    except ValueError as wrong:
        raise Wrong(str(wrong)) from wrong
    if number is None:
        raise Wrong(_("“%(typed)s” is not a number.", typed=said[:80]))
    most = Decimal(field.most) if field.most else LARGEST
    if not 0 <= number <= most:
        raise Wrong(_("A number between 0 and %(most)s, please.", most=f"{most:,}"))
    plain = f"{number.normalize():f}"
    return _answer(plain, f"{Decimal(plain):,}")


def _day(field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    try:
        day = thai.parse_date(said)
    except ValueError:
        raise Wrong(
            _("“%(typed)s” is not a date. Write it like 1/10/2026.", typed=said[:80])
        ) from None
    if not field.past and day < clock.today():
        raise Wrong(_("This day is over. Please choose today or a later day."))
    return _answer(
        day.isoformat(),
        thai.format_date(day, language="th", style="long"),
        thai.format_date(day, language="en", style="long"),
    )


def _choice(field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    option = field.option(said)
    if option is None:
        raise Wrong(_("Not a valid choice."))
    return _answer(option.value, option.th, option.en or option.th)


def _many(field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    chosen = [field.option(line) for line in said.splitlines()]
    options = [one for one in chosen if one is not None]
    if len(options) != len(chosen):
        raise Wrong(_("Not a valid choice."))
    return _answer(
        [one.value for one in options],
        ", ".join(one.th for one in options),
        ", ".join(one.en or one.th for one in options),
    )


def _yes_no(_field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    if said not in (YES, NO):
        raise Wrong(_("Not a valid choice."))
    words = {}
    for code in ("th", "en"):
        with speaking(code):
            words[code] = _("yes") if said == YES else _("no")
    return _answer(said == YES, words["th"], words["en"])


def _person(_field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    person = person_named(said)
    if person is None:
        raise Wrong(
            _("Nobody is known by “%(typed)s”. Write the full name or the e-mail.", typed=said[:80])
        )
    return _answer(person.id, person.name_th, person.name_en)


def _unit(_field: Field, said: str, _unit_id: int) -> dict[str, Any]:
    unit = db.session.get(Unit, int(said)) if said.isdecimal() and len(said) < LONGEST_ID else None
    if unit is None or unit.closed_on is not None:
        raise Wrong(_("Not a valid choice."))
    return _answer(unit.id, unit.name_th, unit.name_en)


def _item(_field: Field, said: str, unit_id: int) -> dict[str, Any]:
    own = (Asset.holding_unit_id == unit_id) | (Asset.owner_unit_id == unit_id)
    found = register.by_code(said, own)
    if len(found) != 1:
        raise Wrong(
            _(
                "No item of your unit bears the number “%(typed)s”. It stands on the label.",
                typed=said[:80],
            )
        )
    words = " ".join(part for part in (found[0].name, found[0].asset_no) if part)
    return _answer(found[0].id, words)


READERS: Mapping[FieldKind, Callable[[Field, str, int], dict[str, Any]]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.MANY: _many,
    FieldKind.YES_NO: _yes_no,
    FieldKind.PERSON: _person,
    FieldKind.UNIT: _unit,
    FieldKind.ITEM: _item,
}


def day_of(answer: Mapping[str, Any] | None) -> date | None:
    """Return the day of an answer, None where there is none."""
    return date.fromisoformat(str(answer["value"])) if answer else None
