"""The kinds of licences and how one stands on a day."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face

# Days before the end on which the caretakers are told; the widest begins the time of renewal.
TOLD_DAYS = (60, 30, 7)


class Kind(StrEnum):
    """What is paid for."""

    SOFTWARE = "software"
    INTERNET = "internet"
    DOMAIN = "domain"
    WEB_SPACE = "web_space"
    SERVICE = "service"


KINDS = {
    Kind.SOFTWARE: _lp("licence", "Software"),
    Kind.INTERNET: _lp("licence", "Internet contract"),
    Kind.DOMAIN: _lp("licence", "Domain name"),
    Kind.WEB_SPACE: _lp("licence", "Web space"),
    Kind.SERVICE: _lp("licence", "Other subscription"),
}


class Standing(StrEnum):
    """How a licence stands on a day; never stored."""

    RUNNING = "running"
    ENDING = "ending"
    ENDED = "ended"
    GIVEN_UP = "given_up"


STANDINGS = {
    Standing.RUNNING: Face(_lp("licence", "Running"), "ok", "check-circle"),
    Standing.ENDING: Face(_lp("licence", "Ends soon"), "warn", "hourglass-split"),
    Standing.ENDED: Face(_lp("licence", "Has ended"), "danger", "x-circle"),
    Standing.GIVEN_UP: Face(_lp("licence", "Given up"), "muted", "archive"),
}
