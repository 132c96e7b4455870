"""How the tests look at a PDF: its text, its ink, its QR symbols."""

import re

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops

LABEL_PRINTER_DPI = 203
MM_PER_INCH = 25.4


def pages(pdf: bytes, dpi: int = LABEL_PRINTER_DPI) -> list[Image.Image]:
    """Every page as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def texts(pdf: bytes) -> list[str]:
    """The text of every page without spaces, line ends and permitted breaks."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [bare(page.get_textpage().get_text_range()) for page in document]


def bare(text: str) -> str:
    """Text as it can be compared: no gaps, and no letter doubled.

    The typesetter writes a letter with two marks twice into the text layer here and there
    ("ตั้ตั้ง"); on paper it stands once.
    """
    joined = re.sub(r"[\s\u200b\ufeff\ufffe\u0002]+", "", text)
    return re.sub(r"([ก-ฮ][ัิ-ฺ็-๎]{2})\1", r"\1", joined)


def sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (round(width / 72 * MM_PER_INCH, 2), round(height / 72 * MM_PER_INCH, 2))
            for width, height in (page.get_size() for page in document)
        ]


def codes(picture: Image.Image, dpi: int = LABEL_PRINTER_DPI) -> list[tuple[str, float, float]]:
    """Every QR of a page: its text and its centre in millimetres."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    mm = MM_PER_INCH / dpi
    return [
        (
            code.text,
            (code.position.top_left.x + code.position.bottom_right.x) / 2 * mm,
            (code.position.top_left.y + code.position.bottom_right.y) / 2 * mm,
        )
        for code in found
    ]


def ink_mm(
    picture: Image.Image, dpi: int = LABEL_PRINTER_DPI
) -> tuple[float, float, float, float] | None:
    """Left, upper, right and lower edge of everything printed, in millimetres."""
    box = ImageChops.invert(picture).point(lambda grey: 255 if grey > 64 else 0).getbbox()
    return tuple(edge * MM_PER_INCH / dpi for edge in box) if box else None  # type: ignore[return-value]


def cut_mm(picture: Image.Image, x: float, y: float, width: float, height: float) -> Image.Image:
    """The part of a page that one label covers."""
    dots = LABEL_PRINTER_DPI / MM_PER_INCH
    return picture.crop(tuple(round(edge * dots) for edge in (x, y, x + width, y + height)))
