"""The doctor finds each fault that is planted in the access log, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from kernel import clock
from kernel.work import work
from office.access_log import rules
from tests.helpdesk.doctor.planting import found, plant, take_back

LINE = {
    "person_id": None,
    "address": "192.0.2.7",
    "device": "",
    "action": "read",
    "subject_kind": "person",
    "subject_id": None,
    "path": "/people",
    "request_id": "",
}


@pytest.fixture(autouse=True)
def ready(app: Flask) -> Iterator[None]:
    """Two sealed entries."""
    with work():
        rules.take_in([{**LINE, "key": key, "at": clock.now().isoformat()} for key in "ab"])
    yield
    take_back()


def test_a_sound_log_gives_no_finding() -> None:
    assert found("access_chain") + found("access_purged_early") == []


def test_a_log_that_was_cut_off_is_found() -> None:
    plant("UPDATE access_head SET last_id = 3")
    assert found("access_chain") == ["access_entry 3: cut off"]


def test_a_removal_before_its_time_is_found() -> None:
    plant(
        "INSERT INTO access_purge (id, at, older_than, through_id, through_hash, entries) "
        "VALUES (1, '2026-11-20 00:00:00', '2026-10-20 00:00:00', 1, 'x', 1)"
    )
    assert found("access_purged_early") == ["access_purge 1"]
