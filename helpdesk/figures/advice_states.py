"""The results of a consultation, and the topics that are shipped (process 6 of the manual)."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l

MINUTES = (5, 10, 15, 30, 60)
MOST_MINUTES = 1440


class Result(StrEnum):
    """What came of a consultation."""

    SOLVED = "solved"
    TAUGHT = "taught"
    REFERRED = "referred"
    REPAIR = "repair"
    UNSOLVED = "unsolved"


RESULTS = {
    Result.SOLVED: _l("Solved by advice"),
    Result.TAUGHT: _l("Shown how to do it"),
    Result.REFERRED: _l("Handed on to somebody else"),
    Result.REPAIR: _l("Needs a repair"),
    Result.UNSOLVED: _l("Not solved"),
}
TOPICS = {
    "computer": _l("Using a computer"),
    "printer": _l("Printers and scanners"),
    "network": _l("Network, Wi-Fi and internet"),
    "account": _l("Accounts and passwords"),
    "office": _l("Office programs and files"),
    "systems": _l("Information systems of the office"),
    "meeting": _l("Online meetings and room equipment"),
    "dltv": _l("Distance learning (DLTV and DLIT)"),
    "website": _l("Websites and social media"),
    "security": _l("Security and personal data"),
    "buying": _l("Choosing and specifying equipment"),
    "other": _l("Other"),
}
