"""How a right stands, what is asked of a system, and at which level."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face


class Standing(StrEnum):
    """How a right stands; read off its days, so no job can make it wrong."""

    ACTIVE = "active"
    SOON = "soon"
    TO_SWITCH_OFF = "to_switch_off"
    ENDED = "ended"


class Level(StrEnum):
    """What a right lets somebody do, in the words of form F13."""

    VIEW = "view"
    EDIT = "edit"
    APPROVE = "approve"
    ADMIN = "admin"


class Wish(StrEnum):
    """What is asked for."""

    NEW = "new"
    CHANGE = "change"
    CANCEL = "cancel"
    FORGOTTEN = "forgotten"


class Part(StrEnum):
    """What somebody is to a system: owners approve and review, keepers make accounts."""

    OWNER = "owner"
    KEEPER = "keeper"


class Verdict(StrEnum):
    """What an owner says of a right in a review."""

    KEEP = "keep"
    REVOKE = "revoke"


STANDINGS = {
    Standing.ACTIVE: Face(_p("access right", "In force"), "ok", "check-circle"),
    Standing.SOON: Face(_p("access right", "Ends soon"), "warn", "hourglass-bottom"),
    Standing.TO_SWITCH_OFF: Face(_p("access right", "To be switched off"), "danger", "plug"),
    Standing.ENDED: Face(_p("access right", "Ended"), "muted", "slash-circle"),
}
LEVELS = {
    Level.VIEW: _p("access level", "View"),
    Level.EDIT: _p("access level", "Enter data"),
    Level.APPROVE: _p("access level", "Approve"),
    Level.ADMIN: _p("access level", "Administer"),
}
VERDICTS = {
    Verdict.KEEP: _p("review", "Keep"),
    Verdict.REVOKE: _p("review", "Revoke"),
}
SOON_DAYS = (14, 3)
