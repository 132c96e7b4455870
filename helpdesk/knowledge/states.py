"""The states of an article, who may read it, and the words for both."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable

REVIEW_DAYS = 365


class State(StrEnum):
    """Where an article is between the first word and the day it is out of date."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Action(StrEnum):
    """What changes the state of an article."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    RETIRE = "retire"
    REOPEN = "reopen"


class Audience(StrEnum):
    """Who reads an article once it is published."""

    PUBLIC = "public"
    STAFF = "staff"


ARTICLE: StateTable[State, Action] = StateTable(
    {
        (State.DRAFT, Action.PUBLISH): State.PUBLISHED,
        (State.PUBLISHED, Action.WITHDRAW): State.DRAFT,
        (State.DRAFT, Action.RETIRE): State.RETIRED,
        (State.PUBLISHED, Action.RETIRE): State.RETIRED,
        (State.RETIRED, Action.REOPEN): State.DRAFT,
    },
    faces={
        State.DRAFT: Face(_lp("article", "Draft"), "neutral", "pencil"),
        State.PUBLISHED: Face(_lp("article", "Published"), "ok", "check-circle"),
        State.RETIRED: Face(_lp("article", "Retired"), "muted", "archive"),
    },
    acts={
        Action.PUBLISH: _lp("article", "Publish"),
        Action.WITHDRAW: _l("Take back into a draft"),
        Action.RETIRE: _lp("article", "Retire"),
        Action.REOPEN: _l("Make it a draft again"),
    },
)
REVIEW_DUE = Face(_l("Review is due"), "warn", "hourglass-split")
AUDIENCES = {
    Audience.PUBLIC: _l("Everybody, also without signing in"),
    Audience.STAFF: _l("Technicians and those who handle reports"),
}
