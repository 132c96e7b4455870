"""Numbers without gaps, keys that act once, tries that are counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from kernel.db import db
from kernel.errors import TooMany
from kernel.work import work
from office.bookkeeping import rules
from tests.conftest import Clock
from tests.office.at_once import in_threads


class Dropped(Exception):
    pass


def test_twenty_threads_with_roll_backs_leave_no_gap_and_no_double(app: Flask, clock: Clock) -> Any:
    def act(number: Any) -> Any:
        given = []
        for turn in range(4):
            try:
                with work():
                    name = rules.next_number("ซ.")
                    if (number + turn) % 3 == 0:
                        raise Dropped
                given.append(name)
            except Dropped:
                continue
        return given

    names = [name for given in in_threads(app, 20, act) for name in given]

    numbers = sorted(int(name.removeprefix("ซ.").partition("/")[0]) for name in names)
    assert numbers == list(range(1, len(names) + 1))
    assert {name.partition("/")[2] for name in names} == {"2570"}


def test_a_new_series_begins_with_the_fiscal_year(app: Flask) -> None:
    with work():
        last_day = rules.next_number("ย.", date(2026, 9, 30))
        first_day = rules.next_number("ย.", date(2026, 10, 1))

    assert (last_day, first_day) == ("ย.1/2569", "ย.1/2570")


def test_each_kind_has_its_own_series(app: Flask) -> None:
    with work():
        given = [rules.next_number(kind) for kind in ("ซ.", "ย.", "ซ.")]

    assert [name.partition("/")[0] for name in given] == ["ซ.1", "ย.1", "ซ.2"]


def test_a_key_that_many_spend_at_once_acts_once(app: Flask) -> Any:
    def act(_number: Any) -> Any:
        with work():
            earlier = rules.spend_key("one key of one form")
            if earlier is None:
                rules.settle_key("one key of one form", "/there")
        return earlier

    results = in_threads(app, 12, act)

    assert results.count(None) == 1
    assert set(results) == {None, "/there"}


def test_a_key_whose_work_failed_is_fresh_again(app: Flask) -> None:
    def drop() -> None:
        with work():
            rules.spend_key("one key of one form")
            raise Dropped

    with pytest.raises(Dropped):
        drop()

    with work():
        assert rules.spend_key("one key of one form") is None


def count(bucket: Any = "door") -> None:
    with work():
        rules.count_try(bucket, most=3, seconds=60, sentence="enough")


def test_a_try_too_many_is_refused_with_the_sentence(app: Flask, clock: Clock) -> None:
    for _turn in range(3):
        count()

    with pytest.raises(TooMany, match="enough"):
        count()


def test_another_bucket_has_tries_of_its_own(app: Flask, clock: Clock) -> None:
    for _turn in range(3):
        count()

    count("other door")


def test_the_window_ends_to_the_second(app: Flask, clock: Clock) -> None:
    for _turn in range(3):
        count()
    clock.forward(seconds=59)
    with pytest.raises(TooMany):
        count()

    clock.forward(seconds=1)
    count()


def test_refused_tries_do_not_prolong_the_window(app: Flask, clock: Clock) -> None:
    for _turn in range(3):
        count()
    for _turn in range(5):
        clock.forward(seconds=10)
        with pytest.raises(TooMany):
            count()

    clock.forward(seconds=10)
    count()


def test_forgotten_tries_count_anew(app: Flask, clock: Clock) -> None:
    for _turn in range(3):
        count()
    with work():
        rules.forget_tries("door")

    count()


def test_many_threads_get_no_more_tries_than_one(app: Flask, clock: Clock) -> Any:
    def act(_number: Any) -> Any:
        try:
            count()
        except TooMany:
            return False
        return True

    assert sum(in_threads(app, 12, act)) == 3
    db.session.rollback()
