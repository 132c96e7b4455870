"""The doctor finds each fault that is planted in approvals, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from office.approvals.rules import signing
from tests.cast import make_cast
from tests.helpdesk.doctor.planting import found, found_by, ignore_constraint, plant, take_back
from tests.office.approvals.wishes import DIRECTOR, act, ask, registered


@pytest.fixture(autouse=True)
def ids(app: Flask) -> Iterator[tuple[int, int]]:
    """One approval that the director has signed, and one that waits."""
    cast = make_cast()
    with registered(DIRECTOR):
        signed = ask(cast.malee)
        act(signing.approve, signed, by=cast.chai)
        yield signed.id, ask(cast.malee, subject_id=2).id
    take_back()


NAMES = ("approved_unsigned", "own_signatures", "approved_content", "approvals_waiting")


def test_sound_approvals_give_no_finding() -> None:
    assert found_by(*NAMES) == {}


def test_what_was_approved_unsigned_is_found(ids: tuple[int, int]) -> None:
    plant("UPDATE approval_step SET state = 'ended', signed_at = NULL WHERE state = 'signed'")
    assert found("approved_unsigned") == [f"approval {ids[0]}"]


def test_a_step_without_its_signature_is_found() -> None:
    plant("DELETE FROM approval_act WHERE act = 'approved'")
    assert [one.split()[0] for one in found("approved_unsigned")] == ["approval_step"]


def test_a_signature_of_the_asker_is_found() -> None:
    ignore_constraint("approval_act", "ck_approval_act_not_the_asker")
    plant("UPDATE approval_act SET principal_id = asker_id WHERE act = 'approved'")
    assert len(found("own_signatures")) == 1


def test_content_that_was_changed_is_found(ids: tuple[int, int]) -> None:
    plant("UPDATE approval SET snapshot = '{}' WHERE subject_id = 1")
    assert found("approved_content") == [f"approval {ids[0]}"]


def test_a_signature_of_other_content_is_found() -> None:
    plant("UPDATE approval_act SET snapshot_hash = 'x' WHERE act = 'approved'")
    assert len(found("approved_content")) == 1


def test_what_waits_without_an_open_step_is_found(ids: tuple[int, int]) -> None:
    plant("UPDATE approval_step SET state = 'pending' WHERE state = 'open'")
    assert found("approvals_waiting") == [f"approval {ids[1]}"]
