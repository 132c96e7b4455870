"""Every package we lean on is locked to one version, and its reason is written down."""

from __future__ import annotations

import re
from importlib.metadata import requires

from config import BASE_DIR

LISTS = ("requirements.txt", "requirements-dev.txt")


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(file: str) -> set[str]:
    """The packages that a list names."""
    lines = (BASE_DIR / file).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line[:1] not in ("#", "-", ""))
    return {plain(match.group()) for match in found if match}


def needed() -> set[str]:
    """The packages of the lists, and those that they bring along on this machine."""
    waiting, seen = [name for file in LISTS for name in named(file)], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for requirement in requires(name) or []:
            if ";" not in requirement:
                match = re.match(r"[A-Za-z0-9._-]+", requirement)
                assert match, requirement
                waiting.append(plain(match.group()))
    return seen


def test_every_package_is_locked_to_one_version() -> None:
    lines = (BASE_DIR / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = {plain(line.split("==")[0]) for line in lines if "==" in line}
    assert needed() - locked == set()


def test_the_reason_for_every_package_is_written_down() -> None:
    text = (BASE_DIR / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    listed = {name for file in LISTS for name in named(file)}
    assert {name for name in listed if name not in plain(text)} == set()
