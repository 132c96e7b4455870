"""The approval of a request: who must say yes (clause 208, R-L1), what is signed, what follows.

The path that ships with the service: inside the premises the head of the unit responsible for the
things; outside the head of the agency; to another agency the head of the lending agency. An office
may write its own path, with further steps for high values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from assets.loans import lenders, pools, slots
from assets.loans.request_models import LoanRequest
from assets.loans.rules import reserving
from assets.loans.states import (
    PLACES,
    REQUESTS,
    SET_UPS,
    PlaceKind,
    RequestAction,
    RequestState,
    SetUp,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking
from kernel.pages import show_date
from office.approvals import papers as signatures
from office.approvals.kinds import Kind, StepPlan
from office.approvals.models import Approval, ApprovalAct
from office.approvals.rules import asking
from office.approvals.states import Act, Place
from office.bookkeeping import audit
from office.papers import rules as papers

KEY, PAPER = "loan", "loan_request"


def ask(request: LoanRequest, *, by: Viewer) -> Approval:
    """Ask for the approval of a request as it stands; its place of use chooses the path."""
    wanted: Counter[pools.Pool] = Counter()
    for line in request.lines:
        wanted[pools.pool_of_line(request.lending_unit_id, line)] += line.quantity
    prices = pools.highest_prices(wanted)
    outside = request.place_kind != PlaceKind.INSIDE
    responsible = request.lending_unit_id
    return asking.submit(
        asking.Request(
            kind=KEY,
            subject_id=request.id,
            number=request.number or "",
            title=title_of(request),
            content=content_of(request),
            asker_id=request.asker_id,
            responsible_unit_id=(
                lenders.agency_id_of(request.lending_unit) if outside else responsible
            ),
            amount=sum((price * wanted[pool] for pool, price in prices.items()), Decimal(0)),
            variant=PlaceKind(request.place_kind).value,
        ),
        by=by,
    )


def title_of(request: LoanRequest) -> str:
    """Return what is borrowed in one line, in Thai as all approvals are titled."""
    with speaking("th"):
        things = ", ".join(f"{line.name} × {line.quantity}" for line in request.lines)
        return _("Borrow %(things)s", things=things)


def content_of(request: LoanRequest) -> dict[str, Any]:
    """Return everything that is signed, in plain values and in Thai."""
    with speaking("th"):
        content: dict[str, Any] = {
            "number": request.number,
            "lender": request.lending_unit.name,
            "lines": [{"name": line.name, "quantity": line.quantity} for line in request.lines],
            "from": request.from_on,
            "to": request.to_on,
            "purpose": request.purpose,
            "place": PlaceKind(request.place_kind).value,
            "where": request.place_text,
            "agency": request.agency_name,
            "contact": request.agency_contact,
            "letter_no": request.letter_no,
            "letter_on": request.letter_on,
        }
        if request.setup is not None:
            setup = request.setup
            content["setup"] = {
                "kind": SetUp(setup.kind).value,
                "title": setup.title,
                "starts": setup.starts_at,
                "ends": setup.ends_at,
                "place": setup.place,
            }
    return content


def facts_of(content: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return the lines of the card for who signs, in the language spoken now."""
    days = (
        show_date(date.fromisoformat(content["from"]), "short"),
        show_date(date.fromisoformat(content["to"]), "short"),
    )
    things = ", ".join(f"{line['name']} × {line['quantity']}" for line in content["lines"])
    facts = [
        (_("Things"), things),
        (_("Days"), _("%(first)s, back on %(end)s", first=days[0], end=days[1])),
        (_("What for"), content["purpose"]),
        (_("Where used"), f"{PLACES[PlaceKind(content['place'])]} {content['where']}".strip()),
        (_("Lent by"), content["lender"]),
    ]
    if content["agency"]:
        letter = _(
            "letter %(number)s of %(day)s",
            number=content["letter_no"],
            day=show_date(date.fromisoformat(content["letter_on"]), "short"),
        )
        facts.append((_("Other agency"), f"{content['agency']}, {content['contact']}, {letter}"))
    if "setup" in content:
        setup = content["setup"]
        facts.append((_("To set up"), f"{SET_UPS[SetUp(setup['kind'])]}: {setup['title']}"))
        facts.append((_("Where"), setup["place"]))
    return facts


