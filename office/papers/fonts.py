"""Typefaces of the papers: the vendored Sarabun, and what an office puts beside it.

PDF/A refuses a document that holds a character without a glyph. An emoji in the name of one item
must not stop a sheet of labels, so this file also knows which characters the typefaces can print.
"""

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from PIL import ImageFont

HOUSE_FAMILY = "Sarabun"
HOUSE_DIR = Path(__file__).parent / "fonts"
_SUFFIXES = {".ttf", ".otf"}
_MEASURE_PX = 1000


class FontError(RuntimeError):
    """A typeface is missing or its file cannot be read."""


@dataclass(frozen=True)
class Typefaces:
    """The typefaces of one set of folders, first choice first."""

    loaded: typst.Fonts
    families: tuple[str, ...]
    scale: float
    """How much larger the first family must be set to look as large as Sarabun."""
    coverage: frozenset[int]
    """Code points that at least one family prints in all its styles."""


def typefaces(extra_dirs: Sequence[Path] = ()) -> Typefaces:
    """Load Sarabun and the office's own typefaces from `extra_dirs`, which come first.

    Folders are looked at again when one of their files changes. Refuses (FontError) a file that is
    no TrueType or OpenType font.
    """
    files = [path for folder in (*extra_dirs, HOUSE_DIR) for path in _font_files(folder)]
    return _load(tuple((str(path), path.stat().st_mtime_ns) for path in files))


def printable(text: str, coverage: frozenset[int]) -> str:
    """`text` as these typefaces can print it.

    Control characters become spaces, invisible formatting goes, what has no glyph becomes "?".
    Line ends and zero-width spaces (a permitted break) stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_printable_char(char, coverage) for char in text)


def _printable_char(char: str, coverage: frozenset[int]) -> str:
    if char in "\n\u200b" or (ord(char) in coverage and unicodedata.category(char) != "Cf"):
        return char
    match unicodedata.category(char):
        case "Cc" | "Zs" | "Zl" | "Zp":
            return " "
        case "Cf" | "Mn" | "Me":
            return ""
        case _:
            return "?"


def _font_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[str, int], ...]) -> Typefaces:
    paths = [Path(name) for name, _changed in files]
    coverage_of = {path: _code_points(path) for path in paths}
    loaded = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(path.parent) for path in paths}),
    )
    styles: dict[str, list[Path]] = {}
    family_of = {Path(font.path).resolve(): font.family for font in loaded.fonts() if font.path}
    for path in paths:
        if path.resolve() not in family_of:
            raise FontError(f"{path.name} is not a font that can be used")
        styles.setdefault(family_of[path.resolve()], []).append(path)
    if HOUSE_FAMILY not in styles:
        raise FontError(f"the font {HOUSE_FAMILY} is missing from {HOUSE_DIR}")
    families = tuple(styles)
    printed_in_all = [
        frozenset.intersection(*(coverage_of[path] for path in styles[family]))
        for family in families
    ]
    return Typefaces(
        loaded=loaded,
        families=families,
        scale=round(_height(styles[HOUSE_FAMILY][-1]) / _height(styles[families[0]][-1]), 3),
        coverage=frozenset.union(*printed_in_all),
    )


def _height(path: Path) -> float:
    """Height of the letter ko kai, by which Thai typefaces are compared."""
    _left, top, _right, bottom = ImageFont.truetype(str(path), _MEASURE_PX).getbbox("ก")
    return float(bottom - top) or float(_MEASURE_PX)


def _code_points(path: Path) -> frozenset[int]:
    """All code points that the font file at `path` maps to a glyph."""
    data = path.read_bytes()
    try:
        return frozenset(_mapped(data, _table(data, b"cmap")))
    except (struct.error, IndexError, LookupError) as broken:
        raise FontError(f"{path.name} is not a font that can be used") from broken


def _table(data: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for entry in range(12, 12 + 16 * count, 16):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", data, entry)
        if tag == name:
            return int(offset)
    raise LookupError(name)


def _mapped(data: bytes, cmap: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * number)
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if kind == 4:
            yield from _mapped_by_segments(data, cmap + offset)
        elif kind == 12:
            yield from _mapped_by_groups(data, cmap + offset)


def _mapped_by_segments(data: bytes, at: int) -> Iterator[int]:
    """Format 4 of the cmap table: the basic plane."""
    (twice,) = struct.unpack_from(">H", data, at + 6)
    ends, starts, deltas, ranges = (
        at + 14,
        at + 16 + twice,
        at + 16 + 2 * twice,
        at + 16 + 3 * twice,
    )
    for step in range(0, twice, 2):
        (end,) = struct.unpack_from(">H", data, ends + step)
        (start,) = struct.unpack_from(">H", data, starts + step)
        (delta,) = struct.unpack_from(">H", data, deltas + step)
        (shift,) = struct.unpack_from(">H", data, ranges + step)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(
                    ">H", data, ranges + step + shift + 2 * (code - start)
                )
            if shift and glyph == 0:
                continue
            if (glyph + delta) & 0xFFFF:
                yield code


def _mapped_by_groups(data: bytes, at: int) -> Iterator[int]:
    """Format 12 of the cmap table: all planes."""
    (count,) = struct.unpack_from(">L", data, at + 12)
    for number in range(count):
        start, end, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * number)
        yield from (code for code in range(start, end + 1) if glyph + code - start)
