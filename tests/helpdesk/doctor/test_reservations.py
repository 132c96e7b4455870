"""The doctor finds each fault that is planted in requests to borrow, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.cast import make_cast
from tests.factories.assets import make_asset
from tests.factories.loan_requests import make_approved, make_request
from tests.helpdesk.doctor.planting import found, found_by, plant, take_back

SOUND = ("handed_counts", "request_approvals", "requests_done")


@pytest.fixture(autouse=True)
def ids(app: Flask) -> Iterator[tuple[int, int]]:
    """One approved request and one that waits."""
    cast = make_cast()
    yield make_approved(cast.thep, make_asset()).id, make_request(cast.orn, make_asset()).id
    take_back()


def test_sound_requests_give_no_finding() -> None:
    assert found_by(*SOUND) == {}


def test_a_count_without_its_hand_over_is_found(ids: tuple[int, int]) -> None:
    plant(
        "UPDATE loan_request_line SET handed = 1 WHERE request_id IN "
        "(SELECT id FROM loan_request WHERE state = 'approved')"
    )
    assert len(found("handed_counts")) == 1
    assert found("requests_done") == [f"loan_request {ids[0]}"]


def test_a_promise_that_nobody_approved_is_found(ids: tuple[int, int]) -> None:
    plant("UPDATE loan_request SET state = 'approved' WHERE state = 'requested'")
    assert found("request_approvals") == [f"loan_request {ids[1]}"]
