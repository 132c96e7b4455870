"""Levels of a risk, ways to treat it, progress, and the states of a table."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable

# Likelihood and impact are weighed from 1 to 5; their product is the score.
LEAST, MOST = 1, 5


class Level(StrEnum):
    """How serious a risk is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


LEVELS = {
    Level.LOW: Face(_lp("risk", "Low"), "ok", "check-circle"),
    Level.MEDIUM: Face(_lp("risk", "Medium"), "info", "dash-circle"),
    Level.HIGH: Face(_lp("risk", "High"), "warn", "exclamation-triangle"),
    Level.VERY_HIGH: Face(_lp("risk", "Very high"), "danger", "exclamation-octagon"),
}
# The highest score of each level; the table of five by five knows no score between 16 and 20.
BANDS = ((3, Level.LOW), (9, Level.MEDIUM), (16, Level.HIGH), (25, Level.VERY_HIGH))
SERIOUS = (Level.HIGH, Level.VERY_HIGH)


def level_of(likelihood: int, impact: int) -> Level:
    """Return the level of a weighed risk: 1-3 low, 4-9 medium, 10-16 high, above very high."""
    score = likelihood * impact
    return next(level for most, level in BANDS if score <= most)


LIKELIHOODS = {
    1: _lp("risk", "hardly ever"),
    2: _lp("risk", "seldom"),
    3: _lp("risk", "now and then"),
    4: _lp("risk", "often"),
    5: _lp("risk", "very often"),
}
IMPACTS = {
    1: _lp("risk", "very small"),
    2: _lp("risk", "small"),
    3: _lp("risk", "moderate"),
    4: _lp("risk", "great"),
    5: _lp("risk", "very great"),
}


class Verdict(StrEnum):
    """Whether the present control is enough."""

    ENOUGH = "enough"
    PARTLY = "partly"
    MISSING = "missing"


VERDICTS = {
    Verdict.ENOUGH: _lp("risk", "Enough"),
    Verdict.PARTLY: _lp("risk", "Not quite enough"),
    Verdict.MISSING: _lp("risk", "There is none"),
}


class Treatment(StrEnum):
    """What is done about the risk that remains."""

    ACCEPT = "accept"
    REDUCE = "reduce"
    SHARE = "share"
    AVOID = "avoid"


TREATMENTS = {
    Treatment.ACCEPT: _lp("risk", "Accept it"),
    Treatment.REDUCE: _lp("risk", "Reduce it"),
    Treatment.SHARE: _lp("risk", "Share it"),
    Treatment.AVOID: _lp("risk", "Avoid it"),
}


class Progress(StrEnum):
    """How far the improvement has come at the end of a quarter."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"


PROGRESS = {
    Progress.NOT_BEGUN: Face(_lp("risk", "Not begun"), "neutral", "hourglass"),
    Progress.UNDER_WAY: Face(_lp("risk", "Under way"), "progress", "arrow-repeat"),
    Progress.DONE: Face(_lp("risk", "Done"), "ok", "check-circle"),
}
QUARTERS = {
    1: _lp("risk", "Quarter 1 (Oct–Dec)"),
    2: _lp("risk", "Quarter 2 (Jan–Mar)"),
    3: _lp("risk", "Quarter 3 (Apr–Jun)"),
    4: _lp("risk", "Quarter 4 (Jul–Sep)"),
}


# The five components of internal control by the Ministry of Finance's criteria of 2561.
COMPONENTS = (
    _lp("risk", "Control environment"),
    _lp("risk", "Risk assessment"),
    _lp("risk", "Control activities"),
    _lp("risk", "Information and communication"),
    _lp("risk", "Monitoring activities"),
)


class State(StrEnum):
    """Where a table stands."""

    OPEN = "open"
    CLOSED = "closed"


class Action(StrEnum):
    """What is done to a table."""

    CLOSE = "close"
    REOPEN = "reopen"


TABLES = StateTable(
    {
        (State.OPEN, Action.CLOSE): State.CLOSED,
        (State.CLOSED, Action.REOPEN): State.OPEN,
    },
    faces={
        State.OPEN: Face(_lp("risk table", "Open"), "progress", "pencil"),
        State.CLOSED: Face(_lp("risk table", "Reported"), "ok", "lock"),
    },
    acts={
        Action.CLOSE: _lp("risk table", "Close for the report"),
        Action.REOPEN: _lp("risk table", "Open again"),
    },
)
