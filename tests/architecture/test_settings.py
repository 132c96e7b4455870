"""Every setting is described for the person who installs the service."""

from __future__ import annotations

import ast
import dataclasses
import re
import traceback
from pathlib import Path

import pytest

from config import BASE_DIR, Settings
from tests.architecture import sources

VARIABLE = re.compile(r"HELPDESK_[A-Z0-9_]+|HOST|PORT")
# What only the tests read.
TEST_ONLY = {"HELPDESK_TEST_POSTGRES_URL"}


def variables() -> set[str]:
    """The names that config.py reads, found in its text."""
    return {
        node.value
        for node in ast.walk(sources.tree(BASE_DIR / "config.py"))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if VARIABLE.fullmatch(node.value)
    }


def named_in(file: str, pattern: str) -> set[str]:
    text = (BASE_DIR / file).read_text(encoding="utf-8")
    return {name for name in re.findall(pattern, text, re.MULTILINE) if VARIABLE.fullmatch(name)}


def test_every_setting_has_a_variable() -> None:
    assert len(variables()) == len(dataclasses.fields(Settings))


def test_the_guide_describes_every_setting_and_no_other() -> None:
    described = named_in("docs/configuration.md", r"^\| `([A-Z0-9_]+)` \|")
    assert described - TEST_ONLY == variables()


def test_the_example_file_names_every_setting_and_no_other() -> None:
    assert named_in(".env.example", r"^#?([A-Z0-9_]+)=") == variables()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("HELPDESK_DATABASE_URL", "mysql://somewhere"),
        ("HELPDESK_DATABASE_URL", "sqlite:///:memory:"),
        ("HELPDESK_DATABASE_URL", "sqlite:///"),
        ("HELPDESK_BASE_URL", "helpdesk.example.go.th"),
        ("HELPDESK_ENVIRONMENT", "staging"),
        ("HELPDESK_SECRET_KEY", "short"),
        ("HELPDESK_SMTP_URL", "mail.example.go.th"),
        ("HELPDESK_TIMETABLE", "maybe"),
    ],
)
def test_nonsense_is_refused_with_the_name_of_the_variable(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name}: "):
        Settings.from_environment({"HELPDESK_SECRET_KEY": "x" * 40, name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HELPDESK_DATABASE_URL", "mysql://desk:geheim@db/helpdesk"),
        ("HELPDESK_SMTP_URL", "mail://desk:geheim@mail.example.go.th"),
    ],
)
def test_what_is_refused_tells_no_password(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name) as refused:
        Settings.from_environment({"HELPDESK_SECRET_KEY": "x" * 40, name: value})
    assert "geheim" not in "".join(traceback.format_exception(refused.value))


def test_what_the_service_keeps_is_for_its_own_account_alone(tmp_path: Path) -> None:
    kept = tmp_path / "var"
    Settings.from_environment({"HELPDESK_VAR_DIR": str(kept)})
    assert kept.stat().st_mode & 0o777 == 0o700
    assert (kept / "secret_key").stat().st_mode & 0o777 == 0o600
