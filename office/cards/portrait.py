"""The photo of a card: cut to three by four, large enough to print, small enough to keep."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.images import clean_photo

WIDTH, HEIGHT = 600, 800
LEAST_WIDTH, LEAST_HEIGHT = 240, 320
"""Pixels: 20 by 26.7 mm at 300 dots to the inch."""
SMALL = (150, 200)
_FRACTION = re.compile(r"[01](?:\.\d{1,6})?")


@dataclass(frozen=True)
class Portrait:
    """A photo as cards carry it, three by four, and the same small; both JPEG."""

    jpeg: bytes
    thumbnail: bytes


@dataclass(frozen=True)
class Cut:
    """What of a photo is wanted: its left and upper edge and its width, as parts of the photo."""

    left: float
    top: float
    width: float


def read_cut(said: str | None) -> Cut | None:
    """Return the cut that a page sent as ``left,top,width``; None for nonsense or nothing."""
    parts = (said or "").split(",")
    if len(parts) != 3 or not all(_FRACTION.fullmatch(part) for part in parts):
        return None
    left, top, width = (float(part) for part in parts)
    return Cut(left, top, width) if 0 < width <= 1 and left < 1 and top < 1 else None


def too_small(width: int, height: int) -> bool:
    """Tell whether the middle of a photo of this size (pixels) has too few dots for a card."""
    return min(width, height * 3 // 4) < LEAST_WIDTH


def portrait(
    stream: BinaryIO, name: str, *, cut: Cut | None = None, megabytes: int = 15
) -> Portrait:
    """Read a photo as it was sent and cut it to three by four.

    Args:
        stream: the sent bytes.
        name: the sender's file name.
        cut: what the person chose; the middle of the photo when left out.
        megabytes: the most the photo may weigh.

    Raises:
        Refusal: no photo, or fewer than 240 by 320 pixels are left of it.
        TooLarge: too many bytes or pixels.
    """
    clean = clean_photo(stream, name, megabytes=megabytes)
    with Image.open(io.BytesIO(clean.jpeg)) as picture:
        box = _box(picture.width, picture.height, cut)
        if box[2] - box[0] < LEAST_WIDTH:
            raise Refusal(
                _(
                    "“%(name)s” is too small: a card needs at least %(width)s by %(height)s dots "
                    "of the face. Please take a larger photo.",
                    name=name,
                    width=LEAST_WIDTH,
                    height=LEAST_HEIGHT,
                ),
                field="photo",
            )
        face = picture.crop(box)
    face.thumbnail((WIDTH, HEIGHT))
    small = face.copy()
    small.thumbnail(SMALL)
    return Portrait(_jpeg(face, 88), _jpeg(small, 80))


def _box(width: int, height: int, cut: Cut | None) -> tuple[int, int, int, int]:
    """Return the pixels to keep: inside the photo and three by four, whatever was asked for."""
    widest = min(width, height * 3 // 4)
    if cut is None:
        left, top, wide = (width - widest) // 2, (height - widest * 4 // 3) // 2, widest
    else:
        left, top = round(cut.left * width), round(cut.top * height)
        wide = max(1, min(widest, round(cut.width * width)))
    tall = wide * 4 // 3
    left, top = max(0, min(left, width - wide)), max(0, min(top, height - tall))
    return left, top, left + wide, top + tall


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
