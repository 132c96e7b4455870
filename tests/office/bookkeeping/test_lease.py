"""Only one process holds a lease."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from kernel.work import work
from office.bookkeeping import lease
from tests.conftest import Clock

NAME = "a thing for one"
pytestmark = pytest.mark.usefixtures("app")


def take(holder: str) -> bool:
    with work():
        return lease.take(NAME, holder, seconds=30)


def test_the_first_who_asks_gets_it(clock: Clock) -> None:
    assert take("one")
    assert lease.held(NAME).holder == "one"  # type: ignore[union-attr]


def test_another_one_does_not_get_it_meanwhile(clock: Clock) -> None:
    take("one")
    clock.forward(seconds=29)
    assert not take("two")


def test_the_holder_renews_it(clock: Clock) -> None:
    take("one")
    clock.forward(seconds=20)
    assert take("one")
    clock.forward(seconds=20)
    assert not take("two")


def test_another_one_gets_it_when_it_has_run_out(clock: Clock) -> None:
    take("one")
    clock.forward(seconds=30)
    assert take("two")
    assert not take("one")


def test_a_released_lease_is_free_at_once(clock: Clock) -> None:
    take("one")
    with work():
        lease.release(NAME, "one")
    assert take("two")


def test_a_lease_is_released_by_its_holder_only(clock: Clock) -> None:
    take("one")
    with work():
        lease.release(NAME, "two")
    assert not take("two")


def test_of_many_who_ask_at_once_one_gets_it(app: Flask, clock: Clock) -> None:
    together = Barrier(6)

    def ask(number: int) -> bool:
        with app.app_context():
            together.wait(10)
            return take(f"process {number}")

    for _round in range(5):
        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(ask, range(6))) == 1
        clock.forward(seconds=31)
