"""What people of the demonstration say and do: phrases, repairs and questions from ``data/``."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

DATA = Path(__file__).resolve().parent / "data"
T = TypeVar("T")

WORKBOOK = DATA / "register_office.xlsx"


@dataclass(frozen=True)
class Repair:
    """What somebody writes of a fault (by its symptom) or asks (by category), and its end."""

    about: str
    detail: str
    cause: str
    action: str


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one file."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def repairs() -> dict[str, list[Repair]]:
    """Return the repairs that fit each symptom, by its Thai text."""
    found: dict[str, list[Repair]] = defaultdict(list)
    for row in rows("repairs.csv"):
        found[row["symptom"]].append(Repair(*row.values()))
    return dict(found)


@cache
def questions() -> tuple[Repair, ...]:
    """Return what people ask without an item; ``about`` is the category."""
    return tuple(Repair(*row.values()) for row in rows("advice.csv"))


def phrase(kind: str, chance: Random) -> str:
    """Return one of the phrases of a kind."""
    return chance.choice([row["text"] for row in rows("phrases.csv") if row["kind"] == kind])


def drawn(weights: Mapping[T, int], chance: Random) -> T:
    """Return one of the keys, more often the heavier ones."""
    return chance.choices(list(weights), list(weights.values()))[0]
