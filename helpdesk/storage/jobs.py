"""What happens to the store of files because time passed."""

from __future__ import annotations

from helpdesk.storage import tidying


def tidy_files() -> int:
    """Remove the files that no row has named for some weeks; return how many."""
    return tidying.tidy()
