"""Pass a letter on, finish it, open it again, cancel its number."""

from __future__ import annotations

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.letters.models import Letter, LetterStep
from office.letters.states import LETTERS, Action, State
from office.people.models import Person


def pass_on(letter: Letter, person: Person, words: str, *, by: Viewer) -> None:
    """Pass a letter on to somebody, who is told.

    Refuses one that is done or cancelled, somebody who has left, and whoever holds it already.
    """
    target = LETTERS.target(State(letter.state), Action.PASS)
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left the office.", name=person.name), field="person")
    if letter.holder_id == person.id and letter.state == State.PASSED:
        raise Refusal(_("The letter lies with %(name)s already.", name=person.name), field="person")
    letter.state, letter.holder_id = target, person.id
    _step(letter, Action.PASS, words, by=by, person=person)
    audit.record("passed", letter, by=by, after={"holder": person.name_th, "words": words})
    with speaking(person.language):
        body = [_("From %(sender)s", sender=letter.sender)]
        if words:
            body.append(words)
        bookkeeping.send(
            kind="letter_passed",
            subject=_("A letter for you: %(subject)s", subject=letter.subject[:200]),
            body="\n".join(body),
            language=person.language,
            person_id=person.id,
            link=f"/letters/{letter.id}",
        )


def finish(letter: Letter, outcome: str, *, by: Viewer) -> None:
    """Write down what was done about a letter. Refuses an empty outcome and a closed letter."""
    target = LETTERS.target(State(letter.state), Action.FINISH)
    if not outcome.strip():
        raise Refusal(_("Please write what was done."), field="words")
    letter.state, letter.outcome = target, outcome.strip()[:500]
    _step(letter, Action.FINISH, letter.outcome, by=by)
    audit.record("finished", letter, by=by, after={"outcome": letter.outcome})


def reopen(letter: Letter, *, by: Viewer) -> None:
    """Open a letter again that was finished too soon; it waits to be passed on."""
    letter.state = LETTERS.target(State(letter.state), Action.REOPEN)
    audit.record("reopened", letter, by=by, before={"outcome": letter.outcome})
    letter.outcome = ""
    _step(letter, Action.REOPEN, "", by=by)


def cancel(letter: Letter, why: str, *, by: Viewer) -> None:
    """Cancel the number of a letter; the line stays in the register. Refuses without a reason."""
    target = LETTERS.target(State(letter.state), Action.CANCEL)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    letter.state, letter.cancelled_why = target, why.strip()[:300]
    _step(letter, Action.CANCEL, letter.cancelled_why, by=by)
    audit.record("cancelled", letter, by=by, after={"reason": letter.cancelled_why})


def _step(
    letter: Letter, act: Action, words: str, *, by: Viewer, person: Person | None = None
) -> None:
    db.session.add(
        LetterStep(
            letter_id=letter.id,
            act=act,
            at=clock.now(),
            by_name=by.name,
            person_id=person.id if person else None,
            words=words[:500],
        )
    )
