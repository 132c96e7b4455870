"""Photos as phones take them: with the place where they were taken inside."""

from __future__ import annotations

import io

from PIL import Image
from pillow_heif import from_pillow, register_heif_opener

register_heif_opener()

GPS = 0x8825
SIZE = (1200, 900)


def _picture() -> Image.Image:
    return Image.linear_gradient("L").resize(SIZE).convert("RGB")


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Example Phone"
    exif.get_ifd(GPS).update({1: "N", 2: (13.0, 45.0, 30.0), 3: "E", 4: (100.0, 30.0, 15.0)})
    return exif


def jpeg(name: str = "fault.jpg") -> dict[str, object]:
    """Return a JPEG with location data, ready to be put into a file input."""
    out = io.BytesIO()
    _picture().save(out, "JPEG", exif=_exif())
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def heic(name: str = "IMG_0001.HEIC") -> dict[str, object]:
    """Return the same as an iPhone keeps it."""
    out = io.BytesIO()
    from_pillow(_picture()).save(out, format="HEIF", exif=_exif().tobytes())
    return {"name": name, "mimeType": "image/heic", "buffer": out.getvalue()}


def place_in(data: bytes) -> dict[int, object]:
    """Return the location data that a picture holds."""
    with Image.open(io.BytesIO(data)) as picture:
        return dict(picture.getexif().get_ifd(GPS))
