"""What may become of one try to send something, whichever way it went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of one try.

    ``FULL`` says that no more may be sent this month. ``GONE`` says that the other end does not
    exist any more: the device was taken away, the account is bound no longer.
    """

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"
    FULL = "full"
    GONE = "gone"


@dataclass(frozen=True)
class Answer:
    """What became of a try, the other side's words, and whether the session can go on."""

    fate: Fate
    reason: str = ""
    open: bool = True
