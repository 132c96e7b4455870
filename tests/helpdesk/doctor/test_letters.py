"""The doctor finds each fault that is planted in the registers of letters, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.factories.letters import make_letter
from tests.factories.office import make_office
from tests.helpdesk.doctor.planting import found, plant, take_back


@pytest.fixture(autouse=True)
def ready(app: Flask) -> Iterator[None]:
    """Two letters in one register."""
    office = make_office()
    make_letter(office)
    make_letter(office)
    yield
    take_back()


def test_numbers_that_are_missing_or_too_high_are_found() -> None:
    assert found("letter_numbers") == []
    plant("UPDATE letter SET number = 9 WHERE number = 1")
    low, high = sorted(found("letter_numbers"), reverse=True)
    assert (low.startswith("unit "), low.endswith(" 1/2569"), high.startswith("letter ")) == (
        True,
        True,
        True,
    )
