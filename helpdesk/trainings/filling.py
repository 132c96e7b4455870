"""Where this room speaks in the rooms below: who lets people take part, what is counted, hours."""

from __future__ import annotations

from helpdesk.trainings import approving, counting
from helpdesk.trainings.views.hours import ways_of_person
from office.places import slots


def fill() -> None:
    """Register all of it; call it when the application is built."""
    approving.register()
    counting.register()
    slots.fill("trainings", person=ways_of_person)
