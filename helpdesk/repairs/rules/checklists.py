"""Checklists: kept by the office, put on the tickets they fit, ticked step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from helpdesk.repairs.checklist_models import Checklist, TicketStep
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip

MOST_STEPS = 40
LONGEST_STEP = 200


@dataclass(frozen=True)
class Draft:
    """What a checklist says; ``steps`` are pairs of Thai and English, the English may be empty."""

    name_th: str
    name_en: str
    category: str
    class_id: int | None
    required: bool
    steps: Sequence[tuple[str, str]]


def add(draft: Draft, *, by: Viewer) -> Checklist:
    """Keep a new checklist. Refuses one without steps, with more than 40, or with a long step."""
    made = Checklist()
    _take(made, draft)
    db.session.add(made)
    audit.record("added", made, by=by, after={"name_th": made.name_th, "steps": len(made.steps)})
    return made


def edit(checklist: Checklist, draft: Draft, *, by: Viewer) -> None:
    """Change a checklist; tickets that have it keep the steps they were given."""
    before = {"name_th": checklist.name_th, "steps": len(checklist.steps)}
    _take(checklist, draft)
    after = {"name_th": checklist.name_th, "steps": len(checklist.steps)}
    audit.record("edited", checklist, by=by, before=before, after=after)


def retire(checklist: Checklist, *, by: Viewer) -> None:
    """Put a checklist on no further tickets."""
    audit.record_changes("retired", checklist, {"retired_at": clock.now()}, by=by)


def reopen(checklist: Checklist, *, by: Viewer) -> None:
    """Use a retired checklist again."""
    audit.record_changes("reopened", checklist, {"retired_at": None}, by=by)


def fit(ticket: Ticket) -> Sequence[Checklist]:
    """Return the checklists that fit a ticket by its category and the class of its item."""
    asset_class = ticket.asset.asset_class if ticket.asset else None
    classes = [one for one in _classes(asset_class) if one]
    return db.session.scalars(
        select(Checklist)
        .where(
            Checklist.retired_at.is_(None),
            or_(Checklist.category == ticket.category, Checklist.category == ""),
            or_(Checklist.class_id.in_(classes), Checklist.class_id.is_(None)),
            or_(Checklist.category != "", Checklist.class_id.is_not(None)),
        )
        .order_by(Checklist.id)
    ).all()


def put_on(ticket: Ticket, checklist: Checklist, *, by: Viewer) -> int:
    """Put the steps of a checklist on a ticket; those that stand there already stay as they are.

    Returns:
        how many steps came. Refuses a finished ticket and a retired checklist.
    """
    if not ticket.is_open:
        raise Refusal(_("This ticket is finished; reopen it first."))
    if checklist.retired_at is not None:
        raise Refusal(_("This checklist is not used any more."), field="checklist")
    came = 0
    for position, step in enumerate(checklist.steps):
        came += insert_or_skip(
            TicketStep,
            ticket_id=ticket.id,
            checklist_id=checklist.id,
            position=position,
            text_th=step["th"],
            text_en=step.get("en", ""),
            required=checklist.required,
            done_by_name="",
        )
    if came:
        audit.record("listed", ticket, by=by, after={"list": checklist.name_th, "steps": came})
    return came


def tick(ticket: Ticket, step: TicketStep, *, done: bool, by: Viewer) -> None:
    """Tick a step, or take the tick back; who and when stand beside it.

    Refuses a finished ticket. A second tick changes nothing.
    """
    if by.id is None:
        raise NotAllowed(_("Only a person can tick a step."))
    if not ticket.is_open:
        raise Refusal(_("This ticket is finished; reopen it first."))
    if (step.done_at is not None) == done:
        return
    step.done_at = clock.now() if done else None
    step.done_by_id, step.done_by_name = (by.id, by.name[:200]) if done else (None, "")
    act = "ticked" if done else "unticked"
    audit.record(act, step, by=by, after={"step": step.text_th, "number": ticket.number})


def check(ticket: Ticket) -> None:
    """Refuse to resolve a ticket with required steps that nobody has ticked."""
    left = db.session.scalar(
        select(func.count()).where(
            TicketStep.ticket_id == ticket.id, TicketStep.required, TicketStep.done_at.is_(None)
        )
    )
    if left:
        raise Refusal(
            ngettext(
                "%(number)s step of the checklist is not ticked yet.",
                "%(number)s steps of the checklist are not ticked yet.",
                left,
            )
        )


def _classes(asset_class: object) -> list[int | None]:
    return [getattr(asset_class, "id", None), getattr(asset_class, "parent_id", None)]


def _take(checklist: Checklist, draft: Draft) -> None:
    steps = [(th.strip(), en.strip()) for th, en in draft.steps if th.strip()]
    if not draft.name_th.strip():
        raise Refusal(_("Please fill this in."), field="name_th")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Refusal(_("A checklist has 1 to %(most)s steps.", most=MOST_STEPS), field="steps")
    if any(len(text) > LONGEST_STEP for step in steps for text in step):
        raise Refusal(
            _("A step has at most %(most)s characters.", most=LONGEST_STEP), field="steps"
        )
    checklist.name_th, checklist.name_en = draft.name_th.strip(), draft.name_en.strip()
    checklist.category, checklist.class_id = draft.category, draft.class_id
    checklist.required = draft.required
    checklist.steps = [{"th": th, "en": en} for th, en in steps]
