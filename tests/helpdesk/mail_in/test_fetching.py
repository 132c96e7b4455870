"""Fetching from a real IMAP server."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from helpdesk.mail_in import jobs, rounds
from helpdesk.mail_in.mailbox import Mailbox, Unreachable
from helpdesk.mail_in.models import IncomingMail, MailboxMark
from helpdesk.mail_in.states import State
from helpdesk.tickets.models import Ticket
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast
from tests.helpdesk.mail_in.imap_server import Server
from tests.helpdesk.mail_in.letters import bounce, letter


def states() -> list[State]:
    db.session.rollback()
    return list(db.session.scalars(select(IncomingMail.state).order_by(IncomingMail.id)))


def test_new_mails_are_fetched_once_and_stay_as_they_are(cast: Cast, mailbox: Server) -> None:
    mailbox.put(letter(), letter("who@else.test"))
    assert jobs.fetch_mail() == 2
    assert states() == [State.TICKET, State.UNKNOWN]
    assert jobs.fetch_mail() == 0
    mailbox.put(letter(subject="ใหม่"))
    assert jobs.fetch_mail() == 1
    assert len(states()) == 3
    assert all(b"Seen" not in one and b"Deleted" not in one for one in mailbox.flags())


def test_a_fetch_that_was_killed_before_it_was_remembered_makes_nothing_twice(
    cast: Cast, mailbox: Server
) -> None:
    mailbox.put(letter(), letter())
    jobs.fetch_mail()
    db.session.execute(MailboxMark.__table__.delete())
    db.session.commit()
    assert jobs.fetch_mail() == 0
    assert db.session.scalar(select(func.count(Ticket.id))) == 2


def test_of_a_mail_too_large_only_the_head_comes_over(cast: Cast, mailbox: Server) -> None:
    mailbox.put(letter(text="x" * 1_100_000))
    jobs.fetch_mail()
    [row] = db.session.scalars(select(IncomingMail)).all()
    assert (row.state, row.whole) == (State.TOO_LARGE, False)
    assert row.size > 1_000_000
    assert row.sender == "malee@school.test"


def test_more_than_a_round_is_fetched_in_several(
    cast: Cast, mailbox: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_A_ROUND", 20)
    mailbox.put(*(bounce(number) for number in range(50)), letter())
    assert [jobs.fetch_mail() for _round in range(4)] == [20, 20, 11, 0]
    assert states() == [State.BOUNCE] * 50 + [State.TICKET]
    told = db.session.scalars(select(OutgoingMessage.kind)).all()
    assert told == ["ticket_reported"]


def test_what_is_kept_is_read_even_where_the_server_does_not_answer(
    app: Flask, cast: Cast, office: Settings
) -> None:
    rounds.keep_raw(letter(), size=1, whole=True)
    with pytest.raises(Unreachable):
        jobs.fetch_mail()
    assert states() == [State.TICKET]


def test_a_wrong_password_and_a_missing_folder_say_so(mailbox: Server) -> None:
    for wrong in (mailbox.url.replace("a%20pass", "no"), mailbox.url.replace("INBOX", "Nowhere")):
        with pytest.raises(Unreachable), Mailbox(wrong):
            pass


def test_without_a_mailbox_nothing_is_fetched(app: Flask, cast: Cast, office: Settings) -> None:
    app.extensions["settings"] = replace(office, mail_in_url="")
    assert jobs.fetch_mail() == 0
