"""Who may lend, take back, extend and see loans; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanKit, LoanRequest, LoanSetup
from assets.register.models import Asset
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.approvals import access as approvals
from office.approvals.models import Approval
from office.people.access import EVERYONE, Role
from office.people.models import Person

LEND = permission("assets:loan:lend", roles=(Role.STOREKEEPER, Role.ADMIN))
TAKE_BACK = permission("assets:loan:take_back", roles=(Role.STOREKEEPER, Role.ADMIN))
EXTEND = permission("assets:loan:extend", roles=(Role.STOREKEEPER, Role.ADMIN))
SEE = permission(
    "assets:loan:see",
    roles=(Role.STOREKEEPER, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
SEE_OWN = permission("assets:loan:see_own", roles=EVERYONE)
OVERRIDE = permission("assets:loan:override", roles=(Role.STOREKEEPER, Role.ADMIN))
RECALL = permission("assets:loan:recall", roles=(Role.STOREKEEPER, Role.ADMIN))
CHASE = permission("assets:loan:chase", roles=(Role.STOREKEEPER, Role.ADMIN))
SETTLE = permission("assets:loan_duty:settle", roles=(Role.STOREKEEPER, Role.ADMIN))
LIFT = permission("assets:loan_block:lift", roles=(Role.STOREKEEPER, Role.ADMIN))
SET_LADDER = permission("assets:loan_ladder:set", roles=(Role.ADMIN,), office_wide=True)
ASK = permission("assets:loan_request:ask", roles=EVERYONE)
KEEP_KITS = permission("assets:loan_kit:keep", roles=(Role.STOREKEEPER, Role.ADMIN))
SET_OPERATOR = permission(
    "assets:loan_setup:set_operator", roles=(Role.STOREKEEPER, Role.TECHNICIAN, Role.ADMIN)
)
HAND_IN = permission(
    "assets:loan:hand_in",
    roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.TECHNICIAN, Role.ADMIN),
)


def reached(viewer: Viewer, right: Permission) -> ColumnElement[bool]:
    """Return the WHERE term of the lines a right reaches: the item owned or held in the scope."""
    return viewer.scope(right).clause(Asset.owner_unit_id, Asset.holding_unit_id)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the loans a viewer may see: the own, and those of the scope."""
    mine = Loan.borrower_id == viewer.id
    if not viewer.scope(SEE):
        return mine
    inside = exists().where(
        LoanLine.loan_id == Loan.id, LoanLine.asset_id == Asset.id, reached(viewer, SEE)
    )
    return or_(mine, inside)


def loan_seen_by(viewer: Viewer, loan_id: int) -> Loan:
    """Return a loan that the viewer may see: the own one, or with an item in the scope.

    Raises:
        NotFound: there is none, or it is of another school.
    """
    loan = db.session.scalar(
        select(Loan)
        .options(
            joinedload(Loan.borrower),
            joinedload(Loan.borrower_unit),
            joinedload(Loan.lending_unit),
            joinedload(Loan.handed_by),
        )
        .where(Loan.id == loan_id, visible(viewer))
    )
    if loan is None:
        raise NotFound(_("There is no such loan, or it belongs to another school."))
    return loan


def borrower_seen_by(viewer: Viewer, person_id: int) -> Person:
    """Return a person whose loans the viewer may see, also one who has left.

    Raises:
        NotFound: there is none, or the person is of another school and borrowed nothing of the
            viewer's units.
    """
    person = db.session.get(Person, person_id)
    borrowed = exists().where(Loan.borrower_id == person_id, visible(viewer))
    if person is None or not (
        viewer.may(SEE, person.unit_id) or db.session.scalar(select(borrowed))
    ):
        raise NotFound(_("There is no such person."))
    return person


def requests_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the requests a viewer may read.

    The own ones, those to units whose loans the viewer sees, those the viewer is asked to approve,
    and those with a meeting for which the viewer may set up. A draft is seen by its asker only.
    """
    mine = LoanRequest.asker_id == viewer.id
    ways: list[ColumnElement[bool]] = [
        exists().where(Approval.id == LoanRequest.approval_id, approvals.visible(viewer))
    ]
    if viewer.scope(SEE):
        ways.append(viewer.scope(SEE).clause(LoanRequest.lending_unit_id))
    setup = exists().where(LoanSetup.request_id == LoanRequest.id)
    if viewer.scope(SET_OPERATOR):
        served = viewer.scope(SET_OPERATOR).clause(LoanRequest.lending_unit_id)
        ways.append(and_(setup, served))
    return or_(mine, and_(LoanRequest.number.is_not(None), or_(*ways)))


def request_seen_by(viewer: Viewer, request_id: int) -> LoanRequest:
    """Return a request that the viewer may read.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(LoanRequest)
        .options(
            joinedload(LoanRequest.asker),
            joinedload(LoanRequest.asker_unit),
            joinedload(LoanRequest.lending_unit),
            joinedload(LoanRequest.approval),
            joinedload(LoanRequest.setup).joinedload(LoanSetup.operator),
            joinedload(LoanRequest.setup).joinedload(LoanSetup.room),
        )
        .where(LoanRequest.id == request_id, requests_visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


def own_request(viewer: Viewer, request_id: int) -> LoanRequest:
    """Return a request of the viewer's own.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = request_seen_by(viewer, request_id)
    if found.asker_id != viewer.id:
        raise NotFound(_("There is no such request."))
    return found


def kit_kept_by(viewer: Viewer, kit_id: int) -> LoanKit:
    """Return a kit that the viewer keeps.

    Raises:
        NotFound: there is none, or another unit keeps it.
    """
    found = db.session.get(LoanKit, kit_id)
    if found is None or not viewer.may(KEEP_KITS, found.unit_id):
        raise NotFound(_("There is no such kit."))
    return found
