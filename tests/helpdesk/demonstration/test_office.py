"""What the filled demonstration holds, looked at from all sides."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.labels.models import Tag
from assets.licences.models import Licence, Seat
from assets.licences.states import Standing
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.maintenance.models import Occurrence, Visit
from assets.maintenance.states import State as Occurred
from assets.maintenance.states import VisitState
from assets.register.models import Asset, Hold
from assets.register.states import HoldKind, Lifecycle
from helpdesk.backups import queries as backups
from helpdesk.demonstration import cast, cli, script, welcome
from helpdesk.doctor import checkup
from helpdesk.mail_in.models import IncomingMail
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import OPEN
from kernel import clock, files, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping import audit
from office.bookkeeping.models import NumberSeries, OutgoingMessage
from office.notifications.models import Delivery
from office.people.access import Role
from office.people.models import Person
from office.places.models import Unit
from tests.helpdesk.demonstration.filling import NOW, Office


def test_there_is_a_sign_in_for_every_role() -> None:
    roles = {row["role"] or Role.REQUESTER.value for row in cast.sign_ins()}
    assert roles == {role.value for role in Role}


@pytest.mark.parametrize("username", [row["username"] for row in cast.sign_ins()])
def test_every_printed_sign_in_opens_the_home_page(
    office: Office, served: Flask, username: str
) -> None:
    from tests.form_client import FormClient

    served.test_client_class = FormClient
    browser = served.test_client()
    answer = browser.post("/sign-in", data={"login": username, "password": office.password})
    assert answer.status_code == 302
    home = browser.get("/profile")
    assert (home.status_code, username in home.text) == (200, True)


def test_the_terminal_names_the_address_each_sign_in_and_a_label_that_can_be_scanned(
    office: Office, served: Flask
) -> None:
    printed = "\n".join(welcome.lines("http://192.0.2.7:9000", office.password))
    assert all(row["username"] in printed for row in cast.sign_ins())
    address = next(word for word in printed.split() if "/Q/" in word)
    assert address.startswith("http://192.0.2.7:9000/Q/")
    page = served.test_client().get(address.removeprefix("http://192.0.2.7:9000"))
    assert page.status_code == 200
    assert "/report" in page.text


def test_the_audit_trail_is_whole(served: Flask) -> None:
    verdict = audit.verify()
    assert (verdict.broken_id, verdict.entries > 300) == (None, True)


def test_the_doctor_finds_nothing(served: Flask) -> None:
    # The tables were made from the models, so that no migration is written down.
    found = {one.check.name: one.shown for one in checkup.examine() if one.count}
    assert set(found) <= {"migrations"}, found


def test_the_audit_trail_tells_what_it_keeps_in_words(served: Flask) -> None:
    from office.bookkeeping import words
    from office.bookkeeping.models import AuditEntry

    typed = {("person", "username"), ("stock_item", "unit_en")}
    raw = set()
    with served.test_request_context():
        for entry in db.session.scalars(select(AuditEntry)):
            for field, kept in {**(entry.before or {}), **(entry.after or {})}.items():
                place = (entry.subject_kind, field)
                for one in kept if isinstance(kept, list) else [kept]:
                    plain = isinstance(one, str) and re.fullmatch("[a-z][a-z_]*", one)
                    if plain and place not in typed and words.value(*place, one) == one:
                        raw.add((*place, one))
    assert raw == set()


def test_the_audit_trail_runs_in_the_order_of_time(served: Flask) -> None:
    from office.bookkeeping.models import AuditEntry

    moments = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.id)).all()
    assert moments == sorted(moments)


def test_the_budget_of_this_fiscal_year_is_reserved_and_spent(served: Flask) -> None:
    from helpdesk.purchases import queries as purchases
    from helpdesk.purchases.models import Purchase

    states = Counter(db.session.scalars(select(Purchase.state)))
    assert {"waiting", "approved", "ordered", "registered"} <= set(states)
    year = thai.fiscal_year(clock.today())
    budgets = purchases.budgets(Viewer(name="test", grants={Role.ADMIN: None}), year)
    assert any(one.reserved > 0 and one.spent > 0 and one.left > 0 for one in budgets)


def test_every_school_has_items(served: Flask) -> None:
    held = Counter(db.session.scalars(select(Asset.holding_unit_id)))
    schools = db.session.execute(select(Unit.id, Unit.code).where(Unit.kind == "school")).all()
    assert len(schools) == 20
    assert [code for unit_id, code in schools if not held[unit_id]] == []


def test_every_item_that_has_come_has_one_label_in_use(served: Flask) -> None:
    tagged = Counter(db.session.scalars(select(Tag.asset_id).where(Tag.asset_id.is_not(None))))
    arrived = select(Asset.id).where(Asset.lifecycle != Lifecycle.DRAFT)
    ids = set(db.session.scalars(arrived))
    assert (set(tagged), set(tagged.values())) == (ids, {1})


def test_no_asset_number_stands_twice_in_one_units_books(served: Flask) -> None:
    numbers = db.session.execute(
        select(Asset.owner_unit_id, Asset.asset_no_key).where(Asset.asset_no_key.is_not(None))
    ).all()
    assert len(numbers) == len({tuple(row) for row in numbers})


def test_each_line_that_is_out_has_one_open_hold_and_no_hold_stands_without_one(
    served: Flask,
) -> None:
    out = db.session.execute(
        select(LoanLine.asset_id, Loan.number)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(LoanLine.state == LineState.OUT)
    ).all()
    held = db.session.execute(
        select(Hold.asset_id, Hold.reference).where(
            Hold.kind == HoldKind.LOAN, Hold.ended_at.is_(None)
        )
    ).all()
    assert out
    assert Counter(tuple(row) for row in out) == Counter(tuple(row) for row in held)


@pytest.mark.parametrize("model", [Ticket, Loan])
def test_numbers_run_without_gaps_in_each_fiscal_year(
    served: Flask, model: type[Ticket] | type[Loan]
) -> None:
    given: dict[tuple[str, int], list[int]] = {}
    for number in db.session.scalars(select(model.number)):
        kind, _dot, rest = number.partition(".")
        running, _slash, year = rest.partition("/")
        given.setdefault((f"{kind}.", int(year)), []).append(int(running))
    last = {
        (row.kind, row.fiscal_year): row.last for row in db.session.scalars(select(NumberSeries))
    }
    assert given
    assert all(sorted(runs) == list(range(1, last[key] + 1)) for key, runs in given.items())


def test_some_loans_are_overdue_due_today_and_due_later(served: Flask) -> None:
    today = clock.local(NOW).date()
    due = db.session.scalars(select(LoanLine.due_on).where(LoanLine.state == LineState.OUT)).all()
    assert any(day < today for day in due)
    returned = select(func.count()).where(LoanLine.state == LineState.RETURNED)
    assert db.session.scalar(returned)


def test_some_tickets_are_open_and_others_are_finished(served: Flask) -> None:
    states = Counter(db.session.scalars(select(Ticket.state)))
    still_open = sum(states[state] for state in OPEN)
    assert 0 < still_open < sum(states.values())


def test_mails_made_two_tickets_with_an_answer_each_and_one_waits_for_somebody(
    served: Flask,
) -> None:
    states = Counter(db.session.scalars(select(IncomingMail.state)))
    assert states == {"ticket": 2, "reply": 2, "unknown": 1, "automatic": 1}
    threads = select(Ticket.state).where(Ticket.source == "mail").order_by(Ticket.id)
    assert db.session.scalars(threads).all() == ["closed", "in_progress"]


def test_nothing_happened_after_the_present_moment(served: Flask) -> None:
    latest = [
        db.session.scalar(select(func.max(column)))
        for column in (Ticket.opened_at, Loan.out_at, OutgoingMessage.created_at)
    ]
    assert all(moment is not None and moment <= NOW for moment in latest)


def test_no_message_waits_to_be_sent_to_somebody(served: Flask) -> None:
    states = set(db.session.scalars(select(Delivery.state)))
    assert states <= {"stored", "waiting"}


def test_names_and_addresses_are_plainly_made_up(served: Flask) -> None:
    people = db.session.execute(select(Person.name_th, Person.email)).all()
    surnames = {name.split()[-1] for name, _email in people}
    assert len(people) == len(script.rows("people.csv"))
    assert surnames == {"ตัวอย่าง", "สมมติ", "สาธิต", "ทดลอง"}
    assert all(email.endswith("@example.test") for _name, email in people)


def test_pictures_of_items_are_in_the_store(served: Flask) -> None:
    keys = db.session.scalars(select(Asset.photo_key).where(Asset.photo_key != "")).all()
    assert keys
    assert all(files.store().read(key).startswith(b"\xff\xd8") for key in set(keys))


def test_a_refused_step_leaves_nothing_behind(served: Flask) -> None:
    from helpdesk.demonstration.diary import Step

    before = db.session.scalar(select(func.count()).select_from(Unit))

    def refused() -> None:
        db.session.add(Unit(code="X", kind="group", name_th="X"))
        raise Refusal("no")

    with pytest.raises(Refusal):
        cli._play(Step(NOW, refused))
    with work():
        assert db.session.scalar(select(func.count()).select_from(Unit)) == before


def test_one_visit_of_maintenance_is_over_and_one_has_begun(served: Flask) -> None:
    visits = Counter(db.session.scalars(select(Visit.state)))
    occurred = set(db.session.scalars(select(Occurrence.state)))
    repair = Occurrence.repair_number != ""
    assert visits == {VisitState.FINISHED: 1, VisitState.UNDER_WAY: 1}
    assert occurred == {Occurred.DONE, Occurred.ON_VISIT}
    assert db.session.scalar(select(func.count()).select_from(Occurrence).where(repair)) == 1


def test_licences_run_end_and_have_ended_and_the_last_backup_is_young(served: Flask) -> None:
    today = clock.local(NOW).date()
    licences = db.session.scalars(select(Licence)).all()
    standings = {licence.standing(today) for licence in licences}
    assert standings == {Standing.RUNNING, Standing.ENDING, Standing.ENDED}
    given = db.session.execute(select(Seat.licence_id, func.count()).group_by(Seat.licence_id))
    seats = {licence.id: licence.seats for licence in licences}
    assert all(0 < number <= (seats[licence_id] or 0) for licence_id, number in given)
    with clock.frozen(NOW):
        assert backups.due_since(7) is None
        assert backups.last_rehearsed() is not None
