"""Every import contract breaks when somebody breaks it.

A small house of empty modules gets one wrong import; the linter, reading the project's own
contracts, has to name the contract that was broken.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import BASE_DIR

HOUSE = {
    "kernel": ["work", "errors"],
    "office": ["bookkeeping.rules", "people.rules", "people.views", "papers.rules"],
    "assets": ["register.rules", "register.queries", "register.views", "loans.rules"],
    "helpdesk": ["app", "timetable", "tickets.rules", "tickets.models", "tickets.jobs"],
}
FAULTS = {
    "Floors: imports only point down": ("assets.loans.rules", "helpdesk.tickets.rules"),
    "Order of the office rooms": ("office.bookkeeping.rules", "office.people.rules"),
    "Order of the assets rooms": ("assets.register.rules", "assets.loans.rules"),
    "Order of the helpdesk rooms": ("helpdesk.tickets.rules", "helpdesk.app"),
    "Roles inside a room": ("assets.register.queries", "assets.register.rules"),
    "Rules never see the web": ("helpdesk.tickets.rules", "flask"),
    "Only doors commit": ("assets.register.rules", "kernel.work"),
    "One clock: only the timetable knows the scheduler": ("helpdesk.tickets.jobs", "apscheduler"),
}


def build_house(folder: Path) -> None:
    """Make the empty modules, and give them the project's contracts."""
    for floor, modules in HOUSE.items():
        for module in modules:
            path = folder.joinpath(floor, *module.split(".")).with_suffix(".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            for package in (path.parent, folder / floor):
                (package / "__init__.py").touch()
    shutil.copy(BASE_DIR / ".importlinter", folder)


def import_in(folder: Path, module: str, imported: str) -> None:
    """Write one import into a module of the small house."""
    path = folder.joinpath(*module.split(".")).with_suffix(".py")
    path.write_text(f"import {imported}\n", encoding="utf-8")


def broken_contracts(folder: Path) -> set[str]:
    """Run the linter on the small house; return the names of the contracts it calls broken."""
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Contracts:" in answer.stdout, answer.stdout + answer.stderr
    lines = [line.strip() for line in answer.stdout.splitlines()]
    return {line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")}


def test_the_empty_house_keeps_every_contract(tmp_path: Path) -> None:
    build_house(tmp_path)
    assert broken_contracts(tmp_path) == set()


@pytest.mark.parametrize("contract", FAULTS)
def test_a_planted_import_breaks_its_contract(contract: str, tmp_path: Path) -> None:
    build_house(tmp_path)
    import_in(tmp_path, *FAULTS[contract])
    assert contract in broken_contracts(tmp_path)


def test_a_circle_between_siblings_is_found(tmp_path: Path) -> None:
    build_house(tmp_path)
    import_in(tmp_path, "kernel.work", "kernel.errors")
    import_in(tmp_path, "kernel.errors", "kernel.work")
    assert "No circles between siblings" in broken_contracts(tmp_path)


def test_a_room_without_a_place_in_the_order_is_found(tmp_path: Path) -> None:
    build_house(tmp_path)
    (tmp_path / "assets" / "oddments.py").touch()
    assert "Order of the assets rooms" in broken_contracts(tmp_path)
