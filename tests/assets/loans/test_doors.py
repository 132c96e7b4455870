"""Who comes through which door of the loans: every address × every role, in one walk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from flask import Flask
from sqlalchemy import select

from assets.loans.jobs import flag_due
from assets.loans.later_models import ExtensionWish, FollowUpLetter, HandingOn, LinePhoto, LoanDuty
from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules import extending, handing_on, kits, returning
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.files import store
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import draft, make_request
from tests.factories.loans import make_loan
from tests.factories.office import sign_in, viewer_for
from tests.factories.pictures import picture

DUE, LATER = date(2026, 11, 27), date(2026, 12, 11)
ALL = set(Role)
OFFICERS = {Role.STOREKEEPER, Role.ADMIN}
READERS = OFFICERS | {Role.APPROVER, Role.AUDITOR}
SEERS = READERS | {Role.COORDINATOR}
MINE = {Role.REQUESTER}  # Malee borrows, and asks
OPEN_STATUSES = {200, 302, 409, 422}


def line_of(loan: Loan) -> int:
    return db.session.scalars(select(LoanLine.id).where(LoanLine.loan_id == loan.id)).one()


def ids_of_a_story(cast: Cast, clock: Clock) -> dict[str, int | str]:
    """Let Malee borrow, wish, offer, break, ask; let the timetable prepare a letter."""
    kind = make_class().id
    late, kept, broken = (make_asset(class_id=kind) for _each in range(3))
    late_loan = make_loan(late, borrower=cast.malee, due_on=DUE)
    kept_loan = make_loan(kept, borrower=cast.malee, due_on=LATER)
    make_loan(broken, borrower=cast.malee, due_on=LATER)
    photo = store().put(picture(), "jpg")
    by = viewer_for(cast.sri)
    with work():
        said = Return(broken.id, Outcome.DAMAGED, "จอแตก", photo, photo)
        returning.take_back([said], by=by)
    with work():
        wished = db.session.get_one(LoanLine, line_of(kept_loan))
        extending.ask(wished, date(2026, 12, 18), "สอนต่อ", by=viewer_for(cast.malee))
        handing_on.offer(wished, cast.kanda, "สอนแทน", by=viewer_for(cast.malee))
    with work():
        kit = kits.add(cast.office.id, "ชุดประชุม ก", "", by=by)
    clock.set(kernel_clock.at(date(2026, 12, 4), time(6, 30)))
    flag_due()
    asked = make_request(cast.malee, kept, from_on=date(2026, 12, 14), to_on=date(2026, 12, 16))
    begun = draft(cast.malee, kept)
    one = db.session.scalars
    return {
        "office": cast.office.id,
        "person": cast.malee.id,
        "item": late.id,
        "kind": f"class/{kind}",
        "loan": late_loan.id,
        "line": line_of(kept_loan),
        "wish": one(select(ExtensionWish.id)).one(),
        "offer": one(select(HandingOn.id)).one(),
        "duty": one(select(LoanDuty.id)).one(),
        "photo": one(select(LinePhoto.id)).one(),
        "back": one(select(LoanLine.id).where(LoanLine.asset_id == broken.id)).one(),
        "letter": one(select(FollowUpLetter.id)).one(),
        "kit": kit.id,
        "request": asked.id,
        "draft": begun.id,
        "drafted": one(select(RequestLine.id).where(RequestLine.request_id == begun.id)).one(),
        "unit": db.session.get_one(LoanRequest, asked.id).lending_unit_id,
    }


READING: Mapping[str, set[Role]] = {
    "/loans": SEERS,
    "/loans/due-today": SEERS,
    "/loans/overdue": SEERS,
    "/loans/late": SEERS,
    "/loans/late.xlsx": SEERS,
    "/loans/letters": SEERS,
    "/loans/duties": SEERS,
    "/loans/requests": SEERS,
    "/loans/person/{person}": SEERS,
    "/loans/item/{item}": READERS,
    "/loans/{loan}": READERS | MINE,
    "/loans/{loan}/slip.pdf": READERS | MINE,
    "/loans/letters/{letter}": READERS,
    "/loans/letters/{letter}.pdf": READERS,
    "/loans/receipts/{back}.pdf": READERS | MINE,
    "/loans/photos/{photo}": READERS | MINE,
    "/loans/duties/{duty}": READERS | MINE,
    "/loans/out.pdf?unit={office}": READERS,
    "/loans/wishes": OFFICERS,
    "/loans/kits": OFFICERS,
    "/loans/hand-in": OFFICERS | {Role.COORDINATOR, Role.TECHNICIAN},
    "/loans/ladder": {Role.ADMIN},
    "/loans/setups": OFFICERS | {Role.TECHNICIAN},
    "/loans/mine": ALL,
    "/loans/things": ALL,
    "/loans/things/{unit}/{kind}": ALL,
    "/loans/requests/mine": ALL,
    "/loans/requests/{request}": READERS | MINE,
    "/loans/requests/{request}/paper.pdf": READERS | MINE,
    "/loans/requests/{draft}": MINE,
    "/loans/requests/{draft}/edit": MINE,
    "/loans/lines/{line}/wish": MINE,
    "/loans/lines/{line}/hand-on": MINE,
}
# Sent without its fields: who may is told what is missing, the others that there is no such thing.
CHANGING: Mapping[str, set[Role]] = {
    "/loans/{loan}/extend": OFFICERS,
    "/loans/{loan}/recall": OFFICERS,
    "/loans/{loan}/chase": OFFICERS,
    "/loans/letters/{letter}/send": OFFICERS,
    "/loans/duties/{duty}/lift": OFFICERS,
    "/loans/wishes/{wish}/refuse": OFFICERS,
    "/loans/kits/{office}/add": OFFICERS,
    "/loans/kits/{kit}/edit": OFFICERS,
    "/loans/requests/{request}/operator": OFFICERS,
    "/loans/requests/{draft}/edit": MINE,
    "/loans/lines/{line}/wish": MINE,
    "/loans/lines/{line}/hand-on": MINE,
    # Both sides know of the offer; the rule refuses the one whose answer it is not.
    "/loans/offers/{offer}/accept": MINE | {Role.COORDINATOR},
    "/loans/wishes/{wish}/withdraw": MINE,
    "/loans/requests/{draft}/lines/{drafted}/drop": MINE,
    "/loans/requests/{draft}/discard": MINE,
    "/loans/offers/{offer}/withdraw": MINE | {Role.COORDINATOR},
    "/loans/kits/{kit}/retire": OFFICERS,
}


def test_each_door_opens_to_its_roles_and_to_nobody_else(app: Flask, clock: Clock) -> None:
    cast = make_cast()
    ids = ids_of_a_story(cast, clock)
    people = list(cast.by_role().items())
    wrong = []
    for doors, method in ((READING, "GET"), (CHANGING, "POST")):
        for path, allowed in doors.items():
            address = path.format(**ids)
            opened = set()
            # Who may come last: a door that closes behind the first one is met closed by nobody.
            for role, person in sorted(people, key=lambda pair: pair[0] in allowed):
                browser = app.test_client()
                sign_in(browser, person)
                if browser.open(address, method=method).status_code in OPEN_STATUSES:
                    opened.add(role)
            if opened != allowed:
                wrong.append((method, path, sorted(opened - allowed), sorted(allowed - opened)))
            guest = app.test_client().open(address, method=method)
            if guest.status_code not in (302, 401, 403):
                wrong.append((method, path, ["guest"], []))
    assert not wrong, "\n".join(map(str, wrong))
