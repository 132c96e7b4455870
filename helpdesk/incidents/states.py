"""Steps of an incident, kinds, how grave it is, and what it means for the people concerned."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face, StateTable

# Section 37 (4): the notice reaches the Committee within 72 hours of knowing.
NOTICE_WITHIN = timedelta(hours=72)
# Hours before the end of the 72 at which the handlers are reminded; 0 is when it is over.
REMINDED_HOURS = (48, 24, 6, 0)


class State(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    CLASSIFIED = "classified"
    CONTAINED = "contained"
    FIXED = "fixed"
    CLOSED = "closed"
    DISMISSED = "dismissed"


class Action(StrEnum):
    """What is done with an incident."""

    CLASSIFY = "classify"
    CONTAIN = "contain"
    FIX = "fix"
    CLOSE = "close"
    DISMISS = "dismiss"
    REOPEN = "reopen"


INCIDENTS = StateTable(
    {
        (State.REPORTED, Action.CLASSIFY): State.CLASSIFIED,
        (State.CLASSIFIED, Action.CLASSIFY): State.CLASSIFIED,
        (State.CONTAINED, Action.CLASSIFY): State.CONTAINED,
        (State.FIXED, Action.CLASSIFY): State.FIXED,
        (State.CLASSIFIED, Action.CONTAIN): State.CONTAINED,
        (State.CONTAINED, Action.FIX): State.FIXED,
        (State.FIXED, Action.CLOSE): State.CLOSED,
        (State.REPORTED, Action.DISMISS): State.DISMISSED,
        (State.CLASSIFIED, Action.DISMISS): State.DISMISSED,
        (State.CLOSED, Action.REOPEN): State.CLASSIFIED,
        (State.DISMISSED, Action.REOPEN): State.REPORTED,
    },
    faces={
        State.REPORTED: Face(_p("incident", "reported"), "warn", "megaphone"),
        State.CLASSIFIED: Face(_p("incident", "classified"), "danger", "exclamation-diamond"),
        State.CONTAINED: Face(_p("incident", "contained"), "progress", "shield-exclamation"),
        State.FIXED: Face(_p("incident", "fixed"), "info", "shield-check"),
        State.CLOSED: Face(_p("incident", "closed"), "ok", "check-circle"),
        State.DISMISSED: Face(_p("incident", "no incident"), "muted", "slash-circle"),
    },
    acts={
        Action.CLASSIFY: _p("incident", "Classify"),
        Action.CONTAIN: _p("incident", "It is contained"),
        Action.FIX: _p("incident", "It is fixed"),
        Action.CLOSE: _p("incident", "Close with lessons"),
        Action.DISMISS: _p("incident", "It is no incident"),
        Action.REOPEN: _p("incident", "Open again"),
    },
)
OPEN = (State.REPORTED, State.CLASSIFIED, State.CONTAINED, State.FIXED)


class Kind(StrEnum):
    """What happened."""

    LEAK = "leak"
    WRONG_RECIPIENT = "wrong_recipient"
    LOST_DEVICE = "lost_device"
    ACCOUNT = "account"
    PHISHING = "phishing"
    MALWARE = "malware"
    INTRUSION = "intrusion"
    DEFACED = "defaced"
    OUTAGE = "outage"
    LOSS = "loss"
    OTHER = "other"


KINDS = {
    Kind.LEAK: _p("incident", "Data became public"),
    Kind.WRONG_RECIPIENT: _p("incident", "Data went to the wrong person"),
    Kind.LOST_DEVICE: _p("incident", "A device or drive was lost or stolen"),
    Kind.ACCOUNT: _p("incident", "Somebody else used an account"),
    Kind.PHISHING: _p("incident", "Deceiving mail or website"),
    Kind.MALWARE: _p("incident", "Virus or ransomware"),
    Kind.INTRUSION: _p("incident", "Break-in into a system"),
    Kind.DEFACED: _p("incident", "A website was changed"),
    Kind.OUTAGE: _p("incident", "An attack made a system stop"),
    Kind.LOSS: _p("incident", "Data were lost or damaged"),
    Kind.OTHER: _p("incident", "Something else"),
}


class Gravity(StrEnum):
    """How grave it is for the work of the office."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


GRAVITIES = {
    Gravity.LOW: Face(_p("incident", "low"), "neutral", "circle"),
    Gravity.MEDIUM: Face(_p("incident", "medium"), "info", "circle-half"),
    Gravity.HIGH: Face(_p("incident", "high"), "warn", "exclamation-triangle"),
    Gravity.CRITICAL: Face(_p("incident", "critical"), "danger", "exclamation-octagon"),
}


class Risk(StrEnum):
    """What it means for the people whose data are concerned."""

    NO_DATA = "no_data"
    NONE = "none"
    SOME = "some"
    HIGH = "high"


RISKS = {
    Risk.NO_DATA: _p("incident", "No personal data are concerned"),
    Risk.NONE: _p("incident", "Personal data, but no risk to anybody"),
    Risk.SOME: _p("incident", "Personal data, and a risk to people"),
    Risk.HIGH: _p("incident", "Personal data, and a high risk to people"),
}
# Where there is a risk the Committee is told; where it is high, the people too.
TOLD_COMMITTEE = (Risk.SOME, Risk.HIGH)
