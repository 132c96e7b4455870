"""Planting faults that the service itself never writes, in a transaction that is taken back."""

from __future__ import annotations

from sqlalchemy import text

from helpdesk.doctor import checkup
from kernel.db import db


def found(name: str) -> list[str]:
    """Return what one check finds now, in the test's own transaction."""
    (check,) = (one for one in checkup.checks() if one.name == name)
    return list(check.find())


def found_by(*names: str) -> dict[str, list[str]]:
    """Return what some checks find now, by their names, without those that find nothing."""
    return {name: findings for name in names if (findings := found(name))}


def plant(*statements: str) -> None:
    """Run statements behind the back of the rules."""
    for statement in statements:
        db.session.execute(text(statement))


def is_sqlite() -> bool:
    """Tell which engine the test runs on."""
    return db.engine.dialect.name == "sqlite"


def ignore_constraint(table: str, name: str) -> None:
    """Let the table hold what its CHECK constraint refuses."""
    plant(
        "PRAGMA ignore_check_constraints = ON"
        if is_sqlite()
        else f"ALTER TABLE {table} DROP CONSTRAINT {name}"
    )


def ignore_references() -> None:
    """Let rows point at rows that are not there; on PostgreSQL triggers sleep as well."""
    plant(
        "PRAGMA defer_foreign_keys = ON"
        if is_sqlite()
        else "SET LOCAL session_replication_role = replica"
    )


def take_back() -> None:
    """Undo all that was planted."""
    db.session.rollback()
    if is_sqlite():
        plant("PRAGMA ignore_check_constraints = OFF")
        db.session.rollback()
