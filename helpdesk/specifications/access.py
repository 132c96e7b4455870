"""Who writes, reads and decides specifications and comparisons; who keeps criteria and brands."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.specifications.comparison_models import Comparison, ComparisonMember, Offer
from helpdesk.specifications.criteria_models import CriteriaEdition, PriceCriterion
from helpdesk.specifications.models import Specification, SpecMember
from helpdesk.specifications.states import State
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.approvals import access as approvals
from office.approvals.models import Approval
from office.people.access import EVERYONE, Role

# What is approved is public: specifications stand in the notice of every purchase.
READ = permission("helpdesk:specification:read", roles=EVERYONE)
WRITE = permission(
    "helpdesk:specification:write",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR, Role.APPROVER, Role.ADMIN),
)
SEE = permission(
    "helpdesk:specification:see",
    roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
COMPARE = permission(
    "helpdesk:comparison:write",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR, Role.APPROVER, Role.ADMIN),
)
CRITERIA = permission(
    "helpdesk:criteria:edit", roles=(Role.STOREKEEPER, Role.ADMIN), office_wide=True
)
GOING = (State.WAITING, State.APPROVED, State.REJECTED)


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the specifications that a viewer may read.

    The approved ones; what the viewer writes or is asked to sign; of the own units what was sent.
    """
    asked = exists().where(Approval.id == Specification.approval_id, approvals.visible(viewer))
    return or_(
        Specification.state == State.APPROVED,
        wrote(viewer),
        asked,
        viewer.scope(SEE).clause(Specification.unit_id) & Specification.state.in_(GOING),
    )


def wrote(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of what the viewer writes, alone or in its working group."""
    member = exists().where(
        SpecMember.specification_id == Specification.id, SpecMember.person_id == viewer.id
    )
    return or_(Specification.author_id == viewer.id, member)


def specification_read(viewer: Viewer, specification_id: int) -> Specification:
    """Return a specification that the viewer may read.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Specification)
        .options(
            joinedload(Specification.author),
            joinedload(Specification.unit),
            joinedload(Specification.approval),
        )
        .where(Specification.id == specification_id, readable(viewer))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such specification."))
    return found


def specification_written(viewer: Viewer, specification_id: int) -> Specification:
    """Return a specification that the viewer writes, alone or in its working group.

    Raises:
        NotFound: there is none, or the viewer may not read it.
        NotAllowed: others write it.
    """
    found = specification_read(viewer, specification_id)
    if viewer.id != found.author_id and viewer.id not in {one.person_id for one in found.members}:
        raise NotAllowed(_("Only its author and working group may do this."))
    return found


def specification_owned(viewer: Viewer, specification_id: int) -> Specification:
    """Return a specification that the viewer began; refuses others as above."""
    found = specification_read(viewer, specification_id)
    if viewer.id != found.author_id:
        raise NotAllowed(_("Only the person who began it may do this."))
    return found


def comparable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the comparisons that a viewer may read.

    Offers are not public: the committee, who is asked to sign, and staff of the own units.
    """
    asked = exists().where(Approval.id == Comparison.approval_id, approvals.visible(viewer))
    return or_(
        compared(viewer),
        asked,
        viewer.scope(SEE).clause(Comparison.unit_id) & Comparison.state.in_(GOING),
    )


def compared(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of what the viewer compares, alone or in its committee."""
    member = exists().where(
        ComparisonMember.comparison_id == Comparison.id, ComparisonMember.person_id == viewer.id
    )
    return or_(Comparison.author_id == viewer.id, member)


def comparison_read(viewer: Viewer, comparison_id: int) -> Comparison:
    """Return a comparison that the viewer may read.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Comparison)
        .options(
            joinedload(Comparison.author),
            joinedload(Comparison.unit),
            joinedload(Comparison.approval),
            joinedload(Comparison.specification),
        )
        .where(Comparison.id == comparison_id, comparable(viewer))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such comparison."))
    return found


def comparison_written(viewer: Viewer, comparison_id: int) -> Comparison:
    """Return a comparison that the viewer works on.

    Raises:
        NotFound: there is none, or the viewer may not read it.
        NotAllowed: it is the business of another committee.
    """
    found = comparison_read(viewer, comparison_id)
    if viewer.id != found.author_id and viewer.id not in {one.person_id for one in found.members}:
        raise NotAllowed(_("Only its author and committee may do this."))
    return found


def comparison_owned(viewer: Viewer, comparison_id: int) -> Comparison:
    """Return a comparison that the viewer began; refuses others as above."""
    found = comparison_read(viewer, comparison_id)
    if viewer.id != found.author_id:
        raise NotAllowed(_("Only the person who began it may do this."))
    return found


def offer_written(viewer: Viewer, offer_id: int) -> Offer:
    """Return an offer of a comparison that the viewer works on; refuses as above."""
    found = db.session.get(Offer, offer_id)
    if found is None:
        raise NotFound(_("There is no such offer."))
    comparison_written(viewer, found.comparison_id)
    return found


def edition_known(edition_id: int) -> CriteriaEdition:
    """Return an edition of the price criteria.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(CriteriaEdition, edition_id)
    if found is None:
        raise NotFound(_("There is no such edition."))
    return found


def criterion_known(criterion_id: int) -> PriceCriterion:
    """Return a row of the price criteria; refuses one that is not there."""
    found = db.session.get(PriceCriterion, criterion_id)
    if found is None:
        raise NotFound(_("There is no such price criterion."))
    return found
