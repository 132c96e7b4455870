"""Every room that has tables, so that the metadata is whole before it is compared."""

from __future__ import annotations

from importlib import import_module

from config import BASE_DIR

FLOORS = ("office", "assets", "helpdesk")


def import_all() -> None:
    """Import the models of every room."""
    for floor in FLOORS:
        for file in sorted((BASE_DIR / floor).glob("*/**/*models.py")):
            import_module(".".join(file.relative_to(BASE_DIR).with_suffix("").parts))
