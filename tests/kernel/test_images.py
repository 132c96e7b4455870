"""Photos are drawn anew, and none of them fills the memory of the machine."""

from __future__ import annotations

import io
import resource

import pytest
from flask import Flask
from PIL import Image

from kernel.errors import TooLarge
from kernel.images import LARGEST_PACKED, clean_photo

MEGABYTE = 1024
SIDEWAYS = 6


def sent(picture: Image.Image, kind: str, **how: object) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    out.seek(0)
    return out


def test_an_empty_picture_that_packs_to_nothing_does_not_fill_the_memory(app: Flask) -> None:
    side = int(LARGEST_PACKED["PNG"] ** 0.5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with app.app_context():
        photo = clean_photo(sent(Image.new("P", (side, side)), "PNG"), "ว่าง")
        with pytest.raises(TooLarge):
            clean_photo(sent(Image.new("1", (side + 1, side + 1)), "PNG"), "ว่าง")
    assert (photo.width, photo.height) == (1600, 1600)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * MEGABYTE


def test_a_large_picture_is_still_turned_upright_and_laid_on_white(app: Flask) -> None:
    wide = Image.new("RGBA", (7000, 350), (0, 0, 0, 0))
    how = Image.Exif()
    how[0x0112] = SIDEWAYS
    with app.app_context():
        photo = clean_photo(sent(wide, "PNG", exif=how), "แนวนอน")
    with Image.open(io.BytesIO(photo.jpeg)) as kept:
        assert kept.width < kept.height
        assert kept.getpixel((kept.width // 2, 5)) == (255, 255, 255)
