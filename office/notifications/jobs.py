"""Delivery: one round over what waits, way by way.

Each delivery is claimed in one unit of work, sent outside of any, and settled in another. Whoever
is killed between the two leaves a row that is *being sent*: a later round asks a person about an
e-mail, and tries LINE and devices again, whose services recognise what they have taken before.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import requests
from flask import current_app

from config import Settings
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import work
from office.notifications import composing, queries, rounds
from office.notifications.models import Delivery, Hook
from office.notifications.rules import bounces, deliveries, devices, digests, hooks, routing
from office.notifications.states import Way
from office.notifications.ways import hook as hook_way
from office.notifications.ways import push as push_way
from office.notifications.ways.fates import Answer, Fate
from office.notifications.ways.line import Line
from office.notifications.ways.post import Post, Unreachable

A_ROUND = 200
MOST_EVENTS = 200
# RFC 3463: there is no such mailbox, domain or address; other refusals may be of this mail alone.
NO_SUCH_ADDRESS = re.compile(r"55\d 5\.1\.(?:1|2|3|6|10)\b")
Send = Callable[[Delivery], Answer]


def deliver() -> int:
    """Decide the ways of new messages and send what is due by e-mail; return how many left.

    Without a mail server, and for people without an address, messages stay in the inbox. They
    are not sent later when a mail server is set up: old news would only confuse.
    """
    with speaking("en"):
        rounds.route_new()
        _give_up_lost(Way.MAIL)
        due = queries.due_ids(Way.MAIL, A_ROUND)
        kept = {one: reason for one in due if (reason := _kept_back(one))}
        for delivery_id, reason in kept.items():
            with work():
                deliveries.store(delivery_id, reason)
        due = [one for one in due if one not in kept]
        return _send_mails(due, _settings()) if due else 0


def deliver_to_line() -> int:
    """Push what is due to bound LINE accounts, as many as the month still holds."""
    settings = _settings()
    with speaking("en"):
        _give_up_lost(Way.LINE)
        due = queries.due_ids(Way.LINE, A_ROUND)
        if not due:
            return 0
        if not settings.line_token:
            for one in due:
                _to_mail(one, _("LINE is not set up."))
            return 0
        line = Line(settings.line_url, settings.line_token)
        try:
            left = line.left_this_month()
        except (requests.RequestException, KeyError, ValueError) as error:
            for one in due:
                with work():
                    deliveries.postpone(one, f"{type(error).__name__}: {error}")
            return 0
        room = len(due) if left is None else left
        for one in due[room:]:
            _to_mail(one, _("The number of LINE messages of this month is used up."))

        def send(delivery: Delivery) -> Answer:
            user_id, text = composing.for_line(delivery, settings)
            key = delivery.retry_key
            db.session.rollback()  # no transaction stays open while LINE thinks
            return line.push(user_id, text, key) if user_id else Answer(Fate.GONE)

        return _send_each(due[:room], send)


def deliver_to_devices() -> int:
    """Wake the devices of people for whom something is due."""
    settings = _settings()
    with speaking("en"):
        _give_up_lost(Way.PUSH)

        def send(delivery: Delivery) -> Answer:
            to, note = composing.for_device(delivery, settings)
            device_id = delivery.device_id
            db.session.rollback()  # no transaction stays open while the push service thinks
            answer = push_way.push(
                to, note, secret_key=settings.secret_key, contact=composing.sender(settings)
            )
            if answer.fate is Fate.GONE and device_id:
                with work():
                    devices.gone(device_id)
            return answer

        return _send_each(queries.due_ids(Way.PUSH, A_ROUND), send)


def send_digests() -> int:
    """Write the digests that have come due; return how many."""
    rounds.route_new()
    written = 0
    for person_id in digests.due():
        with work():
            written += digests.collect(person_id)
    return written


def tell_hooks() -> int:
    """Tell other systems of acts, each in its order; return how many were told."""
    return sum(_tell_hook(hook_id) for hook_id in hooks.due())


def _tell_hook(hook_id: int) -> int:
    told = 0
    while told < MOST_EVENTS:
        with work():
            hook = db.session.get(Hook, hook_id)
            entry = hooks.next_entry(hook) if hook else None
            event = composing.for_hook(entry) if entry else None
            url, secret = (hook.url, hook.secret) if hook else ("", "")
        if event is None:
            return told
        answer = hook_way.tell(url, secret, event, timestamp=int(clock.now().timestamp()))
        with work():
            hook = db.session.get_one(Hook, hook_id)
            if answer.fate is not Fate.SENT:
                hooks.postpone(hook, answer.reason)
                return told
            hooks.told(hook, int(event["id"]))
        told += 1
    return told


def _kept_back(delivery_id: int) -> str:
    """Return why a message is left to the inbox alone, "" where it can be sent."""
    if not _settings().smtp_url:
        return _("No mail server is set up.")
    address = queries.recipient_of_id(delivery_id).address
    if not address:
        return _("The person has no e-mail address.")
    if bounces.reason_of(address):
        return _("E-mails to this address come back.")
    return ""


def _give_up_lost(way: Way) -> None:
    for delivery_id in queries.lost_ids(way):
        with work():
            deliveries.lose(
                delivery_id, _("The service stopped while this message was being sent.")
            )


def _send_mails(due: list[int], settings: Settings) -> int:
    try:
        with Post(settings.smtp_url) as post:

            def send(delivery: Delivery) -> Answer:
                try:
                    mail, address = composing.for_mail(delivery, settings)
                except ValueError:
                    return Answer(Fate.REFUSED, _("This is not an e-mail address."))
                db.session.rollback()  # no transaction stays open while the mail server thinks
                answer = post.send(mail, composing.sender(settings), address)
                if answer.fate is Fate.REFUSED and NO_SUCH_ADDRESS.match(answer.reason):
                    with work():
                        bounces.note(address, answer.reason)
                return answer

            return _send_each(due, send)
    except Unreachable as error:
        for delivery_id in due:
            with work():
                deliveries.postpone(delivery_id, str(error))
        return 0


def _send_each(due: list[int], send: Send) -> int:
    sent = 0
    for delivery_id in due:
        with work():
            claimed = deliveries.claim(delivery_id)
        if claimed is None:
            continue
        answer = send(claimed)
        if answer.fate is Fate.FULL:
            with work():
                deliveries.postpone(delivery_id, answer.reason)
            _to_mail(delivery_id, _("The number of LINE messages of this month is used up."))
            continue
        with work():
            _settle(delivery_id, answer)
        sent += answer.fate is Fate.SENT
        if not answer.open:
            break
    return sent


def _to_mail(delivery_id: int, reason: str) -> None:
    """Leave a way that is closed, and send the message by e-mail instead."""
    with work():
        if deliveries.store(delivery_id, reason):
            routing.add_mail(db.session.get_one(Delivery, delivery_id).message)


def _settle(delivery_id: int, answer: Answer) -> None:
    settle: dict[Fate, Callable[[int, str], None]] = {
        Fate.LATER: deliveries.postpone,
        Fate.REFUSED: deliveries.reject,
        Fate.GONE: deliveries.reject,
        Fate.UNSURE: deliveries.lose,
    }
    if answer.fate is Fate.SENT:
        deliveries.confirm(delivery_id)
    else:
        settle[answer.fate](delivery_id, answer.reason)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
