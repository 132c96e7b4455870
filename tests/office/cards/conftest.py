"""What the tests of user cards share: the cast with the head of the school, and ready cards."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from PIL import Image

from kernel.db import db
from kernel.files import store
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.cards.models import UserCard
from office.cards.rules import issuing, requesting
from office.cards.rules.requesting import Draft
from office.cards.states import Reason, StaffKind
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import make_person, viewer_for


def face_bytes(size: tuple[int, int] = (600, 800), colour: str = "teal") -> bytes:
    """Return a photo whose upper half is white."""
    image = Image.new("RGB", size, colour)
    image.paste("white", (0, 0, size[0], size[1] // 2))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def draft(person: Person, reason: Reason = Reason.FIRST, **changes: str) -> Draft:
    """Return a request as a person would fill it in."""
    key = store().put(face_bytes(), "jpg")
    fields = {
        "name_th": person.name_th,
        "name_en": person.name_en,
        "position": "ครู",
        "photo_key": key,
        "thumbnail_key": key,
        **changes,
    }
    return Draft(reason=reason, staff_kind=StaffKind.CIVIL_SERVANT, **fields)


@dataclass(frozen=True)
class Cards:
    """The people of the stories and the verbs of a card's life, each in its own unit of work."""

    cast: Cast
    malee: Person
    head: Person
    kanda: Person

    def ask(self, person: Person, reason: Reason = Reason.FIRST, **changes: str) -> UserCard:
        """Ask for a card as its holder."""
        wanted = draft(person, reason, **changes)
        with work():
            return requesting.request(
                db.session.get_one(Person, person.id), wanted, by=viewer_for(person)
            )

    def approve(self, card: UserCard) -> UserCard:
        """Let the head of the school sign."""
        card_id = card.id
        with work():
            approval = db.session.get_one(Approval, card.approval_id)
            signing.approve(approval, by=viewer_for(self.head))
        return db.session.get_one(UserCard, card_id)

    def act(self, verb: Callable[..., object], card: UserCard, *args: object) -> UserCard:
        """Do one act as the administrator."""
        card_id, by = card.id, viewer_for(self.cast.admin)
        with work():
            verb(db.session.get_one(UserCard, card_id), *args, by=by)
        return db.session.get_one(UserCard, card_id)

    def printed(self, person: Person, reason: Reason = Reason.FIRST, **changes: str) -> UserCard:
        """Return a card that is printed."""
        card = self.approve(self.ask(person, reason, **changes))
        return self.act(lambda one, by: issuing.print_cards([one], by=by), card)

    def valid(self, person: Person, reason: Reason = Reason.FIRST, **changes: str) -> UserCard:
        """Return a card that is in the hand of its holder."""
        return self.act(issuing.hand_over, self.printed(person, reason, **changes))


@pytest.fixture
def cards(app: Flask, clock: Clock) -> Cards:
    """Everybody who takes part: Malee of the school, its head, its coordinator Kanda."""
    cast = make_cast()
    head = make_person(
        Role.APPROVER,
        unit=cast.school,
        over=cast.school,
        name_th="สมหญิง หัวหน้าตัวอย่าง",
        position="ผู้อำนวยการโรงเรียน",
    )
    return Cards(cast, cast.malee, head, cast.kanda)
