"""Colours of a card: reading one, and whether one can be read on the other."""

from __future__ import annotations

import re

BAND, INK = "#1f3a5f", "#ffffff"
LEAST_CONTRAST = 4.5
"""What WCAG 2.2 asks of letters of this size (success criterion 1.4.3, level AA)."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def read_colour(typed: str) -> str | None:
    """Return a colour as ``#1f3a5f``; None where it is none."""
    colour = typed.strip().lower()
    return colour if _COLOUR.fullmatch(colour) else None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
