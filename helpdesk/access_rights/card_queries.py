"""Reading the register of systems: the list as it is narrowed, the card, risks and links of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from helpdesk.access_rights import queries
from helpdesk.access_rights.card_models import SystemCard, SystemLink, SystemRisk
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.states import BACK, Way
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db

TO_CHECK = "check"
HIGHEST_RISK = 10


@dataclass(frozen=True)
class Filter:
    """What the register is narrowed to; blanks ask for everything.

    Attributes:
        words: of the name, code, unit, platform or data.
        criticality: one level.
        show: ``personal`` data, ``risk`` from high up, or ``check`` for facts to look through.
    """

    words: str = ""
    criticality: str = ""
    show: str = ""


@dataclass(frozen=True)
class Line:
    """One system of the register: its card where it has one, its risks with the gravest first."""

    system: InformationSystem
    card: SystemCard | None
    risks: Sequence[SystemRisk]

    @property
    def score(self) -> int:
        """The score of the gravest risk, 0 where none is written down."""
        return max((one.score for one in self.risks), default=0)

    @property
    def to_check(self) -> bool:
        """The facts were never looked through, or not for as long as its reviews are apart."""
        return needs_check(self.system, self.card, clock.today())


@dataclass(frozen=True)
class Flow:
    """A link as it is seen from one system."""

    name: str
    system_id: int | None
    way: Way
    what: str


def needs_check(system: InformationSystem, card: SystemCard | None, today: date) -> bool:
    """Tell whether the facts of a system are to be looked through again."""
    if system.retired_on is not None:
        return False
    if card is None or card.checked_on is None:
        return True
    return card.checked_on + timedelta(days=30 * system.review_months) < today


def register(viewer: Viewer, wanted: Filter) -> list[Line]:
    """Return the systems that the viewer may read of, in Thai order.

    An office has some dozens of them, so the words are looked for here and not by the database.
    """
    found = queries.systems_cared_for(viewer)
    ids = [one.id for one in found]
    cards, risks = cards_of(ids), risks_of(ids)
    lines = [Line(one, cards.get(one.id), risks.get(one.id, [])) for one in found]
    return [line for line in lines if _fits(line, wanted)]


def _fits(line: Line, wanted: Filter) -> bool:
    card = line.card
    if wanted.criticality and (card is None or card.criticality != wanted.criticality):
        return False
    shown = {
        "personal": card is not None and card.personal_data,
        "risk": line.score >= HIGHEST_RISK,
        TO_CHECK: line.to_check,
    }
    if not shown.get(wanted.show, True):
        return False
    system = line.system
    about = [system.code, system.name_th, system.name_en, system.purpose, system.unit.name_th]
    about += [card.platform, card.data_held, card.users] if card is not None else []
    key = thai.search_key(" ".join(about))
    return all(word in key for word in thai.search_key(wanted.words).split())


def cards_of(system_ids: Sequence[int]) -> dict[int, SystemCard]:
    """Return the cards by system."""
    rows = db.session.scalars(
        select(SystemCard)
        .options(joinedload(SystemCard.vendor))
        .where(SystemCard.system_id.in_(system_ids))
    )
    return {one.system_id: one for one in rows}


def risks_of(system_ids: Sequence[int]) -> dict[int, list[SystemRisk]]:
    """Return the risks by system, the gravest first."""
    found: dict[int, list[SystemRisk]] = {}
    rows = db.session.scalars(
        select(SystemRisk)
        .where(SystemRisk.system_id.in_(system_ids))
        .order_by((SystemRisk.likelihood * SystemRisk.impact).desc(), SystemRisk.id)
    )
    for one in rows:
        found.setdefault(one.system_id, []).append(one)
    return found


def links_of(system_id: int) -> Sequence[SystemLink]:
    """Return the links that are written on the card of a system."""
    return db.session.scalars(
        select(SystemLink).where(SystemLink.system_id == system_id).order_by(SystemLink.id)
    ).all()


def flows_of(system_ids: Sequence[int]) -> dict[int, list[Flow]]:
    """Return by system where data come from and go to, also as other cards tell it."""
    found: dict[int, list[Flow]] = {one: [] for one in system_ids}
    rows = db.session.scalars(
        select(SystemLink)
        .options(joinedload(SystemLink.system), joinedload(SystemLink.other))
        .where(or_(SystemLink.system_id.in_(system_ids), SystemLink.other_id.in_(system_ids)))
        .order_by(SystemLink.id)
    )
    for link in rows:
        if link.system_id in found:
            name = link.other.name if link.other is not None else link.other_name
            found[link.system_id].append(Flow(name, link.other_id, Way(link.way), link.what))
        if link.other_id is not None and link.other_id in found:
            back = BACK[Way(link.way)]
            found[link.other_id].append(Flow(link.system.name, link.system_id, back, link.what))
    return found
