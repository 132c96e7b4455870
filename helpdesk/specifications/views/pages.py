"""The blueprint with all pages of the room."""

from helpdesk.specifications.views import (
    comparing,
    comparisons,
    criteria,
    lists,
    offers,
    one,
    papers,
    writing,
)
from helpdesk.specifications.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "comparing",
    "comparisons",
    "criteria",
    "lists",
    "offers",
    "one",
    "papers",
    "writing",
]
