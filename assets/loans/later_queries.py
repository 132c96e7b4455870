"""Reading what becomes of loans: wishes, offers, duties, chases, letters, liftings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from assets.loans import access
from assets.loans.later_models import (
    BlockLift,
    ExtensionWish,
    FollowUpLetter,
    HandingOn,
    LetterLine,
    LinePhoto,
    LoanChase,
    LoanDuty,
    LoanOverride,
    LoanRecall,
    LoanSignature,
)
from assets.loans.later_states import DutyState, OfferState, WishState
from assets.loans.models import Loan, LoanLine
from assets.register.models import Asset
from kernel import search, thai
from kernel.access import Permission, Viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.models import Person

PAGE = 50
MOST = 200


def offer_of(line_id: int) -> HandingOn | None:
    """Return the offer that is open for a line."""
    return db.session.scalar(
        select(HandingOn).where(HandingOn.line_id == line_id, HandingOn.state == OfferState.OFFERED)
    )


def _offers() -> Select[HandingOn]:
    return (
        select(HandingOn)
        .options(
            joinedload(HandingOn.line).joinedload(LoanLine.asset),
            joinedload(HandingOn.line).joinedload(LoanLine.loan),
            joinedload(HandingOn.from_person),
            joinedload(HandingOn.to_person),
        )
        .where(HandingOn.state == OfferState.OFFERED)
        .order_by(HandingOn.id)
    )


def offers_to(person_id: int) -> Sequence[HandingOn]:
    """Return what is offered to a person and waits for the answer."""
    return db.session.scalars(_offers().where(HandingOn.to_person_id == person_id)).all()


def offers_from(person_id: int) -> dict[int, HandingOn]:
    """Return what a person has offered to others and is not answered yet, by line."""
    found = db.session.scalars(_offers().where(HandingOn.from_person_id == person_id))
    return {one.line_id: one for one in found}


def offer_seen_by(viewer: Viewer, offer_id: int) -> HandingOn:
    """Return an offer that the viewer made or got.

    Raises:
        NotFound: there is none, or it is between other people.
    """
    offered = db.session.get(HandingOn, offer_id)
    if offered is None or viewer.id not in (offered.from_person_id, offered.to_person_id):
        raise NotFound(_("There is no such offer."))
    return offered


def own_line(viewer: Viewer, line_id: int) -> LoanLine:
    """Return a line of the viewer's own loans.

    Raises:
        NotFound: there is none, or somebody else borrowed it.
    """
    line = db.session.scalar(
        select(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .options(contains_eager(LoanLine.loan), joinedload(LoanLine.asset))
        .where(LoanLine.id == line_id, Loan.borrower_id == viewer.id)
    )
    if line is None:
        raise NotFound(_("There is no such loan, or it belongs to another school."))
    return line


def own_wishes(person_id: int) -> dict[int, ExtensionWish]:
    """Return the last wish of each line that a person has out or had, by line."""
    found = db.session.scalars(
        select(ExtensionWish)
        .where(ExtensionWish.asked_by_id == person_id)
        .order_by(ExtensionWish.id.desc())
        .limit(MOST)
    ).all()
    return {wish.line_id: wish for wish in reversed(found)}


def wishes(viewer: Viewer) -> Sequence[ExtensionWish]:
    """Return the wishes that wait for the desk, as far as the viewer may extend, oldest first."""
    return db.session.scalars(
        _wishes(viewer).where(ExtensionWish.state == WishState.WAITING).limit(MOST)
    ).all()


def _wishes(viewer: Viewer) -> Select[ExtensionWish]:
    return (
        select(ExtensionWish)
        .join(LoanLine, LoanLine.id == ExtensionWish.line_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(
            contains_eager(ExtensionWish.line).contains_eager(LoanLine.asset),
            contains_eager(ExtensionWish.line).joinedload(LoanLine.loan),
            joinedload(ExtensionWish.asked_by),
        )
        .where(access.reached(viewer, access.EXTEND))
        .order_by(ExtensionWish.id)
    )


def wish_seen_by(viewer: Viewer, wish_id: int) -> ExtensionWish:
    """Return a wish about which the viewer may decide.

    Raises:
        NotFound: there is none, or its item is another school's.
    """
    wish = db.session.scalar(_wishes(viewer).where(ExtensionWish.id == wish_id))
    if wish is None:
        raise NotFound(_("There is no such wish."))
    return wish


def own_wish(viewer: Viewer, wish_id: int) -> ExtensionWish:
    """Return a wish of the viewer.

    Raises:
        NotFound: there is none, or somebody else asked.
    """
    wish = db.session.get(ExtensionWish, wish_id)
    if wish is None or wish.asked_by_id != viewer.id:
        raise NotFound(_("There is no such wish."))
    return wish


def duties(viewer: Viewer, state: str, page: int) -> Sequence[LoanDuty]:
    """Return one page of duties in a state and one more where others follow, the oldest due first.

    Args:
        viewer: who sees those of the items in the scope.
        state: ``open``, ``settled`` or ``lifted``.
        page: from 1.
    """
    order = LoanDuty.due_on if state == DutyState.OPEN else LoanDuty.ended_at.desc()
    query = _duties(viewer, access.SEE).where(LoanDuty.state == state)
    query = query.order_by(order, LoanDuty.id)
    return db.session.scalars(query.offset((page - 1) * PAGE).limit(PAGE + 1)).all()


def _duties(viewer: Viewer, right: Permission) -> Select[LoanDuty]:
    return (
        select(LoanDuty)
        .join(LoanLine, LoanLine.id == LoanDuty.line_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(
            contains_eager(LoanDuty.line).contains_eager(LoanLine.asset),
            contains_eager(LoanDuty.line).joinedload(LoanLine.loan),
            joinedload(LoanDuty.person),
            joinedload(LoanDuty.ended_by),
        )
        .where(access.reached(viewer, right))
    )


def duty_seen_by(viewer: Viewer, duty_id: int) -> LoanDuty:
    """Return a duty that the viewer may read: of an item in the scope, or the own one.

    Raises:
        NotFound: there is none, or it is of another school.
    """
    duty = db.session.scalar(_duties(viewer, access.SEE).where(LoanDuty.id == duty_id))
    if duty is None:
        duty = db.session.get(LoanDuty, duty_id)
        if duty is None or duty.person_id != viewer.id:
            raise NotFound(_("There is no such duty."))
    return duty


def duty_to_decide(viewer: Viewer, duty_id: int) -> LoanDuty:
    """Return a duty about which the viewer may decide.

    Raises:
        NotFound: there is none, or its item is another school's.
    """
    duty = db.session.scalar(_duties(viewer, access.SETTLE).where(LoanDuty.id == duty_id))
    if duty is None:
        raise NotFound(_("There is no such duty."))
    return duty


def duties_of(person_id: int) -> Sequence[LoanDuty]:
    """Return what a person still owes, the oldest due first."""
    return db.session.scalars(
        select(LoanDuty)
        .options(joinedload(LoanDuty.line).joinedload(LoanLine.asset))
        .where(LoanDuty.person_id == person_id, LoanDuty.state == DutyState.OPEN)
        .order_by(LoanDuty.due_on, LoanDuty.id)
    ).all()


def duties_of_lines(line_ids: Sequence[int]) -> dict[int, LoanDuty]:
    """Return the duties of lines, by line."""
    found = db.session.scalars(select(LoanDuty).where(LoanDuty.line_id.in_(line_ids)))
    return {one.line_id: one for one in found}


def photos_of(line_ids: Sequence[int]) -> dict[int, LinePhoto]:
    """Return the last photo taken of each line's return, by line."""
    found = db.session.scalars(
        select(LinePhoto).where(LinePhoto.line_id.in_(line_ids)).order_by(LinePhoto.id)
    )
    return {one.line_id: one for one in found}


