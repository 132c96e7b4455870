"""Ask for a copy or for erasure; answer, refuse, propose and carry out by two people."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from helpdesk.privacy_requests import erasing, queries
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import ANSWER_DAYS, FILE_DAYS, TABLES, Action, Kind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

SERIES = "ขส."
SHORTEST = 10


def ask(kind: Kind, words: str, *, by: Viewer) -> PrivacyRequest:
    """Ask about the own data; answered within 30 days (section 30).

    Refuses a second open request of the same kind.
    """
    return _entered(
        PrivacyRequest(kind=kind, person_id=by.id, words=words.strip(), **_begun(by)), by=by
    )


def ask_for_guest(
    kind: Kind, typed: str, recognised: str, words: str, *, by: Viewer
) -> PrivacyRequest:
    """Write down what a guest asks.

    Args:
        kind: of request.
        typed: a tracking link, the number of a ticket, a telephone number or an e-mail address.
        recognised: how the guest was recognised, at least ten letters.
        words: what the guest wrote.
        by: who writes it down.

    Refuses a contact that nobody left, and without saying how the guest was recognised.
    """
    contact = queries.contact_of_link(typed)
    if not contact or not queries.is_known(contact):
        raise Refusal(_("Nobody left this contact on a report."), field="contact")
    if len(recognised.strip()) < SHORTEST:
        raise Refusal(
            _("Please say in at least ten letters how the guest was recognised."),
            field="recognised",
        )
    made = PrivacyRequest(
        kind=kind,
        contact=contact,
        recognised=recognised.strip(),
        words=words.strip(),
        **_begun(by),
    )
    return _entered(made, by=by)


def ask_for_person(
    kind: Kind, person: Person, recognised: str, words: str, *, by: Viewer
) -> PrivacyRequest:
    """Write down what a person asks who cannot sign in any more.

    Refuses without saying how the person was recognised, and a second open request of the kind.
    """
    if len(recognised.strip()) < SHORTEST:
        raise Refusal(
            _("Please say in at least ten letters how the guest was recognised."),
            field="recognised",
        )
    made = PrivacyRequest(
        kind=kind,
        person_id=person.id,
        recognised=recognised.strip(),
        words=words.strip(),
        **_begun(by),
    )
    return _entered(made, by=by)


def _begun(by: Viewer) -> dict[str, object]:
    return {
        "number": bookkeeping.next_number(SERIES),
        "asked_at": clock.now(),
        "due_on": clock.today() + timedelta(days=ANSWER_DAYS),
        "entered_by_id": by.id,
        "state": State.ASKED,
    }


def _entered(made: PrivacyRequest, *, by: Viewer) -> PrivacyRequest:
    db.session.add(made)
    try:
        db.session.flush()  # the database says whether one of the kind is open already
    except IntegrityError as error:
        if violates(error, "uq_privacy_request_open", "privacy_request.person_id"):
            raise Refusal(_("There is an open request of this kind already.")) from error
        raise
    audit.record("asked", made, by=by, after={"number": made.number, "kind": made.kind})
    return made


def answer_copy(request: PrivacyRequest, file_key: str, *, by: Viewer) -> None:
    """Keep a prepared copy for 30 days; the request is answered.

    Args:
        request: for a copy.
        file_key: of the ZIP in the store.
        by: the person, or who answers for a guest.
    """
    request.state = TABLES[Kind.COPY].target(request.state, Action.PREPARE)
    request.decided_by_id, request.decided_at = by.id, clock.now()
    request.file_key = file_key
    request.file_until = clock.today() + timedelta(days=FILE_DAYS)
    audit.record("prepared", request, by=by, after={"number": request.number})


def refuse(request: PrivacyRequest, answer: str, *, by: Viewer) -> None:
    """Refuse a request with the ground of it, at least ten letters."""
    state = TABLES[Kind(request.kind)].target(request.state, Action.REFUSE)
    if len(answer.strip()) < SHORTEST:
        raise Refusal(_("Please give the reason in at least ten letters."), field="words")
    request.state, request.answer = state, answer.strip()
    request.proposed_by_id = request.proposed_at = None
    request.decided_by_id, request.decided_at = by.id, clock.now()
    audit.record("refused", request, by=by, after={"reason": request.answer})


def propose(request: PrivacyRequest, *, by: Viewer) -> None:
    """Propose to erase, after a look at what goes and what stays.

    Refuses while something is in the way: the person works here, holds loans or equipment.
    """
    state = TABLES[Kind.ERASE].target(request.state, Action.PROPOSE)
    _check_free(request)
    request.state, request.proposed_by_id, request.proposed_at = state, by.id, clock.now()
    audit.record("proposed", request, by=by, after={"number": request.number})


def take_back(request: PrivacyRequest, *, by: Viewer) -> None:
    """Take a proposal back."""
    request.state = TABLES[Kind.ERASE].target(request.state, Action.TAKE_BACK)
    request.proposed_by_id = request.proposed_at = None
    audit.record("recalled", request, by=by, after={"number": request.number})


def carry_out(request: PrivacyRequest, *, by: Viewer) -> int:
    """Erase what was proposed; cannot be undone. Return how many places were changed.

    Refuses whoever proposed it and the person it is about (two people), and while something is in
    the way.
    """
    state = TABLES[Kind.ERASE].target(request.state, Action.CARRY_OUT)
    if by.id in (request.proposed_by_id, request.person_id):
        raise NotAllowed(_("A second person carries this out: not who proposed or asked for it."))
    _check_free(request)
    count = erasing.erase(request)
    request.state, request.replaced, request.contact = state, count, ""
    request.decided_by_id, request.decided_at = by.id, clock.now()
    audit.record("erased", request, by=by, after={"number": request.number, "replaced": count})
    return count


def _check_free(request: PrivacyRequest) -> None:
    found = erasing.obstacles(request)
    if found:
        raise Refusal(" ".join(found))


def forget_copy(request: PrivacyRequest) -> None:
    """Let go of a prepared copy; its bytes go with the nightly tidying."""
    request.file_key, request.file_until = "", None
