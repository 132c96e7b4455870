"""Single cells: read right, or a problem; never anything else."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.register.workbook import values, vocabulary
from assets.register.workbook.cells import Cell, as_text
from assets.register.workbook.reasons import Problem
from kernel.thai import format_date, normalize
from tests.assets.register.workbook.sheets import TODAY


def cell(value: object) -> Cell:
    text = normalize(as_text(value))  # type: ignore[arg-type]
    return Cell(value=value, text=text, coordinate="A1", lines=text)  # type: ignore[arg-type]


ANYTHING = (
    st.text()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.booleans()
)


@given(ANYTHING)
def test_no_cell_value_breaks_a_reader(value: object) -> None:
    for read in (
        values.read_text, values.read_price, values.read_quantity, values.read_years,
        values.read_rate, lambda it: values.read_date(it, today=TODAY),
    ):  # fmt: skip
        with contextlib.suppress(Problem):
            read(cell(value))


@given(st.dates(dt.date(1950, 1, 1), TODAY), st.sampled_from(["th", "en"]))
def test_written_days_are_read_back(day: dt.date, language: str) -> None:
    text = format_date(day, language=language)
    assert values.read_date(cell(text), today=TODAY) == day


@given(st.decimals(0, 9_999_999, places=2))
def test_prices_survive_as_text_and_as_float(price: Decimal) -> None:
    assert values.read_price(cell(f"{price:,.2f} บาท")) == price
    assert values.read_price(cell(float(price))) == price


@pytest.mark.parametrize(
    "value", ["-500", "19,0O0", "สองหมื่น", -1.0, True, dt.date(2020, 1, 1), 1e15]
)
def test_nonsense_prices_are_refused(value: object) -> None:
    with pytest.raises(Problem):
        values.read_price(cell(value))


@pytest.mark.parametrize("value", ["31/04/2564", "13/13/2566", "30 ก.พ. 2565", 7.0, 9999.0, 4e5])
def test_days_that_do_not_exist_are_refused(value: object) -> None:
    with pytest.raises(Problem):
        values.read_date(cell(value), today=TODAY)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("พร้อมใช้งาน", ("good", None)), ("ใช้การได้", ("good", None)), ("ใช้งานปกติ", ("good", None)),
        ("ชำรุด (ซ่อมได้)", ("damaged", None)), ("ชำรุดซ่อมไม่ได้", ("damaged", None)),
        ("ส่งซ่อม", ("damaged", None)), ("ใช้งานไม่ได้", ("damaged", None)),
        ("เสื่อมสภาพ", ("worn_out", None)), ("หาไม่เจอ", ("missing", None)),
        ("สูญหาย", ("missing", None)), ("ไม่จำเป็นต้องใช้", ("not_needed", None)),
        ("รอจำหน่าย", (None, "pending_disposal")), ("จำหน่ายแล้ว", (None, "disposed")),
        ("โอน", (None, "transferred_out")), ("ไม่ชำรุด", ("good", None)), ("สีแดง", None),
    ],
)  # fmt: skip
def test_all_words_for_the_condition_are_known(text: str, meaning: object) -> None:
    assert vocabulary.condition(text) == meaning


def test_a_remark_about_a_repair_is_no_condition() -> None:
    assert vocabulary.condition("เคยซ่อมเมื่อปี 2565", exact=True) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("เงินงบประมาณ", "budget"), ("เงินนอกงบประมาณ", "non_budget"), ("งบลงทุน", "budget"),
        ("เงินรายได้สถานศึกษา", "non_budget"), ("เงินบริจาค", "donation"), ("ผ้าป่า", "other"),
    ],
)  # fmt: skip
def test_funds_are_told_apart(text: str, code: str) -> None:
    assert vocabulary.fund_type(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)", "e_bidding"), ("e-market", "e_market"),
        ("วิธีเฉพาะเจาะจง", "specific"), ("รับบริจาค", "donated"), ("ตกลงราคา", "price_agreement"),
        ("สอบราคา", "price_inquiry"), ("ประกวดราคา", "tender"), ("วิธีพิเศษ", "special"),
        ("คัดเลือก", "selection"), ("รับโอน", "transferred"), ("แลกเปลี่ยน", "exchange"), ("?", None),
    ],
)  # fmt: skip
def test_methods_are_told_apart(text: str, code: str | None) -> None:
    assert vocabulary.acquire_method(text) == code


@pytest.mark.parametrize(
    ("text", "brand", "model"),
    [
        ("Acer Aspire C24", "Acer", "Aspire C24"), ("SB Furniture", "SB Furniture", None),
        ("Fuji Xerox P285dw", "Fuji Xerox", "P285dw"), ("HP/ProDesk", "HP", "ProDesk"),
        ("Infosat", "Infosat", None), ("-", None, None),
    ],
)  # fmt: skip
def test_a_joint_column_is_split_into_brand_and_model(
    text: str, brand: str | None, model: str | None
) -> None:
    assert values.split_brand(text) == (brand, model)
