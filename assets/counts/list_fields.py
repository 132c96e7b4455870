"""A column of a list of the paper set: one description for paper and sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kernel.tables import Kind, Value


@dataclass(frozen=True)
class Field:
    """A column: its words, its value, and how it stands on paper (mm; 0 takes of the rest)."""

    label: str
    value: Callable[[Any], Value]
    width: int = 0
    align: str = "left"
    kind: Kind = Kind.TEXT
    ticks: bool = False
