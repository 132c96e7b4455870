"""What came into the demonstration by e-mail: two threads, a stranger, and an automatic reply.

The letters are kept and read as those of a mailbox are; an answer finds its ticket by the code
that the service's own mail carried.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import select

from config import Settings
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.mail_in import rounds
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work
from helpdesk.tickets.states import Action, Cause, Outcome
from kernel.db import db
from kernel.reply_codes import code_of, with_code

TECHNICIAN, DESK = "technician", "helpdesk@example.test"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SIGN = "\n\n-----Original Message-----\n"
Row = Mapping[str, Any]


@dataclass
class Mailings:
    """Plans what comes by mail and what the office answers."""

    cast: Cast
    diary: Diary

    def plan(self) -> None:
        """Put the threads and the single letters into the diary."""
        told = json.loads((script.DATA / "mails.json").read_text(encoding="utf-8"))
        for row in told["threads"]:
            begun = self.diary.end - row["days"] * DAY
            answer = self._ask if "question" in row else self._resolve
            self._arrives(begun, partial(self._receive, row))
            self.diary.plan(begun + HOUR, partial(answer, row))
            self._arrives(begun + 3 * HOUR, partial(self._answer, row))
        for row in told["others"]:
            self._arrives(self.diary.end - row["days"] * DAY, partial(self._receive, row))

    def _arrives(self, at: datetime, act: Callable[[], object]) -> None:
        self.diary.plan(at, act, opens_work=True)

    def _receive(self, row: Row) -> None:
        _read(_letter(row, row["subject"], row["text"], row.get("headers", {})))

    def _ask(self, row: Row) -> None:
        """Take the ticket on and ask its reporter, who is waited for."""
        ticket, by = self._ticket(row), self.cast.viewer(TECHNICIAN)
        work.take(ticket, by=by)
        work.start(ticket, by=by)
        work.wait(ticket, Action.ASK_REQUESTER, row["question"], by=by)

    def _resolve(self, row: Row) -> None:
        ticket, by = self._ticket(row), self.cast.viewer(TECHNICIAN)
        work.take(ticket, by=by)
        work.start(ticket, by=by)
        result = work.Result(Outcome.FIXED, Cause.SOFTWARE, row["done"], to_reporter=row["done"])
        work.resolve(ticket, result, by=by)

    def _answer(self, row: Row) -> None:
        """Let the reporter answer the service's mail, with a file where there is one."""
        settings: Settings = current_app.extensions["settings"]
        code = code_of(f"t{self._ticket(row).id}", settings.secret_key)
        text = f"{row['answer']}{SIGN}{row.get('question') or row['done']}"
        letter = _letter(row, f"Re: {row['subject']}", text, {})
        letter.replace_header("To", with_code(DESK, code))
        if "file" in row:
            name, words = row["file"]
            letter.add_attachment(words, filename=name)
        db.session.rollback()
        _read(letter)

    def _ticket(self, row: Row) -> Ticket:
        reported = select(Ticket).where(
            Ticket.source == "mail", Ticket.reporter_id == self.cast.ids[row["from"]]
        )
        return db.session.scalars(reported.order_by(Ticket.id.desc()).limit(1)).one()


def _letter(row: Row, subject: str, text: str, headers: Mapping[str, str]) -> EmailMessage:
    sender = row["from"]
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender if "@" in sender else f"{sender}@example.test"
    letter["To"], letter["Subject"] = DESK, subject
    for name, value in headers.items():
        letter[name] = value
    letter.set_content(text)
    return letter


def _read(letter: EmailMessage) -> None:
    raw = letter.as_bytes()
    rounds.keep_raw(raw, size=len(raw), whole=True)
    rounds.read_kept()
