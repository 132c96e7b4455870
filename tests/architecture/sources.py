"""The files of the code base, as the tests of its architecture look at them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from config import BASE_DIR

FLOORS = ("kernel", "office", "assets", "helpdesk")
ROOT_MODULES = ("config.py", "wsgi.py", "gunicorn.conf.py")


@cache
def modules() -> list[Path]:
    """Every module of the service, below the project's folder."""
    found = [BASE_DIR / name for name in ROOT_MODULES]
    for floor in FLOORS:
        found += sorted((BASE_DIR / floor).rglob("*.py"))
    return found


@cache
def test_modules() -> list[Path]:
    """Every module of the tests."""
    return sorted((BASE_DIR / "tests").rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """How a failure names a file."""
    return path.relative_to(BASE_DIR).as_posix()


def rooms() -> list[Path]:
    """Every room: the folders one step below a floor that hold a module."""
    return [
        folder
        for floor in FLOORS[1:]
        for folder in sorted((BASE_DIR / floor).iterdir())
        if (folder / "__init__.py").exists()
    ]
