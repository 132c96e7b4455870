"""Small symbols are read at the dots of the printers that print them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assets.labels import sheets
from assets.labels.states import Kind
from tests.assets.labels.test_sheets import LAYOUTS, labels
from tests.office.papers import paper_reading as reading


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("key", [key for key in LAYOUTS if LAYOUTS[key].kind == Kind.TAPE])
def test_a_tape_is_read_in_black_and_white_at_the_dots_of_its_printer(key: str, dpi: int) -> None:
    given = labels(4)
    pages = reading.pages(sheets.sheet(given, LAYOUTS[key]), dpi=dpi)
    read = [reading.codes(page.point(lambda grey: 255 if grey > 127 else 0), dpi) for page in pages]
    assert [[code[0] for code in page] for page in read] == [[one.url] for one in given]


@pytest.mark.parametrize("side", [11.1, 12.2])
def test_a_symbol_of_the_smallest_modules_is_read_at_203_dpi(side: float) -> None:
    layout = replace(LAYOUTS["tape-12"], qr=side, label=(60.0, 13.0), page=(60.0, 13.0))
    given = labels(6)
    pages = reading.pages(sheets.sheet(given, layout))
    assert [reading.codes(page)[0][0] for page in pages] == [one.url for one in given]
