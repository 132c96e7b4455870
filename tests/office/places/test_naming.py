"""The office carries the name of its root unit, unless the settings give another one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from kernel.work import work
from office.places import rules
from office.places.naming import office_name
from tests.conftest import Clock
from tests.factories.office import TESTER, make_office


@pytest.fixture
def nameless(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that leave the name to the root unit, in a process that has not asked yet."""
    own = replace(settings, office_name_th="", office_name_en="")
    monkeypatch.setitem(app.extensions, "settings", own)
    monkeypatch.setitem(app.extensions, "office_names", None)


def test_the_root_unit_names_the_office(nameless: None) -> None:
    office = make_office()
    assert (office_name("th"), office_name("en")) == (office.name_th, office.name_en)


def test_before_the_first_start_there_is_a_general_word(nameless: None) -> None:
    assert office_name("en") == "Education service area office"


def test_a_page_shows_the_name(nameless: None, client: FlaskClient) -> None:
    assert make_office().name_th in client.get("/sign-in").text


def test_a_new_name_is_known_everywhere_within_a_minute(nameless: None, clock: Clock) -> None:
    office = make_office()
    before = office_name("th")
    with work():
        rules.edit_unit(office, by=TESTER, parent=None, name_th="สำนักงานชื่อใหม่")
    assert office_name("th") == before
    clock.forward(seconds=61)
    assert office_name("th") == "สำนักงานชื่อใหม่"


def test_the_settings_come_first(app: Flask, settings: Settings) -> None:
    make_office()
    assert office_name("th") == settings.office_name_th
