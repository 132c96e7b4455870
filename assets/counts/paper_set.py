"""The papers of a round in the order in which an office needs them, each with what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assets.counts import material_lists
from assets.counts.listings import TITLES
from assets.counts.models import Round
from kernel.i18n import lazy_gettext as _l


class Step(StrEnum):
    """When a paper is needed."""

    APPOINTMENT = "appointment"
    WORK = "work"
    RESULT = "result"
    COPIES = "copies"


class Since(StrEnum):
    """From when on a paper can be printed."""

    PLANNED = "planned"
    NAMED = "named"
    OPENED = "opened"
    COUNTED = "counted"


@dataclass(frozen=True)
class Paper:
    """One paper: its name in addresses, its title, what it is for, and from when on it exists.

    ``is_list`` papers come as PDF in volumes and as a workbook; ``has_sheet`` ones as both, whole.
    """

    name: str
    title: Any
    purpose: Any
    step: Step
    since: Since
    is_list: bool = False
    has_sheet: bool = False

    def exists(self, one: Round, *, is_named: bool) -> bool:
        """Tell whether the paper can be printed now; ``is_named``: the committee has members."""
        return {
            Since.PLANNED: True,
            Since.NAMED: is_named,
            Since.OPENED: one.opened_at is not None,
            Since.COUNTED: one.counted_at is not None,
        }[self.since]


def _list(name: str, purpose: Any, step: Step = Step.RESULT) -> Paper:  # noqa: ANN401 - a lazy text
    return Paper(name, TITLES[name], purpose, step, Since.OPENED, is_list=True)


STEPS = {
    Step.APPOINTMENT: _l("Appointment, in September"),
    Step.WORK: _l("Working papers of the inspectors"),
    Step.RESULT: _l("Result, within 30 working days"),
    Step.COPIES: _l("Copies of the report"),
}
SINCE = {
    Since.NAMED: _l("once the committee is named"),
    Since.OPENED: _l("once the round is open"),
    Since.COUNTED: _l("once the counting has ended"),
}
PAPERS = (
    Paper(
        "proposal",
        _l("Memo that proposes the appointment"),
        _l("The supply officer proposes the inspectors to the head (clause 213)."),
        Step.APPOINTMENT,
        Since.PLANNED,
    ),
    Paper(
        "order",
        _l("Appointment order"),
        _l("The head appoints inspectors who are no supply officers."),
        Step.APPOINTMENT,
        Since.NAMED,
    ),
    _list(
        "receipts",
        _l("Compare each receipt of the year with the register: eight facts of every item."),
        Step.WORK,
    ),
    _list(
        material_lists.MOVES,
        _l("Compare each receipt and issue of the year with its evidence and the stock card."),
        Step.WORK,
    ),
    _list(
        "count",
        _l("What was there on 30 September, by class: present or absent, usable or not."),
        Step.WORK,
    ),
    _list(
        material_lists.LEFT,
        _l("What the store has on 30 September by its cards, and what its own count found."),
        Step.WORK,
    ),
    Paper(
        "memo",
        _l("Memo with the results"),
        _l("The inspectors report to the head who appointed them."),
        Step.RESULT,
        Since.COUNTED,
    ),
    Paper(
        "report",
        _l("Committee report"),
        _l("The figures by unit and class with last year's beside them, and the lists."),
        Step.RESULT,
        Since.OPENED,
        has_sheet=True,
    ),
    _list("damaged", _l("Basis of the fact finding of clause 214.")),
    _list("worn_out", _l("Plain wear: may go to disposal without fact finding (clause 214).")),
    _list("missing", _l("Basis of the fact finding of clause 214.")),
    _list("not_needed", _l("Usable, but of no more use to the agency.")),
    _list("mismatch", _l("Each difference with its reason.")),
    _list("uncounted", _l("What nobody has scanned; it is never written down as found.")),
    _list("remaining", _l("What stays in the books on 30 September.")),
    _list("strangers", _l("Things of other units, bought later or struck off before.")),
    Paper(
        "letter_audit",
        _l("Letter to the State Audit Office"),
        _l("One copy of the report goes there (clause 213)."),
        Step.COPIES,
        Since.COUNTED,
    ),
    Paper(
        "letter_parent",
        _l("Letter to the parent agency"),
        _l("One copy of the report goes there: from a school to the area office."),
        Step.COPIES,
        Since.COUNTED,
    ),
)
