"""The verbs of keys: sign in, change a password, one-time links, the first start's link.

Secrets are random and kept as hashes. Whatever hashes a password happens before the unit of work.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Gone, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people import queries
from office.people.models import PasswordLink, Person

LINK_LIVES = timedelta(hours=48)
WINDOW_SECONDS = 15 * 60
TRIES_OF_ACCOUNT = 10
# A whole school signs in from one address.
TRIES_OF_ADDRESS = 300
LINKS_OF_ACCOUNT = 3
LINKS_OF_ADDRESS = 60


def count_sign_in_from(address: str) -> None:
    """Count a try to sign in from an address; in a unit of work of its own."""
    bookkeeping.count_try(
        f"sign-in from {address}",
        most=TRIES_OF_ADDRESS,
        seconds=WINDOW_SECONDS,
        sentence=_("Too many tries from this network. Please wait 15 minutes and try again."),
    )


def count_sign_in_as(typed: str) -> None:
    """Count a try to sign in to an account, known or not; in a unit of work of its own."""
    bookkeeping.count_try(
        _account_bucket(typed),
        most=TRIES_OF_ACCOUNT,
        seconds=WINDOW_SECONDS,
        sentence=_("Too many tries for this account. Please wait 15 minutes and try again."),
    )


def count_forgotten(typed: str, address: str) -> None:
    """Count a request for a password link; in a unit of work of its own."""
    sentence = _("Too many requests for a link. Please wait an hour and try again.")
    for bucket, most in (
        (f"forgotten from {address}", LINKS_OF_ADDRESS),
        (f"forgotten {_digest(thai.search_key(typed))}", LINKS_OF_ACCOUNT),
    ):
        bookkeeping.count_try(bucket, most=most, seconds=3600, sentence=sentence)


def sign_in(person: Person, typed: str) -> None:
    """Write down that a person whose password was right signs in, and forget the wrong tries.

    Refuses for a person who has left meanwhile.
    """
    if person.left_on is not None:
        raise Refusal(wrong_password())
    bookkeeping.forget_tries(_account_bucket(typed))
    touch = update(Person).where(Person.id == person.id).values(seen_at=clock.now())
    db.session.execute(touch.execution_options(synchronize_session=False))
    audit.record("signed_in", person, by=himself(person))


def wrong_password() -> str:
    """Return the one sentence for an unknown account and for a wrong password."""
    return _("The name or the password is not right.")


def sign_out_everywhere(person: Person, *, by: Viewer) -> None:
    """End every session of a person."""
    person.session_epoch += 1
    audit.record("signed_out_everywhere", person, by=by)


def set_password(person: Person, password_hash: str, *, by: Viewer) -> None:
    """Set a password (argon2id hash); every session ends and every open link dies."""
    person.password_hash = password_hash
    person.session_epoch += 1
    db.session.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person.id, PasswordLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    audit.record("set_password", person, by=by)


def issue_password_link(person: Person, *, by: Viewer) -> str:
    """Make a one-time link for a person and return its secret; it lives for 48 hours.

    Refuses for who has left, and for a person who has no name to sign in with.
    """
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name))
    if not (person.username or person.email):
        raise Refusal(
            _("Give this person a user name or an e-mail address first; they sign in with it.")
        )
    secret = _new_link(person.id)
    audit.record("issued_password_link", person, by=by)
    return secret


def send_password_link(person: Person, path: str) -> None:
    """Leave a message with a link for a person who has an e-mail address.

    Args:
        person: the recipient.
        path: of the page that takes the secret.
    """
    with speaking(person.language):
        bookkeeping.send(
            kind="password_link",
            subject=_("Set your password"),
            body=_(
                "Hello %(name)s,\n\nopen the link below to set your password. It works once, "
                "within 48 hours. If you did not ask for it, you need not do anything.",
                name=person.name,
            ),
            language=person.language,
            person_id=person.id,
            link=path,
        )


def use_password_link(secret: str, password_hash: str) -> Person:
    """Set a password by a link and return whose it is; of two who use it at once one wins.

    Raises:
        Gone: the link was used, is too old, or never was.
    """
    found = queries.by_link(_digest(secret))
    if found is None or found[1] is None or not _spend(found[0].id):
        raise Gone(dead_link())
    set_password(found[1], password_hash, by=himself(found[1]))
    return found[1]


def link_owner(secret: str) -> Person:
    """Return whose password a link sets.

    Raises:
        Gone: the link was used, is too old, or never was.
    """
    found = queries.by_link(_digest(secret))
    if found is None or found[1] is None:
        raise Gone(dead_link())
    return found[1]


def dead_link() -> str:
    """Return the sentence for a link that sets nothing any more."""
    return _("This link was used already or is too old. Please ask for a new one.")


def new_first_start() -> str:
    """Make the secret of a first start's link; an earlier unused one dies."""
    db.session.execute(delete(PasswordLink).where(PasswordLink.person_id.is_(None)))
    return _new_link(None)


def check_first_start(secret: str) -> None:
    """Refuse a first start's link that is dead, or where there is an administrator.

    Raises:
        Gone: it makes no administrator any more.
    """
    if queries.has_administrator():
        raise Gone(_("There is an administrator already. Please sign in."))
    found = queries.by_link(_digest(secret))
    if found is None or found[1] is not None:
        raise Gone(
            _("This link makes no administrator any more. Start the service again for a new one.")
        )


def use_first_start(secret: str) -> None:
    """Spend a first start's link; of two who use it at once one wins.

    Raises:
        Gone: it makes no administrator any more.
    """
    check_first_start(secret)
    found = queries.by_link(_digest(secret))
    if found is None or not _spend(found[0].id):
        raise Gone(dead_link())


def himself(person: Person) -> Viewer:
    """Return a person as the one who acts, for doors that nobody is signed in at yet."""
    return Viewer(id=person.id, name=person.name_th)


def _new_link(person_id: int | None) -> str:
    secret = secrets.token_urlsafe(32)
    db.session.add(
        PasswordLink(
            person_id=person_id,
            secret_hash=_digest(secret),
            expires_at=clock.now() + LINK_LIVES,
        )
    )
    return secret


def _spend(link_id: int) -> bool:
    spent = db.session.execute(
        update(PasswordLink)
        .where(PasswordLink.id == link_id, PasswordLink.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", spent).rowcount == 1


def _account_bucket(typed: str) -> str:
    return f"sign-in as {_digest(thai.search_key(typed))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
