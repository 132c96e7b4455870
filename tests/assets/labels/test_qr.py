import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from assets.labels import codes
from assets.labels.qr import address
from kernel import qr


def picture(text: str, *, border: int = qr.BORDER, dots: int = 4) -> Image.Image:
    rows = qr.modules(text)
    side = len(rows) + 2 * border
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + border, y + border), 0 if dark else 255)
    return image.resize((side * dots, side * dots), Image.Resampling.NEAREST)


def read(text: str) -> zxingcpp.Barcode:
    (found,) = zxingcpp.read_barcodes(picture(text), formats=zxingcpp.BarcodeFormat.QRCode)
    return found


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://helpdesk.example.go.th", "HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB"),
        ("https://helpdesk.example.go.th/", "HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB"),
        ("http://127.0.0.1:5000", "HTTP://127.0.0.1:5000/Q/7K3QF9AB"),
        ("https://example.go.th/help/", "HTTPS://EXAMPLE.GO.TH/help/Q/7K3QF9AB"),
        ("https://โรงเรียน.ไทย:8443", "HTTPS://XN--22C9A7AB2AB3N.XN--O3CW4H:8443/Q/7K3QF9AB"),
    ],
)
def test_the_address_has_capitals_where_case_does_not_matter(base: str, expected: str) -> None:
    made = address(base, "7k3qf9ab")
    if "XN--" in expected:
        assert made.startswith("HTTPS://XN--")
        assert made.endswith(".XN--O3CW4H:8443/Q/7K3QF9AB")
    else:
        assert made == expected


@pytest.mark.parametrize(
    "base",
    [
        "",
        "helpdesk.example.go.th",
        "ftp://example.go.th",
        "https://",
        "https://user:word@example.go.th",
        "https://example.go.th/?a=1",
        "https://example.go.th/#top",
    ],
)
def test_an_address_that_nobody_can_open_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="public address"):
        address(base, "7K3QF9AB")


def test_a_usual_address_takes_a_small_symbol_in_capitals_and_digits() -> None:
    found = read("HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB")
    assert len(qr.modules(found.text)) == 29
    assert found.text == "HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB"


@pytest.mark.parametrize("length", [1, 10, 20, 29, 38, 39, 41, 47, 61, 62, 90, 120, 200])
def test_symbols_of_every_length_are_read_and_correct_errors_at_level_m_or_better(
    length: int,
) -> None:
    text = ("HTTPS://EXAMPLE.GO.TH/Q/7K3QF9AB" * 10)[:length]
    found = read(text)
    assert found.text == text
    assert found.ec_level in {"M", "Q", "H"}


def test_spare_room_goes_into_error_correction() -> None:
    assert read("HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/7K3QF9AB").ec_level == "Q"


def test_a_thousand_random_codes_are_all_read() -> None:
    for code in (codes.new_code() for _ in range(1000)):
        made = address("https://helpdesk.example.go.th", code)
        assert read(made).text == made


def test_the_drawing_has_exactly_the_dark_modules_and_four_of_border() -> None:
    text = "HTTPS://EXAMPLE.GO.TH/Q/7K3QF9AB"
    drawing = ET.fromstring(qr.svg(text))  # noqa: S314 - made by ourselves a line above.
    side = len(qr.modules(text)) + 8
    assert drawing.attrib["viewBox"] == f"0 0 {side} {side}"
    path = drawing[1].attrib["d"]
    drawn = set()
    for run in path.split("M")[1:]:
        start, length = run.split("h")[0], int(run.split("h")[1].removesuffix("v1"))
        x, y = (int(part) for part in start.split())
        drawn |= {(x + step, y) for step in range(length)}
    dark = {
        (x + 4, y + 4)
        for y, row in enumerate(qr.modules(text))
        for x, dark in enumerate(row)
        if dark
    }
    assert drawn == dark
