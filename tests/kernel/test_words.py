"""The catalogues are read as the tools of translators write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kernel import i18n

FILE = r"""
msgid ""
msgstr "Language: th\n"

#: a/file.py
msgid ""
"Say \"%(name)s\" "
"twice\n"
msgstr "พูด \"%(name)s\" "
"สองครั้ง\n\\ท้าย"

msgctxt "loan"
msgid "Out"
msgstr "ออก"

#, fuzzy, python-format
msgid "A guess"
msgstr "เดา"

msgid "one"
msgid_plural "many"
msgstr[0] "หลาย"

msgid "Not yet"
msgstr ""

#~ msgid "Gone"
#~ msgstr "หาย"
"""


def test_a_catalogue_says_what_its_files_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "th" / "room.po"
    file.parent.mkdir()
    file.write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(i18n, "FOLDER", tmp_path)
    words = i18n.catalogue.__wrapped__("th")
    with file.open("rb") as opened:
        known = {message.id: message.string for message in read_po(opened, locale="th")}
    said = 'Say "%(name)s" twice\n'
    assert words.gettext(said) == known[said]
    assert (words.pgettext("loan", "Out"), words.gettext("Out")) == ("ออก", "Out")
    assert (words.ngettext("one", "many", 1), words.ngettext("a", "b", 2)) == ("หลาย", "b")
    assert [words.gettext(one) for one in ("A guess", "Not yet", "Gone")] == [
        "A guess",
        "Not yet",
        "Gone",
    ]
