"""Binding a LINE account by a code that works once, and letting it go."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit
from office.notifications.models import LineAccount, LineCode
from office.people.models import Person

CODE_LASTS = timedelta(minutes=15)
# Without 0 and O, 1 and I: a person copies it from a screen to a phone.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8


def new_code(*, by: Viewer) -> str:
    """Return a fresh code for the viewer, good for a quarter of an hour; an older one is void."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    db.session.execute(delete(LineCode).where(LineCode.person_id == by.id))
    db.session.add(
        LineCode(person_id=by.id, code_hash=_hash(code), expires_at=clock.now() + CODE_LASTS)
    )
    return code


def bind(typed: str, user_id: str) -> Person | None:
    """Bind the LINE account that sent a code to the person whose code it is.

    Returns:
        the person, None where the text is no code that is good now. The code is spent either way
        it is used; an account that was bound to somebody else changes over.
    """
    code = db.session.scalar(
        select(LineCode).where(LineCode.code_hash == _hash(typed)).with_for_update()
    )
    if code is None or code.expires_at <= clock.now():
        return None
    person = db.session.get_one(Person, code.person_id)
    db.session.delete(code)
    if person.left_on is not None:
        return None
    db.session.execute(
        delete(LineAccount).where(
            (LineAccount.user_id == user_id) | (LineAccount.person_id == person.id)
        )
    )
    account = LineAccount(person_id=person.id, user_id=user_id, bound_at=clock.now())
    db.session.add(account)
    audit.record("bound_line", person, by=Viewer(id=person.id, name=person.name_th))
    return person


def unbind(*, by: Viewer) -> None:
    """Let go of the viewer's LINE account; nothing is sent there any more."""
    account = db.session.get(LineAccount, by.id)
    if account is not None:
        audit.record("unbound_line", account.person, by=by)
        db.session.delete(account)


def forget(user_id: str) -> None:
    """Let go of an account whose owner has blocked the office's."""
    account = db.session.scalar(select(LineAccount).where(LineAccount.user_id == user_id))
    if account is not None:
        audit.record("unbound_line", account.person, by=Viewer(name="LINE"))
        db.session.delete(account)


def _hash(code: str) -> str:
    plain = "".join(code.split()).replace("-", "").upper()
    return hashlib.sha256(plain.encode()).hexdigest()
