"""What is measured while it is sent: a guest's report, and a technician's reply to a reporter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle

from flask import Flask
from flask.testing import FlaskClient

from bench import browser, measure, seed

SENT = 60
OPEN_EVERY = 100  # of a hundred seeded tickets these two are being worked on
AT_WORK = (0, 2)
WORDS = "ตรวจสอบแล้ว สายไฟหลวม เสียบใหม่เรียบร้อย โปรดลองเปิดเครื่องอีกครั้ง"


@dataclass(frozen=True)
class Sending:
    """One kind of form: where its page is, where it is sent to, and what is filled in.

    ``places`` gives so many pages that hardly two are sent to the same thing.
    """

    name: str
    guest: bool
    places: Callable[[seed.Size], Sequence[str]]
    target: Callable[[str], str]
    fields: Callable[[str], dict[str, str]]


def _items(size: seed.Size) -> Sequence[str]:
    return [f"/q/{seed.code_of(item)}/report" for item in range(1, size.items)]


def _tickets(size: seed.Size) -> Sequence[str]:
    last = size.tickets // OPEN_EVERY - 1
    return [f"/tickets/{n * OPEN_EVERY + rest}" for n in range(last, 0, -1) for rest in AT_WORK]


def _reply(page: str) -> dict[str, str]:
    return {**browser.hidden(browser.form_of(page, "/comment")), "body": WORDS, "public": "yes"}


SENDINGS = (
    Sending("report", True, _items, lambda place: place, browser.report_fields),
    Sending("reply", False, _tickets, lambda place: f"{place}/comment", _reply),
)


def timed(
    sending: Sending, size: seed.Size, server: tuple[int, str], bare: Callable[[], bytes]
) -> measure.Timing:
    """Measure the sending alone; its page was fetched before.

    Args:
        sending: what is sent.
        size: of the office.
        server: its port, and the cookie of who is signed in.
        bare: asks for the bare page, in turn with the sending.
    """
    port, cookie = server
    places = cycle(sending.places(size))

    def prepared() -> Callable[[], bytes]:
        asking = browser.Browser(port, "" if sending.guest else cookie)
        place = next(places)
        fields = sending.fields(asking.get(place).decode())
        return partial(asking.post, sending.target(place), fields)

    def fresh() -> bytes:
        return prepared()()

    for _ in range(measure.WARM_UP):
        fresh()
    asks = (prepared() for _ in range(SENT))
    spent, beside = measure.in_turn(asks, bare)
    return measure.timing(spent, beside, measure.together(lambda: fresh), len(fresh()))


def queries(sending: Sending, size: seed.Size, app: Flask, client: FlaskClient) -> int:
    """Return how many statements one sending takes, its page not counted."""
    last = sending.places(size)[-2:]
    asks = iter([(place, sending.fields(client.get(place).text)) for place in last])

    def ask() -> object:
        place, fields = next(asks)
        return client.post(sending.target(place), data=fields)

    return measure.queries_of(app, ask)
