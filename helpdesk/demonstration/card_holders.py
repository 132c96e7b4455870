"""User cards in the demonstration: valid, lost and replaced, printed, waiting, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw
from sqlalchemy import select

from helpdesk.demonstration import script
from helpdesk.demonstration.borrowings import acting, asked
from helpdesk.demonstration.cast import ICT_GROUP, NARRATOR, SCHOOL, Cast
from helpdesk.demonstration.diary import Diary
from kernel import clock
from kernel.db import db
from kernel.files import store
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.cards import portrait
from office.cards.models import UserCard
from office.cards.rules import designing, issuing, requesting
from office.cards.rules.designing import Look
from office.cards.rules.requesting import Draft
from office.cards.states import Reason, StaffKind, State
from office.people import rules as people
from office.people.access import Role
from office.places.models import Unit

PRINTER = "admin"
# How far each card has come today; whoever stands here twice has a second one.
FATES = (
    ("technician", "valid"),
    ("coordinator", "valid"),
    ("teacher", "lost"),
    ("teacher", "valid"),
    ("wit", "revoked"),
    ("khwan01", "printed"),
    ("nok", "approved"),
    ("kamon01", "waiting"),
)
SKIN, HAIR, WALL = "#d8b394", "#3a302b", "#d9e4ee"
SHIRTS = ("#4f7cac", "#7a5c8e", "#3f7f6b", "#a0673c", "#5b6b7a")
SIZE = (600, 800)


@dataclass
class CardHolders:
    """Plans the requests for cards, and what becomes of them."""

    cast: Cast
    diary: Diary

    def plan(self, start: datetime) -> None:
        """Let one ask every other week from a moment on; those that wait still, on the last day."""
        self.diary.plan(start, self._prepare)
        for number, (name, fate) in enumerate(FATES):
            open_still = fate in ("waiting", "approved", "printed")
            at = self.diary.end - timedelta(hours=3) if open_still else start + _weeks(2 * number)
            self.diary.plan(at, partial(self._ask, name, fate))

    def _prepare(self) -> None:
        """Name the head of the group, who signs for its people, and choose the school's look."""
        group = self.cast.units[ICT_GROUP]
        people.grant(self.cast.person("approver"), Role.APPROVER, group, by=NARRATOR)
        look = Look("#1f4e4a", "#ffffff", "", script.phrases("card_rules")[0], valid_years=4)
        school = db.session.get_one(Unit, self.cast.units[SCHOOL])
        designing.design(school, look, by=self.cast.viewer("coordinator"))

    def _ask(self, name: str, fate: str) -> None:
        person = self.cast.person(name)
        last = db.session.scalars(
            select(UserCard.state).where(UserCard.person_id == person.id).order_by(UserCard.id)
        ).all()
        photo = _face(SHIRTS[self.cast.ids[name] % len(SHIRTS)])
        draft = Draft(
            reason=Reason.LOST if State.LOST in last else Reason.FIRST,
            staff_kind=StaffKind.CIVIL_SERVANT,
            name_th=person.name_th,
            name_en=person.name_en,
            position=person.position,
            photo_key=store().put(photo.jpeg, "jpg"),
            thumbnail_key=store().put(photo.thumbnail, "jpg"),
        )
        card = requesting.request(person, draft, by=self.cast.viewer(name))
        if fate != "waiting":
            db.session.flush()  # what happens next knows the card by its id
            self.diary.plan(clock.now(), partial(self._approve, card.id, fate))

    def _approve(self, card_id: int, fate: str) -> None:
        card = db.session.get_one(UserCard, card_id)
        approval = db.session.get_one(Approval, card.approval_id)
        signing.approve(approval, by=acting(asked(approval)))
        if fate != "approved":
            self.diary.plan(clock.now(), partial(self._make, card_id, fate))

    def _make(self, card_id: int, fate: str) -> None:
        card, by = db.session.get_one(UserCard, card_id), self.cast.viewer(PRINTER)
        issuing.print_cards([card], by=by)
        if fate == "printed":
            return
        issuing.hand_over(card, by=by)
        if fate == "lost":
            issuing.report_lost(card, by=self.cast.viewer("teacher"))
        if fate == "revoked":
            issuing.revoke(card, script.phrases("card_revoked")[0], by=by)


def _weeks(number: int) -> timedelta:
    return timedelta(weeks=number)


def _face(shirt: str) -> portrait.Portrait:
    """Draw somebody who does not exist."""
    picture = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 560, 540, 1100), shirt)
    draw.rectangle((255, 470, 345, 600), SKIN)
    draw.ellipse((165, 150, 435, 470), HAIR)
    draw.ellipse((190, 200, 410, 510), SKIN)
    sent = BytesIO()
    picture.save(sent, "PNG")
    sent.seek(0)
    return portrait.portrait(sent, "drawing.png")
