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


def repair_of(symptom: str, chance: Random) -> Repair:
    """Return one of the repairs that fit a symptom, any repair where none does."""
    every = [repair for found in repairs().values() for repair in found]
    return chance.choice(repairs().get(symptom) or every)


@cache
def questions() -> tuple[Repair, ...]:
    """Return what people ask without an item; ``about`` is the category."""
    return tuple(Repair(*row.values()) for row in rows("advice.csv"))


@cache
def accessories() -> dict[str, str]:
    """Return what goes with an item that is lent, by the code of its class."""
    return {row["class"]: row["text"] for row in rows("accessories.csv")}


def phrase(kind: str, chance: Random) -> str:
    """Return one of the phrases of a kind."""
    return chance.choice([row["text"] for row in rows("phrases.csv") if row["kind"] == kind])


def phrases(kind: str) -> tuple[str, ...]:
    """Return all phrases of a kind, in the order of the file."""
    return tuple(row["text"] for row in rows("phrases.csv") if row["kind"] == kind)


def drawn(weights: Mapping[T, int], chance: Random) -> T:
    """Return one of the keys, more often the heavier ones."""
    return chance.choices(list(weights), list(weights.values()))[0]
