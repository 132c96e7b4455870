"""Names in the reader's language."""

from __future__ import annotations

from typing import Any

from kernel.i18n import language


def name_of(row: Any, stem: str = "name") -> str:  # noqa: ANN401 - any row with two names
    """Return the Thai or English name of a row, Thai where there is no English one."""
    english = getattr(row, f"{stem}_en")
    return str(english if language() == "en" and english else getattr(row, f"{stem}_th"))
