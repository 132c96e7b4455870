from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings, environment_of
from tools import serve


def test_the_demonstration_does_not_know_the_database_of_the_office() -> None:
    given = {"HELPDESK_DATABASE_URL": "postgresql://real", "HELPDESK_SMTP_URL": "smtp://real"}
    environment = serve.environment_for("demo", given)
    assert set(environment) == {"HELPDESK_VAR_DIR", *serve.OFFICE}


def test_the_demonstration_keeps_host_and_port() -> None:
    environment = serve.environment_for("demo", {"HOST": "127.0.0.2", "PORT": "9000"})
    assert (environment["HOST"], environment["PORT"]) == ("127.0.0.2", "9000")
    assert "HELPDESK_BASE_URL" not in environment


def test_labels_of_a_demonstration_that_listens_everywhere_hold_an_address_phones_can_open() -> (
    None
):
    given = {"HOST": "0.0.0.0", "PORT": "9000"}  # noqa: S104
    environment = serve.environment_for("demo", given, lambda: "192.0.2.7")
    assert environment["HELPDESK_BASE_URL"] == "http://192.0.2.7:9000"


def test_the_demonstration_keeps_its_data_in_a_folder_of_its_own() -> None:
    environment = serve.environment_for("demo", {"HELPDESK_VAR_DIR": "/srv/real"})
    assert environment["HELPDESK_VAR_DIR"].endswith("/var/demo")


def test_commands_and_servers_read_the_file_of_settings_and_the_demonstration_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        '# PORT=1\nPORT=9000\nHELPDESK_OFFICE_NAME_EN="An Office"\n'
        "HELPDESK_DATABASE_URL=postgresql://desk:pw@db/real\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PORT", "9001")
    read = environment_of(tmp_path)
    assert (read["PORT"], read["HELPDESK_OFFICE_NAME_EN"]) == ("9001", "An Office")
    for name, value in serve.environment_for("demo", {}, file=file).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HELPDESK_SECRET_KEY", "x" * 40)  # else one is made and kept
    demo = Settings.from_environment(environment_of(tmp_path))
    assert demo.database_url.endswith("/var/demo/helpdesk.sqlite3")
