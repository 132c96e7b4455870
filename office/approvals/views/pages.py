"""All pages of approvals, so that who serves them imports one name."""

from __future__ import annotations

from office.approvals.views import absences, by_link, deciding, paths, reading
from office.approvals.views.blueprint import blueprint

__all__ = ["absences", "blueprint", "by_link", "deciding", "paths", "reading"]
