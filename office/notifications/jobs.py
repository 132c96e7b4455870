"""Delivery: one round over the messages that wait.

Each message is claimed in one unit of work, sent outside of any, and settled in another. Whoever
is killed between the two leaves a row that is *being sent*; a later round marks it *unsure*
instead of sending it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import current_app

from config import Settings
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import work
from office.notifications import letter, queries, rules
from office.notifications.post import Answer, Fate, Post, Unreachable

A_ROUND = 200


def deliver() -> int:
    """Send what is due; return how many messages left.

    Without a mail server, and for people without an address, messages stay in the inbox. They
    are not sent later when a mail server is set up: old news would only confuse.
    """
    settings: Settings = current_app.extensions["settings"]
    # Reasons are kept in English, as the catalogue names them; pages say them to each reader.
    with speaking("en"):
        _give_up_lost()
        due = queries.due_ids(A_ROUND)
        if not settings.smtp_url:
            _store(due, _("No mail server is set up."))
            return 0
        unreachable = [one for one in due if not queries.recipient_of_id(one).address]
        _store(unreachable, _("The person has no e-mail address."))
        due = [one for one in due if one not in unreachable]
        return _send_all(due, settings) if due else 0


def _give_up_lost() -> None:
    for message_id in queries.lost_ids():
        with work():
            rules.lose(message_id, _("The service stopped while this message was being sent."))


def _store(due: Sequence[int], reason: str) -> None:
    for message_id in due:
        with work():
            rules.store(message_id, reason)


def _send_all(due: Sequence[int], settings: Settings) -> int:
    sent = 0
    try:
        with Post(settings.smtp_url) as post:
            for message_id in due:
                answer = _send_one(message_id, post, settings)
                sent += answer.fate is Fate.SENT
                if not answer.open:
                    break
    except Unreachable as error:
        for message_id in due:
            with work():
                rules.postpone(message_id, str(error))
    return sent


def _send_one(message_id: int, post: Post, settings: Settings) -> Answer:
    with work():
        claimed = rules.claim(message_id)
    if claimed is None:
        return Answer(Fate.LATER)
    recipient = queries.recipient_of(claimed)
    try:
        mail = letter.write(claimed, recipient, settings)
    except ValueError:
        answer = Answer(Fate.REFUSED, _("This is not an e-mail address."))
    else:
        db.session.rollback()  # no transaction stays open while the mail server thinks
        answer = post.send(mail, letter.sender(settings), recipient.address)
    with work():
        _settle(message_id, answer)
    return answer


def _settle(message_id: int, answer: Answer) -> None:
    settle: dict[Fate, Callable[[int, str], None]] = {
        Fate.LATER: rules.postpone,
        Fate.REFUSED: rules.reject,
        Fate.UNSURE: rules.lose,
    }
    if answer.fate is Fate.SENT:
        rules.confirm(message_id)
    else:
        settle[answer.fate](message_id, answer.reason)
