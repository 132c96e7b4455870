"""Words in the reader's language.

Message ids are plain English; ``translations/th/<room>.po`` holds the Thai of each room. The
catalogues are read once at start. The language is a property of the piece of work at hand (a
request, a message to one person), kept in a context variable, so jobs speak each reader's own.
"""

from __future__ import annotations

import gettext as machinery
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import LazyProxy

LANGUAGES = ("th", "en")
FOLDER = Path(__file__).resolve().parent.parent / "translations"
_FIELD = re.compile(r'^(msg[a-z_]+(?:\[\d\])?)((?:\s*"(?:[^"\\]|\\.)*")+)', re.MULTILINE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}

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


def both(message: str, **values: object) -> str:
    """Return a message id in Thai and in English on one line, for who reads a terminal.

    Values go in as they are; where both languages have the same words they are said once.
    """
    said = []
    for code in LANGUAGES:
        with speaking(code):
            said.append(gettext(message, **values))
    return " · ".join(dict.fromkeys(said))


class Words(machinery.NullTranslations):
    """The texts of one language, by context and message; Thai has one form for every number."""

    def __init__(self, texts: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        """Return the text of a message, the message itself where there is none."""
        return self._texts.get(("", message), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the text of a message that has a form for one and a form for many."""
        return self._texts.get(("", msgid1)) or super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return the text of a message in one sense."""
        return self._texts.get((context, message), message)


@cache
def catalogue(code: str) -> machinery.NullTranslations:
    """Return the merged catalogue of a language; English needs none.

    Reading the files here takes a tenth of the time that a library for translators needs to merge
    them, and every command and every test waits for it.
    """
    rooms = sorted((FOLDER / code).glob("*.po"))
    texts: dict[tuple[str, str], str] = {}
    for room in rooms:
        for key, text in _texts_in(room.read_text(encoding="utf-8")):
            texts.setdefault(key, text)
    return Words(texts) if rooms else machinery.NullTranslations()


def _texts_in(file: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield context, message and text of what is translated in a file, guesses left out."""
    for entry in re.split(r"\n\s*\n", file):
        if "\n#, fuzzy" in f"\n{entry}":
            continue
        fields: dict[str, str] = defaultdict(str)
        for name, quoted in _FIELD.findall(entry):
            fields[name] = _unquoted(quoted)
        text = fields["msgstr"] or fields["msgstr[0]"]
        if fields["msgid"] and text:
            yield (fields["msgctxt"], fields["msgid"]), text


def _unquoted(quoted: str) -> str:
    text = "".join(_QUOTED.findall(quoted))
    return (
        _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), text) if "\\" in text else text
    )


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
