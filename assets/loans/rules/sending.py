"""Sending a request, and how it ends: cancelled, expired, or what is left of it given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from assets.catalogue.models import AssetClass
from assets.catalogue.states import Borrowers
from assets.loans import access, limits
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules import approving, reserving
from assets.loans.states import REQUESTS, PlaceKind, RequestAction, RequestState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal, Stale
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.approvals.rules import asking as approvals
from office.approvals.rules import moving
from office.approvals.states import OPEN_STATES
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.calendar import queries as calendar
from office.people.models import Person

NUMBERS = "\N{THAI CHARACTER KHO KHAI}\N{THAI CHARACTER YO YAK}."  # request to borrow
LONGEST_DAYS, FURTHEST_DAYS = 366, 366


def submit(request: LoanRequest, *, by: Viewer) -> LoanRequest:
    """Send a draft: it gets its number, and the head whom the place of use demands is asked.

    Refuses a request without things, purpose, days or the promise of official use (R-L1, R-L2,
    clause 207), days that are closed, past or too far ahead, another agency without its letter
    (clause 208), what a class keeps for its own unit, and what is not free on those days.
    """
    if request.asker_id != by.id:
        raise NotFound(_("There is no such request."))
    target = REQUESTS.target(RequestState(request.state), RequestAction.SUBMIT)
    check_complete(request)
    approving.lock(request)
    reserving.check(request)
    request.number = bookkeeping.next_number(NUMBERS)
    request.state, request.asked_at = target, clock.now()
    db.session.flush()  # the approval names the request by its id, as it stands now
    request.approval_id = approving.ask(request, by=by).id
    audit.record(
        "requested",
        request,
        by=by,
        after={
            "number": request.number,
            "from": request.from_on,
            "to": request.to_on,
            "lines": [f"{line.name} × {line.quantity}" for line in request.lines],
        },
    )
    return request


def check_complete(request: LoanRequest) -> None:
    """Refuse what the regulation or the calendar does not allow, one thing at a time."""
    if not request.lines:
        raise Refusal(_("Please put at least one thing on the list first."))
    check_days(request.from_on, request.to_on, request.lending_unit_id)
    if not request.purpose.strip():
        raise Refusal(_("Please say what the items are for."), field="purpose")
    if not request.official:
        raise Refusal(
            _("Things are lent for official use only (clause 207). Please confirm it."),
            field="official",
        )
    if request.place_kind == PlaceKind.OTHER_AGENCY:
        _check_agency(request)
    for line in request.lines:
        of_class = _class_of(line)
        kept = of_class is not None and of_class.borrowers == Borrowers.OWN_UNIT
        if kept and request.asker.unit_id != request.lending_unit_id:
            raise Refusal(
                _("“%(name)s” is lent only to people of the unit that has it.", name=line.name)
            )


def _class_of(line: RequestLine) -> AssetClass | None:
    if line.asset is not None:
        return line.asset.asset_class
    return line.product.asset_class if line.product is not None else line.asset_class


def _check_agency(request: LoanRequest) -> None:
    needed = {
        "agency_name": _("Please name the other agency."),
        "agency_contact": _("Please name the person of the other agency who borrows."),
        "letter_no": _("Please give the number of the agency's letter."),
        "letter_on": _("Please give the day of the agency's letter."),
    }
    for name, sentence in needed.items():
        if not getattr(request, name):
            raise Refusal(sentence, field=name)


def check_days(first: date | None, end: date | None, unit_id: int) -> None:
    """Refuse days on which nothing can be fetched or brought back.

    Both must be given and open days of the unit that lends, the first not past and not more than
    a year ahead, the end after it and a year later at most (R-L1).
    """
    today = clock.today()
    if first is None:
        raise Refusal(_("Please say from when you need the things."), field="from_on")
    if end is None:
        raise Refusal(_("Please say when the items come back."), field="to_on")
    if first < today:
        raise Refusal(_("%(day)s has passed.", day=show_date(first, "short")), field="from_on")
    if first > today + timedelta(days=FURTHEST_DAYS):
        raise Refusal(_("You can ask for one year ahead at most."), field="from_on")
    if end <= first:
        raise Refusal(_("The things come back after the day they are fetched."), field="to_on")
    if end > first + timedelta(days=LONGEST_DAYS):
        raise Refusal(_("A loan lasts one year at most."), field="to_on")
    for day, field in ((first, "from_on"), (end, "to_on")):
        open_day = calendar.next_open_day(day, unit_id)
        if open_day != day:
            raise Refusal(
                _(
                    "The office is closed on %(day)s. The next open day is %(open)s.",
                    day=show_date(day, "short"),
                    open=show_date(open_day, "short"),
                ),
                field=field,
            )


def cancel(request: LoanRequest, *, by: Viewer, why: str = "") -> None:
    """Cancel a request that is not fetched: the asker, or with a reason who lends for that unit.

    What was promised is free again. Of a request that is fetched in part the rest is given up.

    Refuses others, an officer without a reason, and a request that has ended.
    """
    own = request.asker_id == by.id
    if not own:
        by.demand(access.LEND, request.lending_unit_id)
        if not why.strip():
            raise Refusal(_("Please give the reason."), field="why")
    _lock(request)
    if reserving.handed_any(request):
        _end(request, RequestAction.CLOSE, why.strip(), "closed", by)
        return
    _end(request, RequestAction.CANCEL, why.strip(), "cancelled", by)
    approval = request.approval
    if approval is None:
        return
    if own and approval.state in OPEN_STATES:
        approvals.recall(approval, by=by, words=why)
    else:
        approvals.void(approval, why.strip() or _("The asker needs the things no more."), by=by)
    if not own:
        _tell(request, "loan_request_cancelled", request.reason)


def _lock(request: LoanRequest) -> None:
    """Let nobody move the request or its approval; the approval first, as signing does."""
    if request.approval is not None:
        moving.lock(request.approval)
    db.session.refresh(request, with_for_update={"of": LoanRequest})


def _end(request: LoanRequest, action: RequestAction, reason: str, act: str, by: Viewer) -> None:
    request.state = REQUESTS.target(RequestState(request.state), action)
    request.ended_at, request.reason = clock.now(), reason
    audit.record(act, request, by=by, after={"number": request.number, "reason": reason})


def kept_until(from_on: date, unit_id: int) -> date:
    """Return the last day on which an approved request is kept ready, by the unit's open days."""
    day = from_on
    for _number in range(limits.kept_days()):
        day = calendar.next_open_day(day + timedelta(days=1), unit_id)
    return day


