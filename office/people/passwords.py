"""Passwords: how they are hashed, and which ones are too easy to guess.

Hashing takes time on purpose, so doors hash and compare before they open a unit of work.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kernel import thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _

SHORTEST, LONGEST = 10, 200
FEWEST_DIFFERENT = 5
# argon2id with 19 MiB and two passes: eight sign-ins at once fit into a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    return HASHER.hash(_plain(password))


def chosen(password: str, again: str, *names: str) -> str:
    """Return the hash of a new password that was typed twice.

    Raises:
        Refusal: it is easy to guess (see ``check``), or the second one differs.
    """
    check(password, *names)
    if password != again:
        raise Refusal(_("The two passwords differ."), field="again")
    return hashed(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether this is the password.

    It takes as long for somebody without a password as for a wrong one, so that the answer does
    not tell who exists.
    """
    try:
        right = HASHER.verify(password_hash or _nobodys(), _plain(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def check(password: str, *names: str, field: str = "password") -> None:
    """Refuse a password that is easy to guess.

    Args:
        password: what the person chose.
        names: the person's names, user name, e-mail address and telephone number.
        field: the form field the sentence belongs to.

    Raises:
        Refusal: too short, too long, too few different characters, or it holds one of the names.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise Refusal(
            _("Use at least %(count)s characters; three or four words do well.", count=SHORTEST),
            field=field,
        )
    if len(plain) > LONGEST:
        raise Refusal(_("Use at most %(count)s characters.", count=LONGEST), field=field)
    if len(set(plain)) < FEWEST_DIFFERENT:
        raise Refusal(_("Use more different characters."), field=field)
    spoken = thai.search_key(plain).replace(" ", "")
    if any(part in spoken for name in names for part in _parts(name)):
        raise Refusal(
            _("Leave your name, e-mail address and telephone number out of the password."),
            field=field,
        )


def _parts(name: str) -> list[str]:
    """Return what is easy to guess of a name; parts of one to three letters say nothing."""
    words = thai.search_key(name).replace("@", " ").split()
    return [part for part in (*words, "".join(words)) if len(part) > 3]


def _plain(password: str) -> str:
    """Return the password as every keyboard writes it."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))
