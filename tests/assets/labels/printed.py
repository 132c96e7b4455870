"""Reading the symbols of a printed sheet back."""

from __future__ import annotations

import pypdfium2
import zxingcpp

DOTS_PER_INCH = 203
POINTS_PER_INCH = 72


def codes_in(pdf: bytes) -> set[str]:
    """Return the texts of all QR symbols on all pages, as a 203 dpi printer would show them."""
    found: set[str] = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil()
            found |= {symbol.text for symbol in zxingcpp.read_barcodes(picture)}
    return found
