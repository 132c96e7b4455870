# ruff: noqa: S608 - faults are planted in SQL, made of the tests' own words
"""The doctor finds each fault that is planted in items, loans and tickets, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from assets.labels import shipped
from assets.labels.models import PrintRun, Tag
from assets.labels.rules import runs
from assets.labels.rules.runs import Paper
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel import clock
from kernel.db import db
from kernel.files import store
from kernel.work import work
from office.people.access import Role
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import make_office, make_person, viewer_for
from tests.factories.tickets import make_tag, make_ticket
from tests.helpdesk.doctor.planting import found, found_by, ignore_constraint, plant, take_back

LINE_AGAIN = """INSERT INTO loan_line (loan_id, asset_id, state, due_on, first_due_on, out_at,
    condition_out, accessories, note) SELECT loan_id, asset_id, state, due_on, first_due_on, out_at,
    condition_out, accessories, note FROM loan_line"""
HOLD_AGAIN = """INSERT INTO hold (asset_id, kind, reference, since)
    SELECT asset_id, kind, 'ย.9/2570', since FROM hold"""
END_HOLDS = "UPDATE hold SET ended_at = since"

SOUND = (
    "lent_twice",
    "loan_holds",
    "loan_ends",
    "loan_days",
    "repair_holds",
    "ticket_states",
    "ticket_stretches",
    "asset_numbers",
    "tags",
    "tags_in_use",
    "print_runs",
    "files",
    "item_keys",
    "item_obstacles",
    "ticket_keys",
    "person_keys",
)


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    yield
    take_back()


def in_state(state: State, asset: Asset | None = None) -> Ticket:
    technician = viewer_for(make_person(Role.TECHNICIAN))
    return make_ticket(asset or make_asset(), state=state, technician=technician)


def claimed_tag() -> Tag:
    moment = clock.now()
    return make_tag(make_asset(), created_at=moment, claimed_at=moment)


def printed_run() -> PrintRun:
    """Print a label of one item and one blank one, each in a run of its own."""
    paper = Paper(shipped.layouts()[shipped.DEFAULT], 29)
    storekeeper = viewer_for(make_person(Role.STOREKEEPER))
    asset = make_asset()
    with work():
        runs.print_blanks(1, paper, by=storekeeper)
        return runs.print_items([db.session.get_one(Asset, asset.id)], paper, by=storekeeper)


def one_of_each() -> None:
    """Make items, loans and tickets in every state, by the rules."""
    make_loan(make_asset(), make_asset())
    claimed_tag()
    make_tag()
    printed_run()
    for state in State:
        in_state(state)


def test_what_the_rules_made_is_sound() -> None:
    one_of_each()
    assert found_by(*SOUND) == {}


def test_tags_in_use_names_an_item_that_has_two_labels() -> None:
    asset_id = claimed_tag().asset_id
    plant(
        "INSERT INTO tag (code, asset_id, batch, created_at, claimed_at)"
        " SELECT 'ZZZZ9999', asset_id, '', created_at, claimed_at FROM tag"
    )
    assert found("tags_in_use") == [f"asset {asset_id}"]


@pytest.mark.parametrize(
    "fault", ["UPDATE label_run SET count = count + 1", "DELETE FROM label_run_line"]
)
def test_print_runs_names_a_run_that_holds_another_number_of_labels(fault: str) -> None:
    last = printed_run().id
    plant(fault)
    assert found("print_runs") == [f"label_run {last - 1}", f"label_run {last}"]


def test_lent_twice_names_the_item() -> None:
    asset = make_asset()
    make_loan(asset)
    plant("DROP INDEX uq_loan_line_open", LINE_AGAIN)
    assert found("lent_twice") == [f"asset {asset.id}"]


def test_loan_holds_names_a_line_that_no_hold_stands_for() -> None:
    make_loan()
    plant(END_HOLDS, "UPDATE loan_line SET id = 77")
    assert found("loan_holds") == ["loan_line 77"]


def test_loan_holds_names_a_hold_whose_line_is_back() -> None:
    make_loan()
    plant(
        "UPDATE loan_line SET state = 'returned', returned_at = out_at, condition_in = 'good'",
        "UPDATE hold SET id = 78",
    )
    assert found("loan_holds") == ["hold 78"]


def test_loan_holds_names_an_item_that_two_loans_hold() -> None:
    asset = make_asset()
    make_loan(asset)
    plant("DROP INDEX uq_hold_open_loan", HOLD_AGAIN)
    assert f"asset {asset.id}" in found("loan_holds")


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE loan SET closed_at = out_at",
        "UPDATE loan_line SET state = 'returned', returned_at = out_at, condition_in = 'good'",
    ],
)
def test_loan_ends_names_a_loan_that_is_closed_too_soon_or_not_at_all(fault: str) -> None:
    loan = make_loan()
    plant(fault)
    assert found("loan_ends") == [f"loan {loan.id}"]


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE loan_line SET first_due_on = '2026-01-01', due_on = '2026-01-01'",
        """UPDATE loan_line SET state = 'returned', condition_in = 'good',
            returned_at = '2026-01-01 00:00:00'""",
    ],
)
def test_loan_days_names_a_line_that_ends_before_it_began(fault: str) -> None:
    make_loan()
    plant(fault, "UPDATE loan_line SET id = 77")
    assert found("loan_days") == ["loan_line 77"]


@pytest.mark.parametrize("state", [State.NEW, State.RESOLVED])
def test_repair_holds_names_a_hold_that_no_open_repair_stands_for(state: State) -> None:
    in_state(State.ACCEPTED)
    ignore_constraint("ticket", "ck_ticket_due")
    ignore_constraint("ticket", "ck_ticket_outcome")
    plant(f"UPDATE ticket SET state = '{state}'", "UPDATE hold SET id = 78")
    assert found("repair_holds") == ["hold 78"]


def test_repair_holds_names_a_repair_that_holds_nothing() -> None:
    ticket = in_state(State.WAITING_PARTS)
    plant(END_HOLDS)
    assert found("repair_holds") == [f"ticket {ticket.id}"]


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        (State.NEW, "next_due_at = NULL"),
        (State.IN_PROGRESS, "resolved_at = opened_at"),
        (State.IN_PROGRESS, "outcome = 'fixed'"),
        (State.WAITING_PARTS, "closed_at = opened_at"),
        (State.RESOLVED, "next_due_at = opened_at"),
        (State.RESOLVED, "resolved_at = NULL"),
        (State.RESOLVED, "outcome = ''"),
        (State.CLOSED, "closed_at = NULL"),
        (State.CLOSED, "outcome = ''"),
        (State.CANCELLED, "closed_at = NULL"),
        (State.CANCELLED, "resolved_at = opened_at"),
        (State.ACCEPTED, "state = 'asleep'"),
    ],
)
def test_ticket_states_names_a_ticket_whose_columns_do_not_agree(state: State, fault: str) -> None:
    ticket = in_state(state)
    ignore_constraint("ticket", "ck_ticket_due")
    ignore_constraint("ticket", "ck_ticket_outcome")
    plant(f"UPDATE ticket SET {fault}")
    assert found("ticket_states") == [f"ticket {ticket.id}"]


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE ticket_interval SET started_at = '2020-01-01 00:00:00'",
        "UPDATE ticket_interval SET ended_at = '2030-01-01 00:00:00'",
        "UPDATE ticket SET state_since = '2020-01-01 00:00:00'",
    ],
)
def test_ticket_stretches_names_a_ticket_in_two_states_at_once(fault: str) -> None:
    ticket = in_state(State.RESOLVED)
    plant(fault)
    assert found("ticket_stretches") == [f"ticket {ticket.id}"]


def test_asset_numbers_names_both_items_that_had_one_number() -> None:
    first, second, _other = make_asset(), make_asset(), make_asset()
    plant(
        f"INSERT INTO earlier_number (asset_id, number, key) "
        f"VALUES ({second.id}, '{first.asset_no}', '{first.asset_no_key}')"
    )
    assert found("asset_numbers") == [f"asset {first.id}", f"asset {second.id}"]


@pytest.mark.parametrize(
    "fault",
    [
        "claimed_at = NULL",
        "asset_id = NULL",
        "retired_at = '2020-01-01 00:00:00'",
    ],
)
def test_tags_names_a_tag_whose_days_and_item_do_not_agree(fault: str) -> None:
    tag = claimed_tag()
    plant(f"UPDATE tag SET {fault}")
    assert found("tags") == [f"tag {tag.id}"]


def test_files_names_a_photo_that_is_not_in_the_store() -> None:
    kept, gone = store().put(b"a photo", "jpg"), f"{'0' * 64}.jpg"
    make_asset(photo_key=kept, thumbnail_key=kept)
    asset = make_asset(photo_key=gone, thumbnail_key=kept)
    assert found("files") == [f"asset {asset.id}: {gone}"]


@pytest.mark.parametrize(
    "fault",
    [
        "asset_no_key = 'X'",
        "asset_no_sort = 'X'",
        "serial_key = 'X'",
        "search_key = 'X'",
        "name = 'เครื่องพิมพ์'",
    ],
)
def test_item_keys_names_an_item_that_is_not_found_by_its_card(fault: str) -> None:
    make_asset()
    asset = make_asset()
    plant(f"UPDATE asset SET {fault} WHERE id = {asset.id}")
    assert found("item_keys") == [f"asset {asset.id}"]


def test_item_keys_names_an_item_whose_earlier_number_is_not_found() -> None:
    asset = make_asset()
    plant(
        f"INSERT INTO earlier_number (asset_id, number, key) VALUES ({asset.id}, 'OLD-1', 'OLD-1')"
    )
    assert found("item_keys") == [f"asset {asset.id}"]


@pytest.mark.parametrize("column", ["subject", "detail", "reporter_name"])
def test_ticket_keys_names_a_ticket_that_is_not_found_by_its_words(column: str) -> None:
    ticket = in_state(State.NEW)
    plant(f"UPDATE ticket SET {column} = 'อย่างอื่น'")
    assert found("ticket_keys") == [f"ticket {ticket.id}"]


def test_person_keys_names_a_person_who_is_not_found_by_name() -> None:
    make_office()
    person = make_person()
    plant("UPDATE person SET name_th = 'ชื่อใหม่'")
    assert found("person_keys") == [f"person {person.id}"]