def photo_seen_by(viewer: Viewer, photo_id: int) -> LinePhoto:
    """Return a photo of an item that came back, for those who may see its loan.

    Raises:
        NotFound: there is none, or it is of another school.
    """
    photo = db.session.get(LinePhoto, photo_id)
    line = db.session.get(LoanLine, photo.line_id) if photo else None
    if photo is None or line is None:
        raise NotFound(_("There is no such photo."))
    access.loan_seen_by(viewer, line.loan_id)
    return photo


def recalls_of(loan: Loan) -> Sequence[LoanRecall]:
    """Return the recalls of a loan's lines, oldest first."""
    return db.session.scalars(
        select(LoanRecall)
        .join(LoanLine, LoanLine.id == LoanRecall.line_id)
        .options(joinedload(LoanRecall.by))
        .where(LoanLine.loan_id == loan.id)
        .order_by(LoanRecall.id)
    ).all()


def overrides_of(loan: Loan) -> Sequence[LoanOverride]:
    """Return what was overridden for a loan's lines, oldest first."""
    return db.session.scalars(
        select(LoanOverride)
        .join(LoanLine, LoanLine.id == LoanOverride.line_id)
        .options(joinedload(LoanOverride.by))
        .where(LoanLine.loan_id == loan.id)
        .order_by(LoanOverride.id)
    ).all()


