"""No page of the loans asks the database more often because there is more to show."""

from __future__ import annotations

from datetime import date, time

from flask.testing import FlaskClient
from sqlalchemy import event

from assets.loans.jobs import flag_due
from assets.loans.models import LoanLine
from assets.loans.rules import extending, kits, returning
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, make_request, open_day
from tests.factories.loans import make_loan
from tests.factories.office import in_work, make_person, make_unit, sign_in, viewer_for

DUE, TODAY = date(2026, 11, 27), date(2026, 12, 4)
# Of these the viewer takes one or two; what is free on each day needs more than a list does.
MOST = {
    "/desk": 9,
    "/loans": 8,
    "/loans/overdue": 8,
    "/loans/late": 8,
    "/loans/letters": 8,
    "/loans/duties": 8,
    "/loans/wishes": 8,
    "/loans/requests": 8,
    "/loans/kits": 8,
    "/loans/things": 10,
    "/loans/things/{unit}/class/{kind}": 8,
}


def so_many(cast: Cast, kind: int, count: int) -> None:
    """Let so many people of a school each be late, wish, break something, ask and wait."""
    by = viewer_for(cast.sri)
    for number in range(count):
        who = make_person(unit=make_unit())
        late, kept, broken, promised = (make_asset(class_id=kind) for _each in range(4))
        make_loan(late, broken, borrower=who, due_on=DUE)
        kept_loan = make_loan(kept, borrower=who, due_on=TODAY)
        with work():
            line = db.session.query(LoanLine).filter_by(loan_id=kept_loan.id).one()
            extending.ask(line, date(2026, 12, 18), "สอนต่อ", by=viewer_for(who))
        with work():
            returning.take_back([Return(broken.id, Outcome.DAMAGED, "จอแตก")], by=by)
        make_approved(who, promised, from_on=TODAY, to_on=date(2026, 12, 8))
        make_request(who, promised, from_on=open_day(20), to_on=open_day(22))
        with in_work():
            kits.add(cast.office.id, f"ชุด {number} ของ {count}", "", by=by)


def asked(client: FlaskClient, path: str) -> int:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200, path
    event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in seen if one.startswith("SELECT")])


def test_pages_ask_as_often_for_two_as_for_six(client: FlaskClient, clock: Clock) -> None:
    cast, kind = make_cast(), make_class().id
    monday = clock.now
    paths = {path: path.format(unit=cast.office.id, kind=kind) for path in MOST}
    sign_in(client, cast.sri)
    found: dict[str, list[int]] = {path: [] for path in paths}
    for more in (2, 4):
        clock.set(monday)
        so_many(cast, kind, more)
        clock.set(kernel_clock.at(TODAY, time(9, 30)))
        flag_due()
        for path, address in paths.items():
            asked(client, address)  # what a process keeps for a minute is there then
            found[path].append(asked(client, address))
    grown = {path: counts for path, counts in found.items() if counts[0] != counts[1]}
    assert grown == {}
    many = {path: counts[1] for path, counts in found.items() if counts[1] > MOST[path]}
    assert many == {}, found
