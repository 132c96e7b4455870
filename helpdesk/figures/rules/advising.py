"""Noting a consultation down, and keeping the topics."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpdesk.figures import advice_queries as queries
from helpdesk.figures.advice_models import AdviceTopic, Consultation
from helpdesk.figures.advice_states import MOST_MINUTES, RESULTS, TOPICS, Result
from helpdesk.figures.rules.gathering import month_of
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from helpdesk.tickets.rules import work as tickets
from helpdesk.tickets.states import Cause, Kind, Outcome
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit

CATEGORIES = {
    "computer": "computer",
    "printer": "printer",
    "network": "network",
    "account": "account",
    "dltv": "dltv",
    "systems": "system",
    "website": "system",
    "meeting": "conference",
}


@dataclass(frozen=True)
class Noted:
    """What was noted of a consultation: the topic, what came of it, the minutes it took."""

    topic: str
    result: Result
    minutes: int


def note(
    question: str, answer: str, noted: Noted, *, unit_id: int, asked_by: str, by: Viewer
) -> Ticket:
    """Write a consultation down that is over: a ticket of advice, answered and closed at once.

    Nobody is told anything: who asked has the answer already.

    Args:
        question: what was asked.
        answer: what was advised; the name of the result where nothing more was written.
        noted: topic, result, minutes.
        unit_id: of who asked.
        asked_by: their name, may be blank.
        by: who gave the advice.

    Refuses a blank question, no unit, a topic that is not offered and a nonsensical time.
    """
    _check(noted)
    if not question.strip():
        raise Refusal(_("Please write what was asked."), field="question")
    if not unit_id:
        raise Refusal(_("Please choose the school or group."), field="unit")
    fields = intake.Report(
        kind=Kind.ADVICE,
        unit_id=unit_id,
        category=CATEGORIES.get(noted.topic, "other"),
        detail=question,
        reporter_name=asked_by,
        source="phone",
    )
    ticket = intake.report(fields, by=by)
    db.session.flush()  # the moves and the consultation point at the ticket's id
    tickets.take(ticket, by=by)
    said = tickets.Result(
        Outcome.WORKS_AS_IS, Cause.USER, answer.strip() or _in("th", RESULTS[noted.result])
    )
    tickets.resolve(ticket, said, by=by)
    tickets.close(ticket, by=by)
    classify(ticket, noted, by=by)
    return ticket


def classify(ticket: Ticket, noted: Noted, *, by: Viewer) -> Consultation:
    """Say what a ticket of advice was about and what came of it; a second word replaces the first.

    Refuses a ticket that is no advice, a topic that is not offered and a nonsensical time.
    """
    _check(noted)
    if ticket.kind != Kind.ADVICE:
        raise Refusal(_("Only advice has a topic."))
    values = {"topic": noted.topic, "result": noted.result, "minutes": noted.minutes}
    found = queries.consultation_of(ticket.id)
    if found is not None:
        audit.record_changes("classified", found, values, by=by)
        return found
    at = ticket.resolved_at or clock.now()
    made = Consultation(
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        at=at,
        month=month_of(at),
        by_id=by.id,
        by_name=by.name[:200],
        **values,
    )
    db.session.add(made)
    audit.record("classified", made, by=by, after={**values, "result": str(noted.result)})
    return made


def name_topic(code: str, name_th: str, name_en: str, *, by: Viewer) -> AdviceTopic:
    """Rename a topic, or add one where the code is blank.

    Refuses a blank Thai name.
    """
    if not name_th.strip():
        raise Refusal(_("A topic needs a name in Thai."), field="name_th")
    known = {one.code: one for one in queries.topics()}
    names = {"name_th": name_th[:120], "name_en": name_en[:120]}
    topic = known.get(code)
    if topic is not None and topic.own is not None:
        audit.record_changes("renamed", topic.own, names, by=by)
        return topic.own
    made = AdviceTopic(code=code if topic else _new_code(name_en, set(known)), **names)
    db.session.add(made)
    audit.record("renamed" if topic else "added", made, by=by, after=names)
    return made


def retire_topic(code: str, *, retired: bool, by: Viewer) -> None:
    """Offer a topic no more, or again; what was noted under it stays.

    Refuses a topic that there is not.
    """
    topic = topic_called(code)
    own = topic.own or name_topic(code, *names_of(topic), by=by)
    audit.record_changes("retired" if retired else "reopened", own, {"retired": retired}, by=by)


def topic_called(code: str) -> queries.Topic:
    """Return the topic of a code.

    Raises:
        NotFound: there is none.
    """
    topic = next((one for one in queries.topics() if one.code == code), None)
    if topic is None:
        raise NotFound(_("There is no such topic."))
    return topic


def names_of(topic: queries.Topic) -> tuple[str, str]:
    """Return the Thai and the English name of a topic."""
    if topic.own is not None:
        return topic.own.name_th, topic.own.name_en
    return _in("th", TOPICS[topic.code]), _in("en", TOPICS[topic.code])


def _in(language: str, text: object) -> str:
    with speaking(language):
        return str(text)


def _new_code(name: str, taken: set[str]) -> str:
    bare = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:20] or "topic"
    number = 1
    code = bare
    while code in taken:
        number += 1
        code = f"{bare}-{number}"
    return code


def _check(noted: Noted) -> None:
    offered = {one.code for one in queries.topics() if not one.retired}
    if noted.topic not in offered:
        raise Refusal(_("Please choose a topic."), field="topic")
    if not 0 <= noted.minutes <= MOST_MINUTES:
        raise Refusal(_("Please give the minutes it took, up to a day."), field="minutes")
