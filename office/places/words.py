"""How kinds of units are called, and the column heads an import understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel import thai
from kernel.i18n import LANGUAGES, lazy_pgettext, speaking
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p

KIND_NAMES = {
    "office": lazy_pgettext("kind of unit", "Office"),
    "group": lazy_pgettext("kind of unit", "Group"),
    "school": lazy_pgettext("kind of unit", "School"),
}
UNIT_HEADS: dict[str, tuple[Any, ...]] = {
    "code": (_p("column head", "Code"), _p("column head", "School code")),
    "kind": (_p("column head", "Kind"),),
    "name": (_p("column head", "Name"), _p("column head", "School name"), _l("Name in Thai")),
    "name_en": (_l("Name in English"),),
    "parent": (_p("column head", "Parent"), _p("column head", "Under the code")),
    "size": (_p("column head", "Size"), _p("column head", "School size")),
    "phone": (_l("Telephone"), _p("column head", "Phone")),
}
PERSON_HEADS: dict[str, tuple[Any, ...]] = {
    "name": (
        _p("column head", "Name"),
        _p("column head", "Full name"),
        _p("column head", "Name and surname"),
        _l("Name in Thai"),
    ),
    "name_en": (_l("Name in English"),),
    "position": (_l("Position"),),
    "unit": (_l("Unit"), _p("column head", "School"), _p("column head", "Group")),
    "phone": (_l("Telephone"), _p("column head", "Phone"), _p("column head", "Mobile")),
    "email": (_l("E-mail address"), _p("column head", "E-mail")),
    "role": (_p("column head", "Role"), _p("column head", "Roles")),
    "username": (_l("User name"),),
}


def head_word(heads: Mapping[str, tuple[Any, ...]], name: str) -> str:
    """Return how a column of a list is called, for a column or the fact it fills."""
    column = {"name_th": "name", "unit_id": "unit", "parent_id": "parent"}.get(name, name)
    return str(heads[column][0]) if column in heads else name


def plain(text: str) -> str:
    """Return a word of a sheet as it is compared: no spaces, dots and hyphens."""
    key = thai.search_key(text)
    return "".join(letter for letter in key if letter not in " .-_/:*()")


def by_word(names: Mapping[str, Any]) -> dict[str, str]:
    """Return name by word: the name itself and its label in each language."""
    return by_words({name: (label,) for name, label in names.items()})


def by_words(names: Mapping[str, Iterable[Any]]) -> dict[str, str]:
    """Return name by word, for names that have several labels."""
    found: dict[str, str] = {}
    for name, labels in names.items():
        found[plain(name)] = name
        for code in LANGUAGES:
            with speaking(code):
                found.update({plain(str(label)): name for label in labels})
    return found