def to_expire(today: date) -> Sequence[int]:
    """Return the ids of the requests that may have waited too long, the oldest first."""
    return db.session.scalars(
        select(LoanRequest.id)
        .where(
            or_(
                (LoanRequest.state == RequestState.APPROVED)
                & (LoanRequest.from_on < today - timedelta(days=limits.kept_days())),
                (LoanRequest.state == RequestState.REQUESTED) & (LoanRequest.to_on <= today),
                (LoanRequest.state == RequestState.APPROVED) & (LoanRequest.to_on <= today),
            )
        )
        .order_by(LoanRequest.id)
    ).all()


def expire(request: LoanRequest, today: date, *, by: Viewer) -> bool:
    """End a request whose things were not fetched in time; they are free again, the asker is told.

    One that still waits for its approval ends on the day it should have been over. Of one that was
    fetched in part the rest is given up.

    Returns:
        whether it had waited too long.
    """
    _lock(request)
    state = RequestState(request.state)
    first, end = request.from_on, request.to_on
    if first is None or end is None or not REQUESTS.allows(state, RequestAction.EXPIRE):
        return False
    late = state == RequestState.APPROVED and today > kept_until(first, request.lending_unit_id)
    if not late and today < end:
        return False
    asker = db.session.get_one(Person, request.asker_id)
    with speaking(asker.language):
        reason = (
            _(
                "Not fetched by %(day)s.",
                day=show_date(kept_until(first, request.lending_unit_id), "short"),
            )
            if state == RequestState.APPROVED
            else _("Not decided before the days were over.")
        )
    if reserving.handed_any(request):
        _end(request, RequestAction.CLOSE, reason, "closed", by)
    else:
        _end(request, RequestAction.EXPIRE, reason, "expired", by)
    if state == RequestState.REQUESTED and request.approval is not None:
        approvals.void(request.approval, reason, by=by)
    _tell(request, "loan_request_expired", reason)
    return True


def _tell(request: LoanRequest, kind: str, reason: str) -> None:
    asker = db.session.get_one(Person, request.asker_id)
    with speaking(asker.language):
        subject = _("Request %(number)s has ended", number=request.number)
        body = _(
            "What you asked for in request %(number)s is not kept for you any more. %(reason)s "
            "If you still need it, open the request and copy it as a new one.",
            number=request.number,
            reason=reason,
        )
    bookkeeping.send(
        kind=kind,
        subject=subject,
        body=body,
        language=asker.language,
        person_id=asker.id,
        link=f"/loans/requests/{request.id}",
        dedupe_key=f"{kind}:{request.id}",
    )


def set_operator(request: LoanRequest, operator_id: int | None, *, by: Viewer) -> None:
    """Say who sets up the meeting of a request.

    Refuses without the right over the unit that lends, a request without a set-up or that has
    ended unfulfilled, and an operator who sets up another meeting then (R-V1).
    """
    by.demand(access.SET_OPERATOR, request.lending_unit_id)
    setup = request.setup
    if setup is None or request.state not in (RequestState.REQUESTED, *reserving.TAKES_ROOM):
        raise Refusal(_("Nothing is to be set up for this request."))
    approving.lock(request)
    before, setup.operator_id = setup.operator_id, operator_id
    reserving.check_setup(setup)
    audit.record(
        "operator_set", request, by=by, before={"operator": before}, after={"operator": operator_id}
    )


def take_setup(request: LoanRequest, *, by: Viewer) -> None:
    """Name oneself as who sets up the meeting of a request.

    Refuses where somebody is named already, and whatever ``set_operator`` refuses.
    """
    by.demand(access.SET_OPERATOR, request.lending_unit_id)
    if request.setup is None:
        raise Refusal(_("Nothing is to be set up for this request."))
    approving.lock(request)
    db.session.refresh(request.setup)
    operator = request.setup.operator
    if operator is not None:
        raise Stale(_("%(name)s sets up this meeting already.", name=operator.name))
    set_operator(request, by.id, by=by)