def chases_of(loan: Loan) -> Sequence[LoanChase]:
    """Return how the borrower was asked for a loan's lines by people, oldest first."""
    return db.session.scalars(
        select(LoanChase)
        .join(LoanLine, LoanLine.id == LoanChase.line_id)
        .options(joinedload(LoanChase.by))
        .where(LoanLine.loan_id == loan.id)
        .order_by(LoanChase.id)
    ).all()


def signatures_of(loan_id: int) -> Sequence[LoanSignature]:
    """Return the signatures drawn for a loan, oldest first."""
    return db.session.scalars(
        select(LoanSignature).where(LoanSignature.loan_id == loan_id).order_by(LoanSignature.id)
    ).all()


def liftings_of(person_id: int) -> Sequence[BlockLift]:
    """Return the liftings of a person's block, the newest first."""
    return db.session.scalars(
        select(BlockLift)
        .options(joinedload(BlockLift.by))
        .where(BlockLift.person_id == person_id)
        .order_by(BlockLift.id.desc())
        .limit(10)
    ).all()


def letter_lines(letter: FollowUpLetter) -> Sequence[LetterLine]:
    """Return what a letter asks for, with item and loan."""
    return db.session.scalars(
        select(LetterLine)
        .options(
            joinedload(LetterLine.line).joinedload(LoanLine.asset),
            joinedload(LetterLine.line).joinedload(LoanLine.loan),
        )
        .where(LetterLine.letter_id == letter.id)
        .order_by(LetterLine.due_on, LetterLine.id)
    ).all()


def colleagues(viewer: Viewer, words: str) -> Sequence[Person]:
    """Return the people whom a search shows to anybody: of the own unit, or named exactly.

    A person of another unit is found only by the whole username, e-mail address or card.
    """
    typed = thai.normalize(words)
    if len(typed) < 2:
        return ()
    here = (Person.unit_id == viewer.unit_id) & search.contains(Person.search_key, typed)
    exact = or_(
        (func.lower(Person.username) == typed.lower()) & (Person.username != ""),
        (func.lower(Person.email) == typed.lower()) & (Person.email != ""),
        Person.card_code == typed.upper(),
    )
    return db.session.scalars(
        select(Person)
        .where(or_(here, exact), Person.left_on.is_(None), Person.id != viewer.id)
        .order_by(Person.name_th, Person.id)
        .limit(12)
    ).all()


def line_seen_by(viewer: Viewer, line_id: int) -> LoanLine:
    """Return a line of a loan that the viewer may see.

    Raises:
        NotFound: there is none, or it is of another school.
    """
    line = db.session.get(LoanLine, line_id)
    if line is None:
        raise NotFound(_("There is no such loan, or it belongs to another school."))
    access.loan_seen_by(viewer, line.loan_id)
    return line


def receipt_lines(line: LoanLine, borrower_id: int, viewer: Viewer) -> Sequence[LoanLine]:
    """Return what one borrower brought back in the same act as this line, in the viewer's reach."""
    query = (
        select(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(
            contains_eager(LoanLine.asset),
            contains_eager(LoanLine.loan).joinedload(Loan.borrower_unit),
            joinedload(LoanLine.taken_back_by),
        )
        .where(
            LoanLine.returned_at.is_not(None),
            LoanLine.returned_at == line.returned_at,
            LoanLine.taken_back_by_id == line.taken_back_by_id,
            Loan.borrower_id == borrower_id,
        )
        .order_by(LoanLine.id)
    )
    if borrower_id != viewer.id:
        query = query.where(access.reached(viewer, access.SEE))
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Further:
    """What happened to a loan's lines beyond the usual, and what came of their return."""

    recalls: Sequence[LoanRecall] = ()
    overrides: Sequence[LoanOverride] = ()
    chases: Sequence[LoanChase] = ()
    duties: dict[int, LoanDuty] = field(default_factory=dict)
    photos: dict[int, LinePhoto] = field(default_factory=dict)


def further_of(loan: Loan, line_ids: Sequence[int]) -> Further:
    """Return what is kept of a loan's lines beyond the usual; one question first asks what is."""
    tables = (LoanRecall, LoanOverride, LoanChase, LoanDuty, LinePhoto)
    there = db.session.execute(
        select(*(exists().where(table.line_id.in_(line_ids)) for table in tables))
    ).one()
    return Further(
        recalls=recalls_of(loan) if there[0] else (),
        overrides=overrides_of(loan) if there[1] else (),
        chases=chases_of(loan) if there[2] else (),
        duties=duties_of_lines(line_ids) if there[3] else {},
        photos=photos_of(line_ids) if there[4] else {},
    )
