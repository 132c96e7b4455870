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


class Whose(StrEnum):
    """Whose system it is."""

    OFFICE = "office"
    SCHOOL = "school"
    OBEC = "obec"
    OTHER = "other"


class Criticality(StrEnum):
    """What happens when a system stands still."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VITAL = "vital"


class Data(StrEnum):
    """Kinds of personal data that a system may hold; the last three are sensitive (PDPA s.26)."""

    NAMES = "names"
    CONTACT = "contact"
    IDENTITY = "identity"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    MONEY = "money"
    PICTURES = "pictures"
    TRAFFIC = "traffic"
    HEALTH = "health"
    BIOMETRIC = "biometric"
    BELIEF = "belief"


class Treatment(StrEnum):
    """What is done about a risk."""

    REDUCE = "reduce"
    TRANSFER = "transfer"
    AVOID = "avoid"
    ACCEPT = "accept"


class Way(StrEnum):
    """Which way data flow to another system."""

    SENDS = "sends"
    RECEIVES = "receives"
    BOTH = "both"


WHOSE = {
    Whose.OFFICE: _p("system of", "The area office"),
    Whose.SCHOOL: _p("system of", "A school"),
    Whose.OBEC: _p("system of", "OBEC"),
    Whose.OTHER: _p("system of", "Another agency"),
}
CRITICALITIES = {
    Criticality.LOW: Face(_p("criticality", "Low"), "muted", "circle"),
    Criticality.MEDIUM: Face(_p("criticality", "Medium"), "neutral", "circle-half"),
    Criticality.HIGH: Face(_p("criticality", "High"), "warn", "exclamation-circle"),
    Criticality.VITAL: Face(_p("criticality", "Vital"), "danger", "exclamation-triangle"),
}
# How long the office can do without it.
CRITICALITY_CHOICES = {
    Criticality.LOW: _p("criticality", "Low: the office can do without it for a week"),
    Criticality.MEDIUM: _p("criticality", "Medium: for some days"),
    Criticality.HIGH: _p("criticality", "High: for one day"),
    Criticality.VITAL: _p("criticality", "Vital: for some hours at most"),
}
DATA = {
    Data.NAMES: _p("personal data", "Names"),
    Data.CONTACT: _p("personal data", "Addresses, telephone, e-mail"),
    Data.IDENTITY: _p("personal data", "Identity numbers"),
    Data.EDUCATION: _p("personal data", "Education and results"),
    Data.EMPLOYMENT: _p("personal data", "Employment"),
    Data.MONEY: _p("personal data", "Salary and money"),
    Data.PICTURES: _p("personal data", "Photos and videos"),
    Data.TRAFFIC: _p("personal data", "Computer traffic data"),
    Data.HEALTH: _p("personal data", "Health (sensitive)"),
    Data.BIOMETRIC: _p("personal data", "Fingerprints and faces (sensitive)"),
    Data.BELIEF: _p("personal data", "Religion and belief (sensitive)"),
}
TREATMENTS = {
    Treatment.REDUCE: _p("system risk", "Reduce"),
    Treatment.TRANSFER: _p("system risk", "Transfer"),
    Treatment.AVOID: _p("system risk", "Avoid"),
    Treatment.ACCEPT: _p("system risk", "Accept"),
}
WAYS = {
    Way.SENDS: _p("link of systems", "sends to"),
    Way.RECEIVES: _p("link of systems", "receives from"),
    Way.BOTH: _p("link of systems", "both ways"),
}
BACK = {Way.SENDS: Way.RECEIVES, Way.RECEIVES: Way.SENDS, Way.BOTH: Way.BOTH}
# Likelihood times impact, each from 1 to 5: from here on a risk is called so.
RISK_LEVELS = (
    (17, Face(_p("system risk", "Very high"), "danger", "exclamation-triangle")),
    (10, Face(_p("system risk", "High"), "warn", "exclamation-circle")),
    (4, Face(_p("system risk", "Moderate"), "info", "circle-half")),
    (1, Face(_p("system risk", "Low"), "ok", "circle")),
)


def risk_level(score: int) -> Face:
    """Return what a risk of this score (likelihood times impact, 1 to 25) is called."""
    return next(face for least, face in RISK_LEVELS if score >= least)
