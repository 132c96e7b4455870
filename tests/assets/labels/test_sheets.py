import io
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from assets.labels import codes, qr, sheets, shipped
from assets.labels.calibration import Fit
from assets.labels.geometry import Layout, faults
from assets.labels.sheets import Label
from kernel.qr import modules
from tests.office.papers import paper_reading as reading

BASE = "https://helpdesk.example.go.th"
OFFICE = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง"
NAMES = (
    "เครื่องคอมพิวเตอร์โน้ตบุ๊ก สำหรับงานประมวลผล แบบที่ 2",
    "ตู้เย็น",
    "ปั๊มน้ำอัตโนมัติ ฎีกา กตัญญู ฐุ ที่ปรึกษา ญี่ปุ่น ปั้น ป๊ามี้ ฏุ๊ฏู้",
    'กล้อง "วงจรปิด" <b>\'ญี่ปุ่น\'</b> & #panic("x") *b* $x$ @a',
    "เครื่องพิมพ์มัลติฟังก์ชันเลเซอร์สีชนิดเน็ตเวิร์กพร้อมถาดป้อนกระดาษอัตโนมัติ" * 4,
    "HP-LaserJetProMFPM428fdwSuperLongUnbreakableModelName0123456789ABCDEFGHIJ",
    "😀 กล้อง 中文\x07\tดิจิทัล",
    "",
)
NUMBERS = (
    "7440-001-0001/69",
    "4110-001-0002",
    '"B"081856-7140-002-0003/3',
    "พย7110-006-024-335",
    "7440-001-0001 2013(1)-65-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456",
    "",
)
PLACES = ("ห้องคอมพิวเตอร์ 1", "โรงเรียนตัวอย่างวิทยาคม กลุ่มบริหารงานทั่วไป " * 3, "")

LAYOUTS = shipped.layouts()
each_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())


def label(number: int = 0, **given: str) -> Label:
    code = codes.new_code()
    made = Label(
        code=code,
        url=qr.address(BASE, code),
        asset_no=NUMBERS[number % len(NUMBERS)],
        name=NAMES[number % len(NAMES)],
        place=PLACES[number % len(PLACES)],
        office=OFFICE,
    )
    return replace(made, **given)


def labels(count: int) -> list[Label]:
    return [label(number) for number in range(count)]


def text_of(layout: str, **given: str) -> str:
    return "".join(reading.texts(sheets.sheet([label(**given)], LAYOUTS[layout])))


@each_layout
def test_every_symbol_is_read_at_label_printer_resolution_in_its_place(layout: Layout) -> None:
    given = labels(layout.per_page + 1)
    pictures = reading.pages(sheets.sheet(given, layout))
    expected = sorted(
        (page, wanted.url, round(10 * x), round(10 * y))
        for wanted, (page, x, y) in zip(given, layout.places(len(given)), strict=True)
    )
    found = []
    for page, picture in enumerate(pictures):
        for text, x, y in reading.codes(picture):
            column = (x - layout.origin[0]) // (layout.label[0] + layout.gap[0])
            row = (y - layout.origin[1]) // (layout.label[1] + layout.gap[1])
            left = layout.origin[0] + column * (layout.label[0] + layout.gap[0])
            upper = layout.origin[1] + row * (layout.label[1] + layout.gap[1])
            found.append((page, text, round(10 * round(left, 3)), round(10 * round(upper, 3))))
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("key", "columns", "rows", "size"),
    [
        ("a4-24", 3, 8, (70.0, 37.0)),
        ("a4-21", 3, 7, (70.0, 42.3)),
        ("a4-14", 2, 7, (99.1, 38.1)),
        ("a4-10", 2, 5, (99.1, 57.0)),
        ("a4-24-gap", 3, 8, (63.5, 33.9)),
        ("a4-30", 3, 10, (70.0, 29.7)),
        ("a4-40", 4, 10, (52.5, 29.7)),
        ("a4-65", 5, 13, (38.1, 21.2)),
    ],
)
def test_the_label_sheets_sold_in_thailand_are_known(
    key: str, columns: int, rows: int, size: tuple[float, float]
) -> None:
    layout = LAYOUTS[key]
    assert (layout.columns, layout.rows, layout.label) == (columns, rows, size)
    for axis, count in enumerate((columns, rows)):
        used = count * size[axis] + (count - 1) * layout.gap[axis]
        assert 2 * layout.origin[axis] + used == pytest.approx((210.0, 297.0)[axis], abs=0.01)


