"""A film for the browser's fake camera: a second of an empty desk, then a label."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from kernel.qr import modules

FRAME = (640, 480)
MODULE_PIXELS = 9
QUIET_MODULES = 4
# Chromium plays such a film at thirty pictures a second, again and again.
EMPTY_SECONDS, LABEL_SECONDS, RATE = 1, 3, 30


def label(text: str) -> Image.Image:
    """Draw the QR of a text on white in the middle of a grey frame."""
    rows = modules(text)
    side = (len(rows) + 2 * QUIET_MODULES) * MODULE_PIXELS
    symbol = Image.new("L", (side, side), "white")
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                corner = ((x + QUIET_MODULES) * MODULE_PIXELS, (y + QUIET_MODULES) * MODULE_PIXELS)
                symbol.paste(0, (*corner, corner[0] + MODULE_PIXELS, corner[1] + MODULE_PIXELS))
    frame = Image.new("L", FRAME, "grey")
    frame.paste(symbol, ((FRAME[0] - side) // 2, (FRAME[1] - side) // 2))
    return frame


def film(text: str, path: Path) -> None:
    """Write the film of a label that holds the text as motion JPEG: one picture after another."""
    empty = Image.new("L", FRAME, "grey")
    with path.open("wb") as file:
        for picture, seconds in ((empty, EMPTY_SECONDS), (label(text), LABEL_SECONDS)):
            drawn = BytesIO()
            picture.convert("RGB").save(drawn, "JPEG", quality=95, subsampling="4:2:0")
            file.write(drawn.getvalue() * (seconds * RATE))
