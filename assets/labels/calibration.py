"""How a printer is off, and what is done to the drawing so that it lands where it should.

A printer that stretches by ``s`` and shifts by ``t`` puts a point ``x`` at ``s·x + t``. Drawn at
``(x - t) / s`` it lands at ``x``. Both numbers come from what a person measures on the test page:
how long its line of 100 mm is, and how far the line that should lie 20 mm from the edge lies.
"""

from __future__ import annotations

from dataclasses import dataclass

RULER_MM = 100.0
MARK_MM = 20.0
MOST_OFFSET_MM = 10.0
MOST_STRETCH = 0.1


@dataclass(frozen=True)
class Fit:
    """What is done to the drawing for a printer: stretched, then moved by millimetres."""

    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0


NO_FIT = Fit()


def fitted(length_mm: float, mark_mm: float) -> tuple[float, float]:
    """Return stretch and shift of the drawing along one side.

    Args:
        length_mm: how long the line of 100 mm is on the paper.
        mark_mm: how far from the edge the line lies that should lie at 20 mm.

    Refuses (ValueError) what no printer does: more than a tenth off, or a shift beyond 10 mm.
    """
    stretch = length_mm / RULER_MM
    if abs(stretch - 1) > MOST_STRETCH:
        raise ValueError("length")
    shift = -(mark_mm - MARK_MM * stretch) / stretch
    if abs(shift) > MOST_OFFSET_MM:
        raise ValueError("mark")
    return round(1 / stretch, 4), round(shift, 1)
