"""Lets several threads do one thing at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask


def in_threads(app: Flask, count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run act(number) in threads that start together; return the results in no order."""
    gate, results, failures = threading.Barrier(count), [], []

    def run(number: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                results.append(act(number))
            except Exception as error:  # noqa: BLE001 - shown by the assertion below
                failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return results
