"""What cards tell the engine of approvals: their two kinds, and what happens when it is decided.

One card asks the head of the holder's unit; the cards of a whole school ask once for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.approvals import kinds, queries
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.states import Place
from office.cards.models import CardBatch, UserCard
from office.cards.queries import cards_of_batch
from office.cards.rules import bulk, issuing, requesting
from office.cards.states import REASONS, STAFF_KINDS, BatchState, Reason, StaffKind, State
from office.papers import rules as papers
from office.people.models import Person
from office.places.models import Unit

PAPER = "card_request"
HEAD = StepPlan("หัวหน้าหน่วยงาน", "Head of the unit", Place.OWN_UNIT)


def register() -> None:
    """Make both kinds known to the engine."""
    kinds.register(
        Kind(
            key=requesting.KIND,
            label=_l("User card"),
            facts=_facts,
            title=lambda content, _kept: _("User card of %(name)s", name=content["name_th"]),
            page=lambda card_id: f"/cards/{card_id}",
            first_path=(HEAD,),
            approved=_approved,
            rejected=_rejected,
            recalled=_withdrawn,
            voided=_withdrawn,
        )
    )
    kinds.register(
        Kind(
            key=bulk.KIND,
            label=_l("User cards of a whole unit"),
            facts=_batch_facts,
            title=_batch_title,
            page=lambda batch_id: f"/cards/batches/{batch_id}",
            first_path=(HEAD,),
            approved=_batch_approved,
            rejected=_batch_ended,
            recalled=_batch_ended,
            voided=_batch_ended,
        )
    )


def _facts(content: Content) -> Sequence[tuple[str, str]]:
    return [
        (_("Name"), _named(content)),
        (_("Position"), str(content["position"])),
        (_("Type of staff"), str(STAFF_KINDS[StaffKind(content["staff_kind"])])),
        (_("Why a card is needed"), str(REASONS[Reason(content["reason"])])),
    ]


def _named(content: Content) -> str:
    both = (content["name_th"], content["name_en"])
    return " · ".join(str(name) for name in both if name)


def _batch_facts(content: Content) -> Sequence[tuple[str, str]]:
    cards: list[dict[str, Any]] = list(content["cards"])
    names = ", ".join(str(card["name_th"]) for card in cards)
    return [(_("Cards"), str(len(cards))), (_("Names"), names)]


def _batch_title(content: Content, kept: str) -> str:
    unit = db.session.get(Unit, content["unit_id"])
    if unit is None:
        return kept
    return _("%(number)s user cards of %(unit)s", number=len(content["cards"]), unit=unit.name)


def _card(approval: Approval) -> UserCard | None:
    card = requesting.locked(approval.subject_id)
    return card if card is not None and card.approval_id in (None, approval.id) else None


def _issuer(approval: Approval) -> Person | None:
    acts = queries.signature_acts(approval)
    return db.session.get(Person, acts[-1][0].person_id) if acts and acts[-1][0].person_id else None


def _approved(approval: Approval, by: Viewer) -> None:
    card = _card(approval)
    if card is None:
        return
    requesting.approve(card, _issuer(approval), by=by)
    papers.issue(
        PAPER,
        card.number or "",
        title_th="แบบคำขอมีบัตรประจำตัวในการใช้งาน",
        title_en="User card application",
        content_hash=approval.snapshot_hash,
        signers=signers_for_record(approval),
        by=by,
    )


def _rejected(approval: Approval, by: Viewer) -> None:
    card = _card(approval)
    if card is not None:
        requesting.reject(card, _last_words(approval), by=by)


def _last_words(approval: Approval) -> str:
    story = queries.story(approval.id)
    return story[-1].words if story else ""


def _withdrawn(approval: Approval, by: Viewer) -> None:
    card = _card(approval)
    if card is None:
        return
    if card.state == State.REQUESTED:
        requesting.withdraw(card, _last_words(approval), by=by)
    elif card.state in (State.APPROVED, State.PRINTED, State.HANDED_OVER):
        issuing.revoke(card, _last_words(approval) or _("The approval was made void."), by=by)


def _batch(approval: Approval) -> CardBatch:
    return db.session.scalars(
        select(CardBatch).where(CardBatch.id == approval.subject_id).with_for_update()
    ).one()


def _batch_approved(approval: Approval, by: Viewer) -> None:
    batch, issuer = _batch(approval), _issuer(approval)
    for card in cards_of_batch(batch.id):
        requesting.approve(card, issuer, by=by)
    batch.state = BatchState.APPROVED


def _batch_ended(approval: Approval, by: Viewer) -> None:
    batch = _batch(approval)
    for card in cards_of_batch(batch.id):
        requesting.reject(card, _last_words(approval), by=by)
    batch.state = BatchState.ENDED
