"""Makes the tables of a test database the way an office's are made: by the migrations."""

from __future__ import annotations

from kernel import schema


def make() -> None:
    """Build the newest schema in the empty database of the present application."""
    schema.move("head")
