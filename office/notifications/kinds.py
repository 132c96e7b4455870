"""What messages are about, in the groups that a person chooses by.

A message's kind begins with the name of its group: ``loan_due`` is about loans. Kinds come from
every room of the house, so they are recognised by that beginning and need no list of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kernel.i18n import lazy_gettext as _l
from office.bookkeeping.models import OutgoingMessage


@dataclass(frozen=True)
class Group:
    """Messages that are chosen together.

    ``urgent`` ones go to LINE by default where a person has bound it: the number of messages a
    month is small, so only what waits for the person is worth one.
    """

    name: str
    label: Any
    beginnings: tuple[str, ...]
    urgent: bool = False


GROUPS = (
    Group(
        "approvals",
        _l("What waits for my approval, and what became of what I asked for"),
        ("approval",),
        urgent=True,
    ),
    Group("tickets", _l("Repairs and advice"), ("ticket", "article"), urgent=True),
    Group("loans", _l("Loans and reservations"), ("loan",), urgent=True),
    Group(
        "things",
        _l("Equipment in my name: handovers, transfers, inspection, disposal"),
        ("transfer", "handover", "count", "disposal"),
    ),
    Group(
        "care",
        _l("Maintenance, stock, licences and warranties"),
        ("service", "maintenance", "stock", "licence", "warranty", "purchase"),
    ),
    Group("requests", _l("Requests and access rights"), ("request", "access")),
    Group(
        "security",
        _l("Security incidents and rights of people over their data"),
        ("incident", "privacy"),
        urgent=True,
    ),
    Group("cards", _l("User cards"), ("card",)),
    Group(
        "programmes",
        _l("Projects, trainings and surveys"),
        ("programme", "training", "survey", "study", "meeting"),
    ),
    Group("others", _l("Everything else"), ()),
)
BY_NAME = {group.name: group for group in GROUPS}
# These are for the e-mail alone, at once, whatever a person has chosen: they open the own account.
ACCOUNT_KINDS = ("password_link",)
# One message that tells of several others; it is no message of its own in the inbox.
DIGEST = "digest"


def group_of(kind: str) -> Group:
    """Return the group that a kind of message belongs to."""
    for group in GROUPS:
        if kind.startswith(group.beginnings) and group.beginnings:
            return group
    return BY_NAME["others"]


# Their link is a secret that works once; it goes when nobody needs it any more. Our own pages, and
# every way but the e-mail, show the plain page instead: whoever reads it there is signed in.
PLAIN_PAGES = {"password_link": "", "approval_waiting": "/approvals"}


def link_of(message: OutgoingMessage) -> str:
    """Return the page to open from anywhere but the e-mail: a secret is for the e-mail alone."""
    return PLAIN_PAGES.get(message.kind, message.link)


def forget_secret(message: OutgoingMessage) -> None:
    """Let go of a link that is a secret, once the e-mail has left or never will."""
    if message.kind in PLAIN_PAGES:
        message.link = PLAIN_PAGES[message.kind]