def on_approved(approval: Approval, by: Viewer) -> None:
    """Promise what was approved: checked again under lock, so that nothing is promised twice.

    Refuses, and with it the signature, where the things or the room were promised to somebody else
    meanwhile, and where the days have passed.
    """
    request = _locked(approval)
    target = REQUESTS.target(RequestState(request.state), RequestAction.APPROVE)
    lock(request)
    if request.to_on is None or request.to_on <= clock.today():
        raise Refusal(_("The days of this request have passed. Please do not approve it."))
    reserving.check(request)
    request.state = target
    audit.record("approved", request, by=by, after={"number": request.number})
    papers.issue(
        PAPER,
        request.number or "",
        title_th=_paper_title("th"),
        title_en=_paper_title("en"),
        content_hash=approval.snapshot_hash,
        signers=signatures.signers_for_record(approval),
        by=by,
    )
    if request.setup is not None and not request.setup.ticket_number:
        request.setup.ticket_number = slots.order_setup(request)


def lock(request: LoanRequest) -> None:
    """Take turns with everybody who promises things of that unit, or rooms where one is needed."""
    units = {request.lending_unit_id}
    if request.setup is not None:
        # Rooms and operators belong to nobody's shelf: who sets up takes turns at the office.
        units.add(int(request.lending_unit.path.split("/")[1]))
    reserving.take_turns(units)


def _paper_title(code: str) -> str:
    with speaking(code):
        return _("Request to borrow supplies and equipment")


def on_rejected(approval: Approval, by: Viewer) -> None:
    """Write down that the answer is no, with the reason."""
    request = _locked(approval)
    target = REQUESTS.target(RequestState(request.state), RequestAction.REJECT)
    request.reason = _last_words(approval, Act.REJECTED)
    request.state, request.ended_at = target, clock.now()
    audit.record("rejected", request, by=by, after={"reason": request.reason})


def on_recalled(approval: Approval, by: Viewer) -> None:
    """Cancel a request whose approval ended without an answer, or lost its worth."""
    request = _locked(approval)
    if not REQUESTS.allows(RequestState(request.state), RequestAction.CANCEL):
        return  # it ended first, and that ended the approval
    target = REQUESTS.target(RequestState(request.state), RequestAction.CANCEL)
    request.reason = _last_words(approval, Act.VOIDED) or request.reason
    request.state, request.ended_at = target, clock.now()
    audit.record("cancelled", request, by=by, after={"reason": request.reason})


def _locked(approval: Approval) -> LoanRequest:
    return db.session.scalars(
        select(LoanRequest)
        .where(LoanRequest.id == approval.subject_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _last_words(approval: Approval, act: Act) -> str:
    words = db.session.scalar(
        select(ApprovalAct.words)
        .where(ApprovalAct.approval_id == approval.id, ApprovalAct.act == act)
        .order_by(ApprovalAct.id.desc())
        .limit(1)
    )
    return words or ""


def _step(english: str, place: PlaceKind) -> StepPlan:
    with speaking("th"):
        thai = _(english)
    return StepPlan(thai, english, Place.RESPONSIBLE, variant=place.value)


def _title(content: Mapping[str, Any], _kept: str) -> str:
    things = ", ".join(f"{line['name']} × {line['quantity']}" for line in content["lines"])
    return _("Borrow %(things)s", things=things)


def kind() -> Kind:
    """Return the kind "loan" of approvals with the path of clause 208."""
    return Kind(
        key=KEY,
        label=_l("Borrowing supplies and equipment"),
        facts=facts_of,
        title=_title,
        page=lambda request_id: f"/loans/requests/{request_id}",
        first_path=(
            _step("Head of the unit that is responsible for the items", PlaceKind.INSIDE),
            _step("Director", PlaceKind.OUTSIDE),
            _step("Director of the lending agency", PlaceKind.OTHER_AGENCY),
        ),
        variants={place.value: label for place, label in PLACES.items()},
        approved=on_approved,
        rejected=on_rejected,
        recalled=on_recalled,
        voided=on_recalled,
    )
