"""What a process keeps of the calendar: own changes count at once, those of others in a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import insert

from kernel import kept
from kernel.db import db
from kernel.work import work
from office.calendar import queries, rules
from office.calendar.models import ClosedDay
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.office import TESTER, make_office

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def page(app: Flask, clock: Clock) -> Iterator[None]:
    """A request that is being answered, which has read the calendar."""
    make_office()
    with app.test_request_context("/"):
        assert queries.is_open_day(TUESDAY)
        yield


def _close() -> None:
    rules.close_day(TUESDAY, "น้ำท่วม", reason="ประกาศ", by=TESTER)


def _closed_by_another_process() -> None:
    day = {"day": TUESDAY, "name_th": "น้ำท่วม", "source": "office", "version": 1}
    with db.engine.begin() as connection:
        connection.execute(insert(ClosedDay).values(**day))


def test_the_calendar_is_asked_for_once(page: None) -> None:
    with counted() as asked:
        assert queries.is_open_day(TUESDAY)
    assert asked == []


def test_a_day_that_is_closed_here_counts_in_the_same_unit_of_work_and_after_it(page: None) -> None:
    with work():
        _close()
        db.session.flush()  # the day must stand to be read
        assert not queries.is_open_day(TUESDAY)
    assert not queries.is_open_day(TUESDAY)


def test_a_change_that_was_undone_is_not_kept(page: None) -> None:
    def fail() -> None:
        with work():
            _close()
            db.session.flush()  # the day must stand to be read
            assert not queries.is_open_day(TUESDAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert queries.is_open_day(TUESDAY)


def test_a_day_that_another_process_closed_counts_after_a_minute(
    page: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.rollback()
    _closed_by_another_process()
    later = time.monotonic() + kept.SECONDS + 1
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)
    assert not queries.is_open_day(TUESDAY)


def test_jobs_and_commands_always_read(app: Flask, clock: Clock) -> None:
    make_office()
    assert queries.is_open_day(TUESDAY)
    db.session.rollback()
    _closed_by_another_process()
    assert not queries.is_open_day(TUESDAY)


def test_threads_that_ask_at_once_agree(app: Flask, clock: Clock) -> None:
    make_office()
    with work():
        _close()
    said: list[bool] = []

    def ask() -> None:
        with app.test_request_context("/"):
            said.append(queries.is_open_day(TUESDAY))
            db.session.remove()

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [False] * 8
