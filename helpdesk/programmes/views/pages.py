"""The blueprint with all pages of the room."""

from helpdesk.programmes.views import (
    drafting,
    group,
    lists,
    log,
    notices,
    one,
    papers,
    plan,
    report,
)
from helpdesk.programmes.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "drafting",
    "group",
    "lists",
    "log",
    "notices",
    "one",
    "papers",
    "plan",
    "report",
]
