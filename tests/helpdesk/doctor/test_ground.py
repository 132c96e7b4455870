# ruff: noqa: S608 - faults are planted in SQL, made of the tests' own words
"""The doctor finds faults planted in records and the file; its command says how to mend them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from helpdesk.doctor import checkup
from helpdesk.doctor.findings import MOST_SHOWN
from helpdesk.tickets.states import State
from kernel.work import work
from office.people.access import Role
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.loans import make_loan
from tests.factories.office import make_person, make_unit, viewer_for
from tests.factories.tickets import make_symptom, make_ticket
from tests.helpdesk.doctor.planting import (
    found,
    ignore_constraint,
    ignore_references,
    is_sqlite,
    plant,
    take_back,
)

SQLITE_ONLY = {"integrity", "search_index"}


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    yield
    take_back()


def examined(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["doctor", *arguments])


def names_asked() -> set[str]:
    return {check.name for check in checkup.checks()}


def spoil_items(count: int) -> None:
    """Make items whose search keys are not theirs, for good."""
    for _number in range(count):
        make_asset()
    with work():
        plant("UPDATE asset SET search_key = 'x'")


def test_numbers_names_what_is_missing_and_what_is_above_the_last() -> None:
    for _number in range(3):
        make_ticket()
    plant("UPDATE ticket SET number = 'ซ.9/2570' WHERE number = 'ซ.2/2570'")
    assert found("numbers") == ["ซ.9/2570", "ซ.2/2570"]


def test_numbers_names_a_number_that_was_given_to_nothing() -> None:
    make_loan()
    plant("UPDATE number_series SET last = 3")
    assert found("numbers") == ["ย.2/2570", "ย.3/2570"]


def test_numbers_names_a_number_of_another_form() -> None:
    make_ticket()
    plant("UPDATE ticket SET number = 'ซ.1'")
    assert found("numbers") == ["ซ.1", "ซ.1/2570"]


def test_audit_trail_names_the_first_entry_that_was_changed() -> None:
    make_asset()
    assert found("audit_trail") == []
    if is_sqlite():
        plant("DROP TRIGGER audit_entry_guard_update")
    ignore_references()
    plant("UPDATE audit_entry SET actor_name = 'x' WHERE id = 1")
    assert found("audit_trail") == ["audit_entry 1: changed"]


def test_unit_paths_names_a_unit_that_does_not_stand_under_the_one_above_it() -> None:
    school, _other = make_unit(), make_unit()
    assert found("unit_paths") == []
    plant(f"UPDATE unit SET path = '/{school.id}/' WHERE id = {school.id}")
    assert found("unit_paths") == [f"unit {school.id}"]


@pytest.mark.parametrize(
    "fault", ["UPDATE role_grant SET role = 'king'", "UPDATE person SET left_on = '2026-01-01'"]
)
def test_grants_names_a_grant_of_no_role_or_of_nobody(fault: str) -> None:
    make_person(Role.STOREKEEPER)
    assert found("grants") == []
    plant(fault, "UPDATE role_grant SET id = 79")
    assert found("grants") == ["role_grant 79"]


def test_references_names_a_row_that_points_at_nothing() -> None:
    asset = make_asset()
    assert found("references") == []
    ignore_references()
    plant("UPDATE asset SET room_id = 99")
    assert found("references") == [f"asset {asset.id}: room"]


def test_references_names_an_entry_of_a_person_who_never_was() -> None:
    make_asset()
    if is_sqlite():
        plant("DROP TRIGGER audit_entry_guard_update")
    ignore_references()
    plant("UPDATE audit_entry SET actor_id = 99 WHERE id = 1")
    assert found("references") == ["audit_entry 1: person"]


def test_references_names_a_ticket_whose_symptom_is_gone() -> None:
    chip = make_symptom()
    ticket = make_ticket(symptoms=(chip,))
    assert found("references") == []
    plant(f"DELETE FROM symptom WHERE id = {chip.id}")
    assert found("references") == [f"ticket {ticket.id}: symptom"]


def test_the_file_and_the_search_index_are_asked_of_sqlite_alone() -> None:
    left_out = set() if is_sqlite() else SQLITE_ONLY
    assert {check.name for check in checkup.CHECKS} - names_asked() == left_out


def test_integrity_names_a_table_whose_constraint_does_not_hold() -> None:
    make_asset()
    if not is_sqlite():
        assert "integrity" not in names_asked()
        return
    assert found("integrity") == []
    ignore_constraint("asset", "ck_asset_quantity")
    plant("UPDATE asset SET quantity = 0", "PRAGMA ignore_check_constraints = OFF")
    assert found("integrity") == ["CHECK constraint failed in asset"]


def test_search_index_names_an_index_that_lacks_a_row() -> None:
    make_asset()
    if not is_sqlite():
        assert "search_index" not in names_asked()
        return
    assert found("search_index") == []
    plant(
        "INSERT INTO asset_fts(asset_fts, rowid, search_key) "
        "SELECT 'delete', id, search_key FROM asset"
    )
    assert found("search_index") == ["asset_fts"]


def test_the_command_is_content_with_what_the_rules_made(app: Flask) -> None:
    technician = viewer_for(make_person(Role.TECHNICIAN))
    for state in State:
        make_ticket(make_asset(), state=state, technician=technician)
    make_loan()
    answer = examined(app)
    assert answer.exit_code == 0, answer.output
    assert "ข้อมูลถูกต้องครบถ้วนทุกข้อ" in answer.output


def test_the_command_names_what_it_found_and_how_to_mend_it(app: Flask) -> None:
    spoil_items(1)
    thai, english = examined(app), examined(app, "--language", "en")
    assert thai.exit_code == english.exit_code == 1
    assert "วิธีแก้ไข: แก้ข้อมูลหนึ่งช่อง" in thai.output
    assert "To mend it: Change something on the page" in english.output
    assert "1 check found something." in english.output


def test_the_command_shows_at_most_twenty_findings_and_counts_all(app: Flask) -> None:
    spoil_items(MOST_SHOWN + 2)
    answer = examined(app, "--json")
    lines: list[dict[str, Any]] = [json.loads(line) for line in answer.output.splitlines()]
    by_name = {line["check"]: line for line in lines}
    assert answer.exit_code == 1
    assert [line["check"] for line in lines if not line["sound"]] == ["item_keys"]
    assert by_name["item_keys"]["count"] == MOST_SHOWN + 2
    assert len(by_name["item_keys"]["findings"]) == MOST_SHOWN
    assert by_name["item_keys"]["mend"]
    assert by_name["tags"]["findings"] == []
    assert "and 2 more" in examined(app, "--language", "en").output


def test_the_command_only_reads(app: Flask) -> None:
    make_loan()
    with counted() as asked:
        assert examined(app).exit_code == 0
    # SQLite takes the question whether an index is in step in the form of an INSERT.
    reading = ("SELECT", "WITH", "SAVEPOINT", "RELEASE")
    writing = [
        one for one in asked if not one.startswith(reading) and "'integrity-check'" not in one
    ]
    assert writing == []
