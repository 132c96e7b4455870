"""Reading and writing in a request: pages only read, and a database that was away is back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg.pq import TransactionStatus
from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from bench import cluster
from config import Settings
from helpdesk.app import create_app
from kernel import clock
from kernel.db import db, fixed_word, unplanned
from kernel.work import work
from office.bookkeeping.models import Tally
from tests import schema
from tests.asking import listening
from tests.factories.office import make_unit


@pytest.fixture
def page(app: Flask) -> Iterator[None]:
    """A request that is being answered."""
    with app.test_request_context("/"):
        yield


def _tally(bucket: str) -> dict[str, object]:
    return {"bucket": bucket, "since": clock.now(), "count": 1}


def _buckets() -> list[str]:
    return list(db.session.scalars(select(Tally.bucket).order_by(Tally.bucket)))


def test_a_page_that_adds_a_row_outside_of_a_unit_of_work_is_refused(page: None) -> None:
    db.session.add(Tally(**_tally("planted")))
    with pytest.raises(RuntimeError, match="outside of a unit of work"):
        db.session.flush()
    db.session.rollback()
    assert _buckets() == []


def test_a_page_that_sends_an_insert_outside_of_a_unit_of_work_is_refused(page: None) -> None:
    with pytest.raises(RuntimeError, match="outside of a unit of work"):
        db.session.execute(insert(Tally).values(**_tally("planted")))
    assert _buckets() == []


def test_a_page_leaves_no_transaction_open_on_a_server(page: None) -> None:
    _buckets()
    driver = db.session.connection().connection.driver_connection
    on_server = isinstance(driver, psycopg.Connection)
    assert on_server == (db.engine.dialect.name == "postgresql")
    # SQLite reads one moment for the whole page: a transaction costs nothing there.
    idle = TransactionStatus.IDLE
    assert driver.info.transaction_status == idle if on_server else driver.in_transaction


def test_a_unit_of_work_in_a_request_happens_wholly_or_not_at_all(page: None) -> None:
    _buckets()

    def fail() -> None:
        with work():
            db.session.execute(insert(Tally).values(**_tally("first")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with work():
        db.session.execute(insert(Tally).values(**_tally("second")))
    assert _buckets() == ["second"]


def test_a_page_reads_a_long_answer_in_parts(page: None) -> None:
    with work():
        rows = [_tally(f"bucket {number:02}") for number in range(25)]
        db.session.execute(insert(Tally), rows)
    read = select(Tally.bucket).order_by(Tally.bucket).execution_options(yield_per=10)
    parts = [len(part) for part in db.session.execute(read).partitions()]
    assert parts == [10, 10, 5]
    assert len(_buckets()) == 25


def test_a_connection_that_the_server_cut_is_replaced_before_anybody_asks(app: Flask) -> None:
    make_unit()
    if db.engine.dialect.name == "postgresql":
        pid = db.session.connection().connection.driver_connection.info.backend_pid
        db.session.remove()
        address = db.engine.url.set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as own:
            # Waits until it is gone: the word alone is given before it is obeyed.
            ended = own.execute("SELECT pg_terminate_backend(%s, 60000)", [pid]).fetchone()
            assert ended == (True,)
    else:
        db.session.remove()
        db.engine.dispose()
    assert app.test_client().get("/sign-in").status_code == 200
    assert _buckets() == []


def test_values_go_to_a_server_by_number_and_a_percent_sign_is_only_itself(page: None) -> None:
    with listening() as seen:
        found = db.session.execute(
            select(Tally.bucket).where(Tally.bucket.like("%%planted") | (Tally.count % 2 == 1)),
            execution_options={"yield_per": 1},
        ).all()
    assert found == []
    assert ("$1" in seen[0]) == (db.engine.dialect.name == "postgresql")


def test_a_value_that_is_not_planned_for_is_a_question_of_its_own_to_a_server() -> None:
    asked = select(Tally.count).where(Tally.count < unplanned(bindparam("most")))
    assert "< (SELECT %(most)s)" in str(asked.compile(dialect=postgresql.dialect()))
    assert "< ?" in str(asked.compile(dialect=sqlite.dialect()))


def test_a_word_of_the_code_stands_in_the_statement_and_nothing_else_may() -> None:
    asked = select(Tally.count).where(Tally.bucket == fixed_word("waiting_parts"))
    assert "= 'waiting_parts'" in str(asked)
    with pytest.raises(ValueError, match="no word of the code"):
        fixed_word("x' OR 'x")


@pytest.fixture
def own_server() -> Iterator[cluster.Server]:
    """A PostgreSQL server of this test's own, that it may kill."""
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster.running(Path(folder) / "data") as server,
    ):
        server.command("CREATE DATABASE office TEMPLATE template0 ENCODING 'UTF8'")
        yield server


def test_while_the_server_is_away_people_are_asked_for_patience_and_then_served(
    own_server: cluster.Server, tmp_path: Path
) -> None:
    settings = Settings.from_environment(
        {
            "HELPDESK_ENVIRONMENT": "test",
            "HELPDESK_DATABASE_URL": own_server.address("office"),
            "HELPDESK_VAR_DIR": str(tmp_path),
        }
    )
    app = create_app(settings)
    with app.app_context():
        schema.make()
    ask = app.test_client().get
    assert ask("/q/AAAAAAAA").status_code == 404
    own_server.kill()
    away = ask("/q/AAAAAAAA")
    own_server.start()
    back = ask("/q/AAAAAAAA")
    with app.app_context():
        db.engine.dispose()
    assert away.status_code == 503
    assert "ฐานข้อมูล" in away.text
    assert back.status_code == 404
