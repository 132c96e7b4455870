"""Refusals: the answers "no" that a rule gives to a person.

A refusal carries one sentence fit for the person who asked, in the reader's language. Rules raise
it, views do not catch it: one handler in ``helpdesk.app`` turns it into a page or into JSON. Any
other exception is a bug.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something cannot be done; the message says why and what to do.

    Args:
        message: a sentence for the person, already translated or lazily so.
        field: the name of the form field it is about, where there is one.
    """

    status = 422
    code = "refused"

    def __init__(self, message: object, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field


class NotAllowed(Refusal):
    """The person is known, the thing may be seen, but this act is not theirs."""

    status = 403
    code = "not_allowed"


class NotFound(Refusal):
    """There is no such thing, or the person may not know of it."""

    status = 404
    code = "not_found"


class Gone(NotFound):
    """A link that opens something once, or for a while, and opens nothing any more."""

    code = "gone"


class Stale(Refusal):
    """Somebody else changed the thing meanwhile."""

    status = 409
    code = "stale"


class TooLarge(Refusal):
    """What was sent is larger than the service takes."""

    status = 413
    code = "too_large"


class TooMany(Refusal):
    """Too many tries in too short a time."""

    status = 429
    code = "too_many"


class Busy(Refusal):
    """The service cannot do it right now; trying again later may work."""

    status = 503
    code = "busy"
