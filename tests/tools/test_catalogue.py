from __future__ import annotations

from pathlib import Path

import pytest

from tools import catalogue

HEAD = 'msgid ""\nmsgstr ""\n"Language: th\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
SHARED = "translations/th/shared.po"
LOANS = "translations/th/assets.loans.po"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house: one text in the kernel, one in the loans."""
    write(tmp_path, "kernel/work.py", 'X = _("Saved")\n')
    write(tmp_path, "assets/loans/rules.py", 'X = _("Lent to %(name)s")\n')
    write(tmp_path, SHARED, HEAD + entry("Saved", "บันทึกแล้ว"))
    write(tmp_path, LOANS, HEAD + entry("Lent to %(name)s", "ให้ %(name)s ยืม"))
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add(root: Path, name: str, text: str) -> None:
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def entry(english: str, thai: str) -> str:
    return f'msgid "{english}"\nmsgstr "{thai}"\n\n'


def test_a_complete_house_has_no_problems(house: Path) -> None:
    assert catalogue.problems(house) == []


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("kernel/forms.py", "shared"),
        ("helpdesk/app.py", "shared"),
        ("assets/loans/rules.py", "assets.loans"),
        ("assets/loans/rules/lend.py", "assets.loans"),
        ("assets/register/workbook/reader.py", "assets.register.workbook"),
        ("templates/_layout/page.html", "shared"),
        ("templates/errors/problem.html", "shared"),
        ("templates/assets/loans/desk.html", "assets.loans"),
        ("templates/assets/loans/mail/late.body.txt", "assets.loans"),
    ],
)
def test_a_file_belongs_to_the_room_it_stands_in(path: str, room: str, tmp_path: Path) -> None:
    write(tmp_path, "assets/register/workbook/__init__.py", "")
    assert catalogue.room_of(Path(path), tmp_path) == room


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("assets/loans/views.py", '_("New")\n', "'New' is missing"),
        ("assets/loans/views.py", 'ngettext("%(n)s item", "%(n)s items", n)\n', "is missing"),
        ("assets/loans/views.py", 'pgettext("a state", "out")\n', "'out' is missing"),
        (
            "assets/loans/forms.py",
            'from kernel.i18n import lazy_gettext as _l\n_l("Other")\n',
            "'Other' is missing",
        ),
        ("templates/assets/loans/desk.html", '{{ _("Return") }}', "'Return' is missing"),
        ("assets/loans/views.py", 'X = "ยืม"\n', "Thai letters belong into a catalogue"),
        ("templates/assets/loans/desk.html", "<p>ยืม</p>", "Thai letters belong into a catalogue"),
    ],
)
def test_a_text_in_the_code_is_asked_for(house: Path, file: str, text: str, said: str) -> None:
    write(house, file, text)
    (problem,) = catalogue.problems(house)
    assert said in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (entry("Gone", "หายไป"), "'Gone' is not used"),
        ("#~ " + entry("Old", "เก่า").replace("\nmsg", "\n#~ msg"), "obsolete"),
        (entry("Saved", "เก็บแล้ว"), "another Thai text"),
    ],
)
def test_a_wrong_entry_is_found(house: Path, text: str, said: str) -> None:
    add(house, LOANS, text)
    assert any(said in problem for problem in catalogue.problems(house))


@pytest.mark.parametrize(
    ("thai", "said"),
    [
        ("", "has no Thai text"),
        ("ให้ยืม", "placeholders"),
        ("ให้ %(person)s ยืม", "placeholders"),
    ],
)
def test_a_wrong_translation_is_found(house: Path, thai: str, said: str) -> None:
    write(house, LOANS, HEAD + entry("Lent to %(name)s", thai))
    (problem,) = catalogue.problems(house)
    assert said in problem


def test_a_fuzzy_translation_is_found(house: Path) -> None:
    write(house, LOANS, HEAD + "#, fuzzy\n" + entry("Lent to %(name)s", "ให้ %(name)s ยืม"))
    (problem,) = catalogue.problems(house)
    assert "is fuzzy" in problem


def test_a_docstring_may_quote_thai(house: Path) -> None:
    write(house, "assets/loans/views.py", '"""The slip (ใบยืม)."""\n# ยืม\n')
    assert catalogue.problems(house) == []


def test_updating_keeps_what_is_translated(house: Path) -> None:
    catalogue.update(house, None)
    assert catalogue.problems(house) == []


def test_updating_adds_what_is_new_without_a_translation(house: Path) -> None:
    write(house, "assets/loans/views.py", '_("New")\n')
    catalogue.update(house, "assets.loans")
    (problem,) = catalogue.problems(house)
    assert "'New' has no Thai text" in problem


def test_updating_drops_what_is_not_used(house: Path) -> None:
    add(house, LOANS, entry("Gone", "หายไป"))
    catalogue.update(house, None)
    assert catalogue.problems(house) == []


def test_updating_twice_changes_nothing(house: Path) -> None:
    catalogue.update(house, None)
    first = (house / LOANS).read_bytes()
    catalogue.update(house, None)
    assert (house / LOANS).read_bytes() == first


def test_a_shared_text_is_not_asked_for_again(house: Path) -> None:
    write(house, "assets/loans/views.py", '_("Saved")\n')
    catalogue.update(house, None)
    assert "Saved" not in (house / LOANS).read_text(encoding="utf-8")
