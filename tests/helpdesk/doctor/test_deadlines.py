"""The doctor finds each fault that is planted in deadlines, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from helpdesk.tickets.deadlines import jobs as deadline_jobs
from helpdesk.tickets.states import Priority, State
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.office import viewer_for
from tests.factories.tickets import make_ticket
from tests.helpdesk.doctor.planting import found, plant, take_back


@pytest.fixture(autouse=True)
def tickets(app: Flask, clock: Clock) -> Iterator[None]:
    """An unanswered ticket that is late and told of, and one at work."""
    cast = make_cast()
    make_ticket(unit=cast.school, priority=Priority.URGENT)
    make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=viewer_for(cast.thep))
    clock.forward(hours=1)
    deadline_jobs.escalate()
    yield
    take_back()


def test_sound_deadlines_give_no_finding() -> None:
    assert (found("next_deadlines"), found("steps_in_order")) == ([], [])


def test_a_next_deadline_that_is_none_of_the_two_is_found() -> None:
    plant("UPDATE ticket SET next_due_at = opened_at WHERE state = 'in_progress'")
    assert len(found("next_deadlines")) == 1


def test_an_unanswered_ticket_due_after_its_answer_is_found() -> None:
    plant("UPDATE ticket SET next_due_at = resolution_due_at WHERE state = 'new'")
    assert len(found("next_deadlines")) == 1


def test_a_head_told_before_the_technician_is_found() -> None:
    plant("DELETE FROM ticket_escalation WHERE step = 'technician'")
    assert len(found("steps_in_order")) == 1
