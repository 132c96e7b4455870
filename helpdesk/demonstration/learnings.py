"""What the office of the demonstration learns: articles, consultations, and its figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from helpdesk.demonstration import script
from helpdesk.demonstration.cast import ICT_GROUP, NARRATOR, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.figures import jobs as figures
from helpdesk.figures.advice_models import Consultation
from helpdesk.figures.advice_states import Result
from helpdesk.figures.rules import advising
from helpdesk.figures.rules.advising import Noted
from helpdesk.knowledge import rules as knowledge
from helpdesk.knowledge import starters
from helpdesk.knowledge.models import Article
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Kind, State
from kernel.db import db

ROUNDS = 4
TOPIC_OF = {"system": "systems", "conference": "meeting"}
KNOWN_TOPICS = frozenset({"computer", "printer", "network", "account", "dltv"})


def plan(cast: Cast, diary: Diary, chance: Random, start: datetime, end: datetime) -> None:
    """Plan the articles at the start, consultations over the year, and the counting at the end."""
    diary.plan(start, lambda: starters.load(by=NARRATOR))
    rows = script.rows("consultations.csv") * ROUNDS
    between = (end - start) / (len(rows) + 1)
    for number, row in enumerate(rows, 1):
        moment = start + between * number
        diary.plan(moment.replace(hour=chance.randrange(2, 9)), partial(_note, cast, chance, row))
    last = end - timedelta(minutes=10)
    diary.plan(last, partial(_name_topics, cast, chance))
    diary.plan(last, partial(_vote, chance))
    diary.plan(end - timedelta(minutes=1), figures.gather, opens_work=True)


def _note(cast: Cast, chance: Random, row: dict[str, str]) -> None:
    technician = chance.choice(cast.holding("technician", ICT_GROUP))
    noted = Noted(row["topic"], Result(row["result"]), int(row["minutes"]))
    unit = chance.choice(list(cast.units.values()))
    advising.note(
        row["question"],
        row["answer"],
        noted,
        unit_id=unit,
        asked_by="",
        by=cast.viewer(technician),
    )


def _name_topics(cast: Cast, chance: Random) -> None:
    """Give most of the advice that came as tickets a topic; some wait for it."""
    technician = cast.viewer(cast.holding("technician", ICT_GROUP)[0])
    bare = (
        select(Ticket)
        .outerjoin(Consultation, Consultation.ticket_id == Ticket.id)
        .where(Ticket.kind == Kind.ADVICE, Ticket.state == State.CLOSED, Consultation.id.is_(None))
        .order_by(Ticket.id)
    )
    for ticket in list(db.session.scalars(bare))[:-3]:
        category = TOPIC_OF.get(str(ticket.category), str(ticket.category))
        topic = category if category in KNOWN_TOPICS | set(TOPIC_OF.values()) else "other"
        noted = Noted(topic, Result.SOLVED, chance.choice((5, 10, 15, 30)))
        advising.classify(ticket, noted, by=technician)


def _vote(chance: Random) -> None:
    """Let readers say whether the articles helped them."""
    for article in db.session.scalars(select(Article).order_by(Article.id)).all():
        for number in range(chance.randrange(2, 14)):
            knowledge.vote(article, f"b:reader-{number}", helped=chance.random() < 0.85)
