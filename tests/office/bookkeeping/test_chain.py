"""The audit trail is a chain: whatever is done to it behind the office's back is found."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.bookkeeping import audit, rules
from office.people.models import Person
from tests.factories.office import make_office, make_person

ME = Viewer(id=7, name="อร <script>")


@pytest.fixture
def chain(app: Flask) -> Any:
    person = make_person()
    for number in range(5):
        with work():
            audit.record("edited", person, by=ME, before={"n": number}, after={"n": number + 1})
    assert audit.verify().broken_id is None
    return audit.verify().entries


TRAIL = audit.AuditEntry.__table__


GUARDS = "SELECT name, sql FROM sqlite_master WHERE name LIKE 'audit_entry_guard%'"


def tamper(statement: Any) -> None:
    """Do what somebody does who owns the database and takes the guard away for a moment."""
    with db.engine.begin() as connection:
        guards = []
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            guards = connection.execute(text(GUARDS)).all()
        for guard in guards:
            connection.execute(text(f"DROP TRIGGER {guard.name}"))
        connection.execute(statement)
        for guard in guards:
            connection.execute(text(guard.sql))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement", [update(TRAIL).values(act="closed"), delete(TRAIL)], ids=["change", "remove"]
)
def test_the_database_refuses_to_touch_an_entry(chain: Any, statement: Any) -> None:
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(statement)


def test_an_untouched_chain_holds(chain: Any) -> None:
    assert audit.verify() == audit.Verdict(chain, None, "")


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "someone"},
        {"act": "closed"},
        {"at": datetime(2001, 1, 1, tzinfo=UTC)},
        {"after": {"n": 99}},
        {"subject_id": 4711},
        {"request_id": "x"},
    ],
)
def test_a_changed_entry_is_found(chain: Any, change: Any) -> None:
    tamper(update(TRAIL).where(TRAIL.c.id == chain - 2).values(**change))

    assert audit.verify() == audit.Verdict(chain - 3, chain - 2, "changed")


def test_an_entry_sealed_anew_after_a_change_breaks_the_next_one(chain: Any) -> None:
    found = db.session.execute(select(*TRAIL.c).where(TRAIL.c.id == chain - 1))
    row = found.one()._asdict()
    row["actor_name"] = "someone"
    sealed = update(TRAIL).where(TRAIL.c.id == chain - 1)
    tamper(sealed.values(actor_name="someone", hash=audit.seal(row)))

    assert audit.verify() == audit.Verdict(chain - 1, chain, "changed")


def test_a_removed_entry_is_found(chain: Any) -> None:
    tamper(delete(TRAIL).where(TRAIL.c.id == chain - 1))

    assert audit.verify() == audit.Verdict(chain - 2, chain - 1, "removed")


def test_a_cut_tail_is_found(chain: Any) -> None:
    tamper(delete(TRAIL).where(TRAIL.c.id > chain - 2))

    assert audit.verify() == audit.Verdict(chain - 2, chain - 1, "cut off")


def test_a_work_that_fails_leaves_no_entry(chain: Any) -> None:
    def fail() -> None:
        with work():
            audit.record("edited", make_office(), by=ME)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert audit.verify().entries == chain


def test_an_edit_that_changes_nothing_is_not_written_down(chain: Any) -> None:
    with work():
        assert not audit.record_changes("edited", make_office(), {"size": ""}, by=ME)

    assert audit.verify().entries == chain


def test_many_threads_write_one_chain(app: Flask) -> None:
    office = make_office()
    before = audit.verify().entries
    office_id = office.id

    def act() -> None:
        with app.app_context():
            for _turn in range(5):
                with work():
                    unit = db.session.get(type(office), office_id)
                    audit.record("edited", unit, by=ME)

    threads = [threading.Thread(target=act) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    assert audit.verify() == audit.Verdict(before + 40, None, "")


def test_verify_on_the_command_line_says_that_the_chain_holds(app: Flask, chain: Any) -> None:
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert (answer.exit_code, answer.output) == (
        0,
        f"ทุกรายการยังเป็นตามที่บันทึกไว้: {chain} · All entries are as they were written: {chain}\n",
    )


def test_verify_on_the_command_line_names_the_first_broken_entry(app: Flask, chain: Any) -> None:
    tamper(update(TRAIL).where(TRAIL.c.id >= chain - 1).values(act="closed"))

    answer = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert answer.exit_code == 1
    assert f"รายการที่ {chain - 1} ถูกแก้ไข · Entry {chain - 1} was changed." in answer.output


def test_a_guess_of_the_head_that_is_no_longer_right_breaks_nothing(chain: int) -> None:
    person = make_person()
    before = audit.verify().entries
    with work():
        audit.expect_head(chain - 2, "f" * 64)
        audit.record("edited", person, by=ME, after={"n": 9})
    assert audit.verify() == audit.Verdict(before + 1, None, "")


def test_those_who_number_and_write_at_once_make_one_chain(app: Flask, chain: int) -> None:
    person_id = make_person().id
    before = audit.verify().entries
    db.session.remove()

    def number() -> None:
        with app.app_context():
            for _turn in range(5):
                with work():
                    person = db.session.get_one(Person, person_id)
                    said = rules.next_number("ท.")
                    audit.record("edited", person, by=ME, after={"number": said})
            db.session.remove()

    threads = [threading.Thread(target=number) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify() == audit.Verdict(before + 20, None, "")
    written = select(TRAIL.c.after).where(TRAIL.c.act == "edited").order_by(TRAIL.c.id.desc())
    numbers = [row["number"] for row in db.session.scalars(written.limit(20))]
    assert sorted(int(said[2:].split("/")[0]) for said in numbers) == list(range(1, 21))
