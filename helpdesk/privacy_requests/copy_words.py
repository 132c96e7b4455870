"""How the rows of a copy read on its page: words for columns, days and moments as people read them.

The numbers by which the service finds a row tell its owner nothing; they stay in ``data.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from kernel.i18n import gettext as _
from kernel.i18n import lazy_pgettext as _p
from kernel.pages import show_date, show_moment
from office.bookkeeping.field_words import FIELDS

TECHNICAL = re.compile(r"(^|_)id$|^session_epoch$|^routed_at$|^by_link$")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")

WORDS = {
    "acknowledged_on": _p("copied data", "Acknowledged on"),
    "act": _p("copied data", "What was done"),
    "added_at": _p("copied data", "Added"),
    "answered_at": _p("copied data", "Answered"),
    "answers": _p("copied data", "Answers"),
    "approved_at": _p("copied data", "Approved"),
    "asked_at": _p("copied data", "Asked"),
    "asker_name": _p("copied data", "Name of the asker"),
    "asker_position": _p("copied data", "Position of the asker"),
    "at": _p("copied data", "When"),
    "author_name": _p("copied data", "Name of the author"),
    "author_position": _p("copied data", "Position of the author"),
    "by": _p("copied data", "By"),
    "by_name": _p("copied data", "By"),
    "cancelled_at": _p("copied data", "Cancelled"),
    "cancelled_why": _p("copied data", "Cancelled because"),
    "closed_at": _p("copied data", "Closed"),
    "cost": _p("copied data", "Cost"),
    "created_at": _p("copied data", "Made"),
    "decided_at": _p("copied data", "Decided"),
    "ended_why": _p("copied data", "Ended because"),
    "expires_at": _p("copied data", "Valid until"),
    "finished_at": _p("copied data", "Finished"),
    "finished_on": _p("copied data", "Finished"),
    "first_due_on": _p("copied data", "First due"),
    "first_response_at": _p("copied data", "First answer"),
    "from_on": _p("copied data", "From"),
    "given": _p("copied data", "What was given"),
    "given_at": _p("copied data", "Given"),
    "granted_at": _p("copied data", "Granted"),
    "handed_over_at": _p("copied data", "Handed over"),
    "hours": _p("copied data", "Hours"),
    "issued_on": _p("copied data", "Issued"),
    "issuer_name": _p("copied data", "Name of the issuer"),
    "issuer_position": _p("copied data", "Position of the issuer"),
    "link": _p("copied data", "Page"),
    "made_at": _p("copied data", "Made"),
    "next_due_at": _p("copied data", "Next due"),
    "on": _p("copied data", "Day"),
    "on_day": _p("copied data", "Day"),
    "opened_at": _p("copied data", "Opened"),
    "opened_on": _p("copied data", "Opened"),
    "ordered_on": _p("copied data", "Ordered"),
    "out_at": _p("copied data", "Lent"),
    "paper": _p("copied data", "Paper"),
    "posted_on": _p("copied data", "Posted"),
    "prepared_at": _p("copied data", "Prepared"),
    "queue": _p("copied data", "Place on the waiting list"),
    "read_at": _p("copied data", "Read"),
    "receiver_name": _p("copied data", "Name of the receiver"),
    "receiver_position": _p("copied data", "Position of the receiver"),
    "reminded_at": _p("copied data", "Reminded"),
    "reminded_on": _p("copied data", "Reminded"),
    "reply_to": _p("copied data", "Answers go to"),
    "reporter_contact": _p("copied data", "Contact of the reporter"),
    "reporter_name": _p("copied data", "Name of the reporter"),
    "requester_name": _p("copied data", "Name of the requester"),
    "requester_position": _p("copied data", "Position of the requester"),
    "requester_unit": _p("copied data", "Unit of the requester"),
    "resolution_due_at": _p("copied data", "To be solved by"),
    "resolved_at": _p("copied data", "Solved"),
    "response_due_at": _p("copied data", "To be answered by"),
    "returned_at": _p("copied data", "Brought back"),
    "revoked_at": _p("copied data", "Withdrawn"),
    "round": _p("copied data", "Round"),
    "said": _p("copied data", "What was said"),
    "seen_at": _p("copied data", "Last here"),
    "sent_at": _p("copied data", "Sent"),
    "sent_on": _p("copied data", "Sent"),
    "staff_kind": _p("copied data", "Kind of staff"),
    "state_since": _p("copied data", "In this state since"),
    "submitted_at": _p("copied data", "Submitted"),
    "symptoms": _p("copied data", "Symptoms"),
    "to_on": _p("copied data", "Until"),
    "told_days": _p("copied data", "Told how many days before"),
    "typed": _p("copied data", "What was typed"),
    "used_at": _p("copied data", "Used"),
    "valid_until": _p("copied data", "Valid until"),
    "variant": _p("copied data", "Variant"),
}


def lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield word and value of what a row tells, as people read them."""
    for name, value in row.items():
        if not TECHNICAL.search(name):
            yield _word(name), _shown(value)


def _word(name: str) -> str:
    word = FIELDS.get(name) or WORDS.get(name)
    return str(word) if word else name.replace("_", " ")


def _shown(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    text = str(value)
    if DAY.fullmatch(text):
        return show_date(date.fromisoformat(text), "long")
    return show_moment(datetime.fromisoformat(text)) if MOMENT.fullmatch(text) else text
