"""Who may open the pages of the desk."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import EVERYONE

HOME = permission("helpdesk:home:see", roles=EVERYONE)
