"""Words in the reader's language.

Message ids are plain English; ``translations/th/<room>.po`` holds the Thai of each room. The
catalogues are read once at start. The language is a property of the piece of work at hand (a
request, a message to one person), kept in a context variable, so jobs speak each reader's own.
"""

from __future__ import annotations

import gettext as machinery
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy

LANGUAGES = ("th", "en")
FOLDER = Path(__file__).resolve().parent.parent / "translations"

_language: ContextVar[str] = ContextVar("language", default="th")


def language() -> str:
    """Return the language spoken now, ``th`` or ``en``."""
    return _language.get()


def speak(code: str) -> None:
    """Speak this language from here on in the present context."""
    _language.set(code if code in LANGUAGES else LANGUAGES[0])


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language inside the block."""
    token = _language.set(code if code in LANGUAGES else LANGUAGES[0])
    try:
        yield
    finally:
        _language.reset(token)


def both(message: str) -> str:
    """Return a message id in Thai and in English on one line, for who reads a terminal."""
    said = []
    for code in LANGUAGES:
        with speaking(code):
            said.append(gettext(message))
    return " · ".join(said)


@cache
def catalogue(code: str) -> machinery.NullTranslations:
    """Return the merged catalogue of a language; English needs none."""
    rooms = sorted((FOLDER / code).glob("*.po"))
    if not rooms:
        return machinery.NullTranslations()
    merged = Catalog(locale=code)
    for room in rooms:
        with room.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return machinery.GNUTranslations(compiled)


def gettext(message: str, **values: object) -> str:
    """Return the message in the language spoken now, with ``%(name)s`` filled in."""
    text = catalogue(language()).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """Return the form that fits the number; ``%(number)s`` is filled in too, as ``1,009``."""
    text = catalogue(language()).ngettext(one, many, number)
    return text % {"number": f"{number:,}", **values}


def pgettext(context: str, message: str, **values: object) -> str:
    """Return the message in the sense named by the context."""
    text = catalogue(language()).pgettext(context, message)
    return text % values if values else text


def lazy_gettext(message: str, **values: object) -> Any:  # noqa: ANN401 - behaves as str
    """Return a text that is translated each time it is shown."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def lazy_pgettext(context: str, message: str) -> Any:  # noqa: ANN401 - behaves as str
    """Return a text in one sense that is translated each time it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False)


def mark(message: str) -> str:
    """Mark a message for the catalogue and return it unchanged, to be translated later."""
    return message
