"""Checks of requests and access rights: approved before carried out, in order, never over time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, func, or_, select

from helpdesk.access_rights.models import AccessRight, InformationSystem, SystemPerson
from helpdesk.access_rights.states import Part
from helpdesk.doctor.findings import Check, named
from helpdesk.requests.line_models import MaterialLine
from helpdesk.requests.models import KindEdition, RequestKind, RequestTicket, ServiceRequest
from helpdesk.requests.states import State
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState
from office.people.models import Person

GIVEN = (State.APPROVED, State.DONE, State.CLOSED)


def requests_unapproved() -> Iterator[str]:
    """Yield requests that are carried out though nobody has approved them."""
    given = select(Approval.id).where(
        Approval.id == ServiceRequest.approval_id, Approval.state == ApprovalState.APPROVED
    )
    query = select(ServiceRequest.id).where(ServiceRequest.state.in_(GIVEN), ~given.exists())
    return named("service_request", query.order_by(ServiceRequest.id))


def requests_stuck() -> Iterator[str]:
    """Yield requests that wait for approval though no approval is open."""
    opened = select(Approval.id).where(
        Approval.id == ServiceRequest.approval_id,
        Approval.state.in_((ApprovalState.WAITING, ApprovalState.SENT_BACK)),
    )
    query = select(ServiceRequest.id).where(ServiceRequest.state == State.WAITING, ~opened.exists())
    return named("service_request", query.order_by(ServiceRequest.id))


def materials_handed_out() -> Iterator[str]:
    """Yield lines of which more was handed out than approved, or of requests not approved."""
    query = (
        select(MaterialLine.id)
        .join(ServiceRequest, ServiceRequest.id == MaterialLine.request_id)
        .where(
            MaterialLine.issued > 0,
            or_(
                MaterialLine.issued > func.coalesce(MaterialLine.approved, 0),
                ServiceRequest.state.not_in(GIVEN),
            ),
        )
    )
    return named("request_material_line", query.order_by(MaterialLine.id))


def kinds_without_edition() -> Iterator[str]:
    """Yield simple kinds without a form, and tickets that belong to no approved request."""
    forms = select(KindEdition.id).where(KindEdition.kind_id == RequestKind.id)
    bare = select(RequestKind.id).where(RequestKind.key.startswith("kind-"), ~forms.exists())
    yield from named("request_kind", bare.order_by(RequestKind.id))
    early = (
        select(RequestTicket.ticket_id)
        .join(ServiceRequest, ServiceRequest.id == RequestTicket.request_id)
        .where(ServiceRequest.number.is_(None))
    )
    yield from named("request_ticket", early.order_by(RequestTicket.ticket_id))


def rights_over_time() -> Iterator[str]:
    """Yield rights that are in force though their holder has left, or granted to oneself."""
    query = (
        select(AccessRight.id)
        .join(Person, Person.id == AccessRight.person_id)
        .where(
            or_(
                and_(AccessRight.revoked_at.is_(None), Person.left_on.is_not(None)),
                AccessRight.granted_by_id == AccessRight.person_id,
                AccessRight.switched_off_at < AccessRight.revoked_at,
            )
        )
    )
    return named("access_right", query.order_by(AccessRight.id))


def systems_unowned() -> Iterator[str]:
    """Yield systems in use that nobody who works here owns, or keeps."""

    def held(part: Part) -> ColumnElement[bool]:
        return (
            select(SystemPerson.person_id)
            .join(Person, Person.id == SystemPerson.person_id)
            .where(
                SystemPerson.system_id == InformationSystem.id,
                SystemPerson.part == part,
                Person.left_on.is_(None),
            )
            .exists()
        )

    query = select(InformationSystem.id).where(
        InformationSystem.retired_on.is_(None), ~and_(held(Part.OWNER), held(Part.KEEPER))
    )
    return named("information_system", query.order_by(InformationSystem.id))


CHECKS = (
    Check(
        "requests_unapproved",
        _l("A request that is carried out was approved."),
        _l("Ask who carried it out; let it be approved, or end it with the reason."),
        requests_unapproved,
    ),
    Check(
        "requests_stuck",
        _l("A request that waits has an approval that somebody can decide."),
        _l("Let its asker take it back and send it again."),
        requests_stuck,
    ),
    Check(
        "materials_handed_out",
        _l("No more materials are handed out than a request was approved for."),
        _l("Compare the slips of the store with the request; take back what is too much."),
        materials_handed_out,
    ),
    Check(
        "kinds_without_edition",
        _l("A simple kind of request has a form, and tickets belong to requests that were sent."),
        _l("Was a row removed behind the service? Bring it back from a backup."),
        kinds_without_edition,
    ),
    Check(
        "rights_over_time",
        _l("Nobody who has left holds a right in a system, and nobody granted it to themselves."),
        _l("Run the job watch_rights; revoke what is left over with the reason."),
        rights_over_time,
    ),
    Check(
        "systems_unowned",
        _l("A system in use has an owner and a keeper who work here."),
        _l("Name an owner and a keeper on the page of the system."),
        systems_unowned,
    ),
)