@pytest.mark.parametrize(
    ("key", "size"),
    [
        ("single-50x30", (50.0, 30.0)),
        ("single-70x40", (70.0, 40.0)),
        ("tape-62", (62.0, 32.0)),
        ("tape-12", (60.0, 12.0)),
        ("tape-18", (65.0, 18.0)),
        ("tape-24", (70.0, 24.0)),
    ],
)
def test_single_labels_are_a_page_each(key: str, size: tuple[float, float]) -> None:
    assert LAYOUTS[key].page == LAYOUTS[key].label == size
    assert LAYOUTS[key].per_page == 1


@each_layout
def test_pages_have_the_size_of_the_paper(layout: Layout) -> None:
    sizes = reading.sizes_mm(sheets.sheet(labels(layout.per_page + 1), layout))
    assert len(sizes) == 2
    for width, height in sizes:
        assert width == pytest.approx(layout.page[0], abs=0.05)
        assert height == pytest.approx(layout.page[1], abs=0.05)


@each_layout
def test_all_places_lie_on_the_paper_and_apart(layout: Layout) -> None:
    corners = [(x, y) for _page, x, y in layout.places(layout.per_page)]
    for x, y in corners:
        assert x >= 0
        assert y >= 0
        assert x + layout.label[0] <= layout.page[0] + 0.01
        assert y + layout.label[1] <= layout.page[1] + 0.01
    for x, y in corners:
        assert not [
            other
            for other in corners
            if other != (x, y)
            and abs(other[0] - x) < layout.label[0] - 0.01
            and abs(other[1] - y) < layout.label[1] - 0.01
        ]


@each_layout
def test_no_ink_leaves_its_label_whatever_the_texts(layout: Layout) -> None:
    given = labels(24)
    pictures = reading.pages(sheets.sheet(given, layout))
    for page, x, y in layout.places(len(given)):
        ink = reading.ink_mm(reading.cut_mm(pictures[page], x, y, *layout.label))
        assert ink is not None
        assert min(ink[0], ink[1]) >= 0.7
        assert ink[2] <= layout.label[0] - 1.1
        assert ink[3] <= layout.label[1] - 0.8


@each_layout
def test_symbol_and_code_stand_in_the_middle_of_every_label(layout: Layout) -> None:
    count = layout.per_page
    blank = [label(name="", asset_no="", place="", office="") for _ in range(count)]
    (picture,) = reading.pages(sheets.sheet(blank, layout))
    for _page, x, y in layout.places(count):
        left_part = (x, y, layout.qr, layout.label[1])
        ink = reading.ink_mm(reading.cut_mm(picture, *left_part))
        nearest = min(0.5, (layout.label[1] - layout.qr) / 2)
        assert ink is not None
        assert ink[1] == pytest.approx(layout.label[1] - ink[3], abs=1.1)
        assert ink[0] == pytest.approx(max(layout.padding, nearest + layout.qr * 4 / 37), abs=0.25)


def test_labels_at_the_edge_of_a_full_sheet_stay_in_reach_of_the_printer() -> None:
    layout = LAYOUTS["a4-24"]
    ink = reading.ink_mm(reading.pages(sheets.sheet(labels(24), layout))[0])
    assert ink is not None
    assert ink[0] >= 3.5
    assert ink[2] <= 210 - 3.5


def test_a_partly_used_sheet_starts_at_the_given_place() -> None:
    layout = LAYOUTS["a4-24"]
    pictures = reading.pages(sheets.sheet(labels(21), layout, start=4))
    assert len(pictures) == 2
    assert reading.ink_mm(reading.cut_mm(pictures[0], 0, 0, 210, 37.5)) is None
    assert reading.ink_mm(reading.cut_mm(pictures[0], 0, 37.5, 70, 37)) is None
    assert reading.ink_mm(reading.cut_mm(pictures[0], 70, 37.5, 70, 37)) is not None
    assert len(reading.codes(pictures[1])) == 1


def test_the_offset_moves_everything_by_true_millimetres() -> None:
    given = [label()]
    layout = LAYOUTS["a4-14"]
    still = reading.ink_mm(reading.pages(sheets.sheet(given, layout))[0])
    moved = reading.ink_mm(reading.pages(sheets.sheet(given, layout, fit=Fit(dx=2.0, dy=-1.5)))[0])
    assert still is not None
    assert moved is not None
    assert moved[0] - still[0] == pytest.approx(2.0, abs=0.15)
    assert moved[1] - still[1] == pytest.approx(-1.5, abs=0.15)


def test_the_label_says_name_number_place_office_and_code() -> None:
    given = label(name="ตู้เย็น", asset_no="4110-001-0002", place="ห้องพัสดุ", office="สพม. ตัวอย่าง")
    text = "".join(reading.texts(sheets.sheet([given], LAYOUTS["a4-21"])))
    for part in ("ตู้เย็น", "4110-001-0002", "ห้องพัสดุ", "สพม.ตัวอย่าง", given.code):
        assert part in text


