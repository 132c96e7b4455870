"""The signed-in session: what the cookie holds of a person, and how it begins and ends."""

from __future__ import annotations

from flask import session
from flask_login import UserMixin, login_user, logout_user

from office.people.models import Person


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """What Flask-Login keeps: the person and the epoch of their sessions."""

    def __init__(self, person_id: int, epoch: int) -> None:
        self.person_id = person_id
        self.epoch = epoch

    def get_id(self) -> str:
        """Return what the cookie holds."""
        return f"{self.person_id}.{self.epoch}"

    @classmethod
    def from_cookie(cls, value: str) -> SignedIn | None:
        """Return the session named by a cookie, None where the cookie holds nonsense."""
        person, dot, epoch = value.partition(".")
        if not (dot and person.isdecimal() and epoch.isdecimal()):
            return None
        return cls(int(person), int(epoch))


def begin(person: Person) -> None:
    """Sign a person in with a new session, so that an older cookie is worth nothing."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(person.id, person.session_epoch))


def end() -> None:
    """Sign out here."""
    logout_user()
    session.clear()
