"""The card of a system: what it holds, who uses it, its risks and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from assets.vendors.models import Vendor
from helpdesk.access_rights.card_models import SystemCard, SystemLink, SystemRisk
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.states import Criticality, Data, Treatment, Way, Whose
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_ROWS = 40
GRADES = range(1, 6)


@dataclass(frozen=True)
class RiskDraft:
    """A risk with likelihood and impact from 1 to 5."""

    risk: str
    likelihood: int
    impact: int
    treatment: Treatment
    plan: str = ""


@dataclass(frozen=True)
class LinkDraft:
    """A link to a system of the register, or to another one by its name."""

    other_id: int | None
    other_name: str
    way: Way
    what: str = ""


@dataclass(frozen=True)
class CardDraft:
    """What is written on the card of a system."""

    whose: Whose
    criticality: Criticality
    data_held: str
    personal_data: bool
    data_kinds: Sequence[Data]
    users: str
    decides: str
    platform: str
    vendor_id: int | None
    risks: Sequence[RiskDraft] = ()
    links: Sequence[LinkDraft] = ()


def describe(system: InformationSystem, draft: CardDraft, *, by: Viewer) -> SystemCard:
    """Write the card of a system, with its risks and links.

    Refuses personal data without their kinds and kinds without personal data, an unknown vendor,
    a likelihood or impact outside 1 to 5, and a link to itself, to nothing or to the same twice.
    """
    _check(system, draft)
    lock(system)
    card = db.session.get(SystemCard, system.id)
    if card is None:
        card = SystemCard(system_id=system.id)
        db.session.add(card)
    for name in ("whose", "criticality", "personal_data", "vendor_id"):
        setattr(card, name, getattr(draft, name))
    for name in ("data_held", "users", "decides", "platform"):
        setattr(card, name, getattr(draft, name).strip())
    card.data_kinds = [str(one) for one in draft.data_kinds]
    flag_modified(card, "whose")  # risks lie in another table; the version tells of them too
    _put_rows(system, draft)
    audit.record("described", system, by=by, after=_told(card, draft))
    return card


def confirm(system: InformationSystem, *, by: Viewer) -> None:
    """Say that everything on the card is right today; refuses a system without a card."""
    card = db.session.get(SystemCard, system.id)
    if card is None:
        raise Refusal(_("Please describe the system first."))
    card.checked_on = clock.today()
    audit.record("confirmed", system, by=by, after={"checked_on": card.checked_on})


def lock(system: InformationSystem) -> None:
    """Let nobody else write on the card until the unit of work ends."""
    db.session.execute(
        select(InformationSystem.id).where(InformationSystem.id == system.id).with_for_update()
    )


def _put_rows(system: InformationSystem, draft: CardDraft) -> None:
    for model in (SystemRisk, SystemLink):
        db.session.execute(delete(model).where(model.system_id == system.id))
    for risk in draft.risks:
        db.session.add(
            SystemRisk(
                system_id=system.id,
                risk=risk.risk.strip(),
                likelihood=risk.likelihood,
                impact=risk.impact,
                treatment=risk.treatment,
                plan=risk.plan.strip(),
            )
        )
    for link in draft.links:
        db.session.add(
            SystemLink(
                system_id=system.id,
                other_id=link.other_id,
                other_name="" if link.other_id else link.other_name.strip(),
                way=link.way,
                what=link.what.strip(),
            )
        )


def _check(system: InformationSystem, draft: CardDraft) -> None:
    if draft.personal_data and not draft.data_kinds:
        raise Refusal(_("Please tick which personal data it holds."), field="data_kinds")
    if draft.data_kinds and not draft.personal_data:
        raise Refusal(
            _("Kinds of personal data are ticked: say that it holds them."), field="personal_data"
        )
    if draft.vendor_id is not None and db.session.get(Vendor, draft.vendor_id) is None:
        raise Refusal(_("Not a valid choice."), field="vendor_id")
    if max(len(draft.risks), len(draft.links)) > MOST_ROWS:
        raise Refusal(_("At most %(most)s lines.", most=MOST_ROWS))
    for risk in draft.risks:
        if not risk.risk.strip():
            raise Refusal(_("Please write what the risk is."))
        if risk.likelihood not in GRADES or risk.impact not in GRADES:
            raise Refusal(_("Likelihood and impact go from 1 to 5."))
    _check_links(system, draft.links)


def _check_links(system: InformationSystem, links: Sequence[LinkDraft]) -> None:
    seen = set()
    for link in links:
        if link.other_id is None and not link.other_name.strip():
            raise Refusal(_("Please name the other system of each link."))
        if link.other_id is not None and db.session.get(InformationSystem, link.other_id) is None:
            raise Refusal(_("Not a valid choice."))
        if link.other_id == system.id:
            raise Refusal(_("A system is not linked to itself."))
        other = link.other_id or link.other_name.strip()
        if other in seen:
            raise Refusal(_("The same system is linked twice. Write both flows in one line."))
        seen.add(other)


def _told(card: SystemCard, draft: CardDraft) -> dict[str, object]:
    names = ("whose", "criticality", "data_held", "personal_data", "data_kinds", "users")
    told: dict[str, object] = {name: getattr(card, name) for name in names}
    told |= {name: getattr(card, name) for name in ("decides", "platform", "vendor_id")}
    told["risks"] = [f"{one.risk} ({one.likelihood} × {one.impact})" for one in draft.risks]
    told["links"] = [f"{one.other_name or one.other_id} ({one.way})" for one in draft.links]
    return told
