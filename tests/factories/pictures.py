"""Photos as phones send them, for tests."""

from __future__ import annotations

import io

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
ORIENTATION, GPS = 0x0112, 0x8825
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (80, 40), turned: bool = False) -> bytes:
    """Return a picture whose left half is red, with the place it was taken in it.

    Args:
        kind: JPEG, PNG, WEBP or HEIF.
        turned: it carries the word of the camera that it lies on its side.
    """
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (13.0, 32.0, 0.0), 3: "E", 4: (100.0, 16.0, 0.0)})
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()
