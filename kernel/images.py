"""Photos: decoded, turned upright, stripped of everything but the picture, shrunk.

What a phone sends is never kept as it came: the picture is drawn anew as JPEG, so location data
and anything hidden in the file are gone.
"""

from __future__ import annotations

import base64
import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from kernel.errors import Refusal, TooLarge
from kernel.i18n import gettext as _

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LARGEST_PIXELS = 60_000_000
# These two pack an empty picture ten thousand times smaller than it is, so a few kilobytes sent by
# a guest would fill the memory of the machine. Enough for a page scanned at 600 dots an inch.
LARGEST_PACKED = {"PNG": 36_000_000, "WEBP": 16_000_000}
# What phones take as a rule; of larger ones a process opens one at a time.
USUAL_PIXELS = 16_000_000
LONG_SIDE = 1600
THUMBNAIL_SIDE = 320
_large_ones = threading.Lock()


@dataclass(frozen=True)
class Photo:
    """A cleaned picture: JPEG bytes, the same small, and its size in pixels."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int


def clean_photo(stream: BinaryIO, name: str, *, megabytes: int = 15) -> Photo:
    """Read one photo as it was sent.

    Args:
        stream: the sent bytes.
        name: the sender's file name, for the sentence when it is refused.
        megabytes: the most that one photo may weigh.

    Raises:
        TooLarge: more bytes than allowed, or more pixels than 60 million (PNG 36, WebP 16).
        Refusal: empty, broken, or not a JPEG, PNG, HEIC or WebP picture.
    """
    data = stream.read(megabytes * 1024 * 1024 + 1)
    if not data:
        raise Refusal(_("The photo “%(name)s” is empty. Please take it again.", name=name))
    if len(data) > megabytes * 1024 * 1024:
        raise TooLarge(
            _("The photo “%(name)s” is larger than %(most)s MB.", name=name, most=megabytes)
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _redraw(data, name)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal(
            _(
                "“%(name)s” is not a photo that can be read. JPEG, PNG, HEIC and WebP are taken.",
                name=name,
            )
        ) from None


def _redraw(data: bytes, name: str) -> Photo:
    with Image.open(io.BytesIO(data), formats=FORMATS) as source, _its_turn(source):
        most = LARGEST_PACKED.get(source.format or "", LARGEST_PIXELS)
        if source.width * source.height > most:
            raise TooLarge(_("The photo “%(name)s” has too many pixels.", name=name))
        if source.format == "JPEG":
            source.draft("RGB", (LONG_SIDE * 2, LONG_SIDE * 2))
        picture = ImageOps.exif_transpose(_nearer(source))
        if picture.mode in ("RGBA", "LA", "P"):
            layered = picture.convert("RGBA")
            white = Image.new("RGB", layered.size, "white")
            white.paste(layered, mask=layered.getchannel("A"))
            picture = white
        picture = picture.convert("RGB")
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
        small = picture.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Photo(_jpeg(picture, 82), _jpeg(small, 76), picture.width, picture.height)


@contextmanager
def _its_turn(source: Image.Image) -> Iterator[None]:
    """Wait until no other large picture is being opened; one of usual size waits for nobody."""
    if source.width * source.height <= USUAL_PIXELS:
        yield
    else:
        with _large_ones:
            yield


def _nearer(source: Image.Image) -> Image.Image:
    """Return a picture that is much too large at no more than twice its size here.

    Everything that is done to it afterwards copies it, so this comes first.
    """
    factor = max(source.size) // LONG_SIDE
    if source.width * source.height <= USUAL_PIXELS or factor < 2:
        return source
    if source.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        source = source.convert("RGBA" if "transparency" in source.info else "RGB")
    return source.reduce(factor)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


DRAWING_START = "data:image/png;base64,"
LARGEST_DRAWING = 400_000
DRAWING_SIZE = (1200, 600)


def clean_drawing(address: str) -> bytes:
    """Read what a person drew on the screen, sent as a PNG picture in a data address.

    Returns:
        a PNG of at most 1200 by 600 pixels, drawn anew, cut to what was drawn.

    Raises:
        Refusal: nothing was drawn, it is too large, or no PNG picture.
    """
    unreadable = Refusal(_("The drawing cannot be read. Please draw it again."))
    if not address.startswith(DRAWING_START) or len(address) > LARGEST_DRAWING:
        raise unreadable
    try:
        data = base64.b64decode(address[len(DRAWING_START) :], validate=True)
        with Image.open(io.BytesIO(data), formats=("PNG",)) as source:
            if source.width * source.height > LARGEST_PIXELS // 10:
                raise unreadable
            layered = source.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise unreadable from None
    drawn = layered.getchannel("A").getbbox()
    if drawn is None:
        raise Refusal(_("Nothing was drawn yet."))
    picture = layered.crop(drawn)
    picture.thumbnail(DRAWING_SIZE)
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
