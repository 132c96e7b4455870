"""Which addresses show personal data of others or change rights, and whose data stands on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from assets.loans.models import Loan
from helpdesk.access_rights.models import AccessRight
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.requests.models import ServiceRequest
from helpdesk.tickets.models import Ticket
from kernel.db import db
from office.access_log import rules, witness
from office.access_log.states import Action
from office.access_log.witness import Watch
from office.cards.models import UserCard

READ = {
    "staff.person": ("person", "person_id"),
    "staff.people": ("person", ""),
    "staff.edit": ("person", "person_id"),
    "loans.person": ("person", "person_id"),
    "access_rights.person": ("person", "person_id"),
    "access_log.looks": ("person", "person_id"),
    "access_log.entries": ("access_entry", ""),
    "audit.entries": ("audit_entry", ""),
    "cards.overview": ("user_card", ""),
    "cards.card": ("user_card", "card_id"),
    "cards.photo": ("user_card", "card_id"),
    "cards.card_paper": ("user_card", "card_id"),
    "cards.request_paper": ("user_card", "card_id"),
    "tickets.show": ("ticket", "ticket_id"),
    "loans.loan": ("loan", "loan_id"),
    "requests.show": ("service_request", "request_id"),
    "incidents.incident": ("incident", "incident_id"),
    "privacy_requests.request_page": ("privacy_request", "request_id"),
}
RIGHTS = {
    "staff.grant": ("person", "person_id"),
    "staff.revoke": ("person", "person_id"),
    "staff.hire": ("person", ""),
    "staff.leave": ("person", "person_id"),
    "staff.come_back": ("person", "person_id"),
    "staff.password_link": ("person", "person_id"),
    "staff.sign_out_everywhere": ("person", "person_id"),
    "people.change_password": ("person", ""),
    "access_rights.grant": ("service_request", "request_id"),
    "access_rights.revoke": ("access_right", "right_id"),
    "access_rights.revoke_all": ("person", "person_id"),
    "access_rights.switch_off": ("access_right", "right_id"),
    "cards.revoke": ("user_card", "card_id"),
}
EXPORTED = {"privacy_requests.fetch": ("privacy_request", "request_id")}
# Whose data stands on the page of a thing.
OF_THING: dict[str, Any] = {
    "ticket": (Ticket.id, Ticket.reporter_id),
    "loan": (Loan.id, Loan.borrower_id),
    "service_request": (ServiceRequest.id, ServiceRequest.asker_id),
    "user_card": (UserCard.id, UserCard.person_id),
    "privacy_request": (PrivacyRequest.id, PrivacyRequest.person_id),
    "access_right": (AccessRight.id, AccessRight.person_id),
}


def fill() -> None:
    """Tell the access log; call it when the application is built."""
    witness.watch({name: Watch(Action.READ, *about) for name, about in READ.items()})
    witness.watch({name: Watch(Action.RIGHTS, *about) for name, about in RIGHTS.items()})
    witness.watch({name: Watch(Action.EXPORTED, *about) for name, about in EXPORTED.items()})
    for kind, (key, person) in OF_THING.items():
        rules.tell_concerned(kind, _asking(key, person))


def _asking(key: Any, person: Any) -> rules.Concerned:  # noqa: ANN401 - mapped columns
    def ask(ids: Sequence[int]) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        query = select(key, person).where(key.in_(ids), person.is_not(None))
        for thing_id, person_id in db.session.execute(query):
            found[thing_id].append(person_id)
        return found

    return ask