def test_code_of_the_typesetter_in_a_name_is_printed_as_text() -> None:
    name = '#panic("x") *b* $x$ <b> @ref [c] \\ `d` // e'
    assert reading.bare(name) in text_of("a4-10", name=name)


def test_a_name_that_is_too_long_ends_in_an_ellipsis() -> None:
    assert "…" in text_of("single-50x30", name=NAMES[4], place="", office="")


def test_a_short_name_has_no_ellipsis() -> None:
    assert "…" not in text_of("single-50x30", name="ตู้เย็น", asset_no="1", place="", office="")


def test_a_name_is_shortened_behind_a_whole_word() -> None:
    pictures = [
        reading.pages(
            sheets.sheet(
                [label(code="7K3QF9AB", url=f"{BASE}/Q/7K3QF9AB", name=name)], LAYOUTS["tape-12"]
            )
        )[0]
        for name in (
            "เครื่องพิมพ์มัลติฟังก์ชันเลเซอร์สีชนิดเน็ตเวิร์ก WIDEWORDTHATFINDSNOROOM",
            "เครื่องพิมพ์มัลติฟังก์ชันเลเซอร์สีชนิดเน็ตเวิร์ก OTHERWORDTHATFINDSNOROOM",
        )
    ]
    assert pictures[0].tobytes() == pictures[1].tobytes()


def test_characters_without_a_glyph_do_not_stop_the_sheet() -> None:
    text = text_of("single-70x40", name="😀 กล้อง\x00 中")
    assert "?กล้อง?" in text


def test_a_blank_label_leaves_lines_for_the_pen() -> None:
    given = label(name="", asset_no="", place="", office="")
    picture = reading.pages(sheets.sheet([given], LAYOUTS["single-70x40"]))[0]
    beside_the_symbol = reading.cut_mm(picture, 36, 0, 34, 40)
    assert reading.ink_mm(beside_the_symbol) is not None
    assert [text for text, _x, _y in reading.codes(picture)] == [given.url]


def test_symbols_are_vectors() -> None:
    pdf = sheets.sheet(labels(3), LAYOUTS["a4-24"])
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        kinds = {thing.type for thing in document[0].get_objects(max_depth=5)}
    assert raw.FPDF_PAGEOBJ_PATH in kinds
    assert raw.FPDF_PAGEOBJ_IMAGE not in kinds


def test_a_long_address_with_port_and_path_is_still_read() -> None:
    url = qr.address(
        "https://service.secondary-area-office.example.go.th:8443/help/desk", "7K3QF9AB"
    )
    picture = reading.pages(sheets.sheet([label(url=url)], LAYOUTS["single-50x30"]))[0]
    assert [text for text, _x, _y in reading.codes(picture)] == [url]


def test_no_labels_make_no_sheet() -> None:
    with pytest.raises(ValueError, match="no labels"):
        sheets.sheet([], LAYOUTS["a4-24"])


@pytest.mark.parametrize(("key", "start"), [("a4-24", -1), ("a4-24", 24), ("tape-62", 1)])
def test_a_start_that_is_not_on_the_sheet_is_refused(key: str, start: int) -> None:
    with pytest.raises(ValueError, match="place from 0"):
        sheets.sheet(labels(1), LAYOUTS[key], start=start)


@each_layout
def test_every_shipped_paper_can_be_printed(layout: Layout) -> None:
    assert faults(layout, len(modules(qr.address(BASE, "7K3QF9AB")))) == []


def test_a_printer_that_stretches_is_answered_by_a_smaller_drawing() -> None:
    given, layout = labels(24), LAYOUTS["a4-24"]
    still = reading.ink_mm(reading.pages(sheets.sheet(given, layout))[0])
    drawn = reading.ink_mm(reading.pages(sheets.sheet(given, layout, fit=Fit(sx=0.99)))[0])
    assert still is not None
    assert drawn is not None
    assert drawn[2] == pytest.approx(0.99 * still[2], abs=0.2)
    assert drawn[3] == pytest.approx(still[3], abs=0.15)


def test_long_runs_are_shared_out_by_whole_pages() -> None:
    shares = sheets.parts(2000, LAYOUTS["a4-24"], start=4)
    assert [(part.start, part.stop) for part in shares] == [(0, 980), (980, 1964), (1964, 2000)]


def test_the_drawing_of_a_paper_is_an_svg_with_all_edges() -> None:
    drawn = sheets.preview([label()], LAYOUTS["a4-24"]).decode()
    assert drawn.startswith("<svg")
    assert drawn.count("<image") == 1
