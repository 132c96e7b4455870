"""The first page of a sample as a small picture, drawn once by each process."""

from __future__ import annotations

import io
from functools import lru_cache

import pypdfium2

from helpdesk.gallery.collection import Sample, sample_of

WIDTH = 320
KEPT = 400


def picture(sample: Sample, language: str) -> bytes:
    """Return the first page as PNG, 320 pixels wide."""
    return _drawn(sample.code, language)


@lru_cache(KEPT)
def _drawn(code: str, language: str) -> bytes:
    with pypdfium2.PdfDocument(sample_of(code).printed(language)) as document:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width()).to_pil()
    out = io.BytesIO()
    image.convert("P", palette=1, colors=32).save(out, "PNG", optimize=True)
    return out.getvalue()
