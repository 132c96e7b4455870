"""Thai text, dates and money as the office writes them."""

import datetime as dt
import functools
import sqlite3
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import thai

FIRST = dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("\ufeff  a\u200bb \u00a0 c ", "ab c"),
        ("น\u0e4d\u0e32", "น\u0e33"),
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),
        ("น\u0e33\u0e49", "น\u0e49\u0e33"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),
        ("เเผ่น", "แผ่น"),
        ("บรรทัด\nสอง\tสาม", "บรรทัด สอง สาม"),
        ("nul\x00l \ud800", "null"),
        ("๑๒", "๑๒"),
    ],
)
def test_normalize_repairs_what_was_typed(typed: str, clean: str) -> None:
    assert thai.normalize(typed) == clean


def test_normalize_lines_keeps_the_lines() -> None:
    assert thai.normalize_lines("\n หนึ่ง  \r\n\n สอง  ก \n") == "หนึ่ง\n\nสอง ก"


@given(st.text())
def test_every_key_is_stable_when_made_twice(text: str) -> None:
    assert thai.normalize(thai.normalize(text)) == thai.normalize(text)
    assert thai.code_key(thai.code_key(text)) == thai.code_key(text)
    assert thai.search_key(thai.search_key(text)) == thai.search_key(text)
    assert "\x00" not in thai.sort_key(text)


def test_search_key_finds_thai_digits_and_other_dashes() -> None:
    assert "7440-001" in thai.search_key("เครื่อง  ๗๔๔๐–๐๐๑ Acer")
    assert thai.search_key("ACER") == "acer"


@pytest.mark.parametrize(
    "variant",
    [
        "๗๔๔๐-๐๐๑-๐๐๐๑/๖๕",
        " 7440–001—0001/65\u00a0",
        "7440 -001- 0001/65",
        "7440\u2212001-0001\u200b/65",
    ],
)
def test_code_key_makes_all_spellings_of_a_number_equal(variant: str) -> None:
    assert thai.code_key(variant) == "7440-001-0001/65"


def test_code_key_ignores_case_of_letters() -> None:
    assert thai.code_key("af-12b") == thai.code_key("AF-12B")


def test_natural_key_sorts_numbers_by_value() -> None:
    numbers = ["7440-10", "7440-9", "7440-9/2", "100000025629", "พย7110-006-1000", "พย7110-006-24"]
    assert sorted(numbers, key=thai.natural_key) == [
        "7440-9", "7440-9/2", "7440-10", "100000025629", "พย7110-006-24", "พย7110-006-1000",
    ]  # fmt: skip


WORDS = ["กระดาน", "เก้าอี้", "เครื่องพิมพ์", "จอภาพ", "โต๊ะ", "แผ่นดิสก์", "ไมโครโฟน"]


def test_sort_key_gives_dictionary_order() -> None:
    assert sorted([*WORDS[3:], *WORDS[:3]], key=thai.sort_key) == WORDS


def test_tone_marks_decide_only_between_equal_words() -> None:
    assert sorted(["ข้าว", "ขาวๆ", "ขาว", "ข่าว"], key=thai.sort_key) == ["ขาว", "ข่าว", "ข้าว", "ขาวๆ"]


def test_numbers_inside_names_sort_by_value() -> None:
    assert sorted(["ห้อง 10", "ห้อง ๒", "ห้อง 1"], key=thai.sort_key) == ["ห้อง 1", "ห้อง ๒", "ห้อง 10"]


def test_collate_sorts_inside_sqlite() -> None:
    database = sqlite3.connect(":memory:")
    database.create_collation("thai", thai.collate)
    database.execute("create table word (text)")
    database.executemany("insert into word values (?)", [(word,) for word in reversed(WORDS)])
    rows = database.execute("select text from word order by text collate thai").fetchall()
    assert [row[0] for row in rows] == WORDS
    assert sorted([*WORDS[3:], *WORDS[:3]], key=functools.cmp_to_key(thai.collate)) == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "1/10/2569", "๑ ต.ค. ๒๕๖๙", "1 ตุลาคม พ.ศ. 2569", "01-10-69", "2026-10-01", "2569-10-01",
        "1 ตค 2569", "1 ต.ค.69", "1ต.ค.2569", "1-ต.ค.-69", "01.10.2569", "1 ต.ค.๒๕๖๙",
        "วันที่ 1 ตุลาคม 2569", "วันพฤหัสบดีที่ 1 ตุลาคม พ.ศ. ๒๕๖๙", "1 เดือน ตุลาคม พ.ศ.2569",
        "1 Oct 2026", "October 1, 2026", "Thu 1 Oct 2026", "2026-10-01 00:00:00", "2569/10/1",
        "1/10/2569 08:30", "1 ต.ค. 2569 08.30 น.", "1 ตุลาคม ค.ศ. 2026", "1 / 10 / 2569",
        "1/10/2026",
    ],
)  # fmt: skip
def test_r_t3_parse_date_reads_every_form(text: str) -> None:
    assert thai.parse_date(text) == FIRST


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "30 ก.พ. 2569", "29/2/2569", "31/12/9999", "9999-12-31", "1/13/2569", "0/1/2569",
        "1 ต.ค. 2300", "1 ตุลา", "ต.ค. 2569", "2569", "1/10/569", "ไม่ทราบ", "1 xyz 2569", "12345",
    ],
)  # fmt: skip
def test_r_t3_parse_date_refuses_what_is_no_plausible_day(text: str) -> None:
    with pytest.raises(ValueError):
        thai.parse_date(text)


def test_r_t3_the_leap_day_is_checked_in_the_common_era() -> None:
    assert thai.parse_date("29/2/2567") == dt.date(2024, 2, 29)


def test_r_t3_a_year_above_2400_is_of_the_buddhist_era_even_in_iso_form() -> None:
    assert thai.parse_date("2542-06-11") == dt.date(1999, 6, 11)


@given(st.text(alphabet=st.sampled_from("0123456789๐๑๙/-. :TกพศดตคมOctน,") | st.characters()))
def test_readers_never_fail_with_anything_but_value_error(text: str) -> None:
    for read in (thai.parse_date, thai.parse_year, thai.parse_money, thai.parse_whole):
        try:
            read(text)
        except ValueError:
            continue


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@given(
    DAYS, st.sampled_from(["short", "long", "weekday", "numeric"]), st.sampled_from(["th", "en"])
)
def test_what_is_written_is_read_back(day: dt.date, style: thai.Style, language: str) -> None:
    for digits in ("arabic", "thai"):
        assert thai.parse_date(
            thai.format_date(day, language=language, style=style, digits=digits)
        ) == day  # fmt: skip


def test_r_t1_parse_year_reads_both_eras() -> None:
    years = [
        thai.parse_year(text) for text in ("2569", "พ.ศ. ๒๕๖๙", "69", "2026", "ปี 2569", "2569.0")
    ]
    assert years == [2026] * 6
    with pytest.raises(ValueError):
        thai.parse_year("9999")


def test_r_t1_dates_are_written_in_the_era_of_the_language() -> None:
    day = dt.date(2026, 12, 3)
    assert thai.format_date(FIRST, language="th") == "1 ต.ค. 2569"
    assert thai.format_date(FIRST, language="th", style="long") == "1 ตุลาคม 2569"
    assert thai.format_date(FIRST, language="th", style="long", digits="thai") == "๑ ตุลาคม ๒๕๖๙"
    assert thai.format_date(day, language="th", style="weekday") == "พฤหัสบดีที่ 3 ธ.ค. 2569"
    assert thai.format_date(FIRST, language="th", style="numeric") == "01/10/2569"
    assert thai.format_date(FIRST, language="en") == "1 Oct 2026"
    assert thai.format_date(FIRST, language="en", style="long") == "1 October 2026"
    assert thai.format_date(day, language="en", style="weekday") == "Thursday 3 Dec 2026"
    assert thai.format_date(FIRST, language="en", digits="thai") == "1 Oct 2026"


def test_moments_are_shown_in_bangkok() -> None:
    moment = dt.datetime(2026, 9, 30, 18, 30, tzinfo=dt.UTC)
    assert thai.format_datetime(moment, language="th") == "1 ต.ค. 2569 01.30 น."
    assert thai.format_datetime(moment, language="th", digits="thai") == "๑ ต.ค. ๒๕๖๙ ๐๑.๓๐ น."
    assert thai.format_datetime(moment, language="en") == "1 Oct 2026 01:30"
    with pytest.raises(ValueError):
        thai.format_datetime(moment.replace(tzinfo=None), language="th")


def test_r_t2_the_fiscal_year_begins_in_october() -> None:
    assert thai.fiscal_year(dt.date(2026, 9, 30)) == 2569
    assert thai.fiscal_year(FIRST) == 2570


@pytest.mark.parametrize("text", ["08:30", "8.30", "0830", "๐๘.๓๐ น.", " 8:30 "])
def test_parse_clock_reads_what_offices_write(text: str) -> None:
    assert thai.parse_clock(text) == dt.time(8, 30)


@pytest.mark.parametrize("text", ["", "8", "25:00", "08:60", "noon", "08:30:15"])
def test_parse_clock_refuses_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(ValueError):
        thai.parse_clock(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3,350.00", "3350.00"), ("4,370 บาท", "4370"), ("๓๕,๔๐๐", "35400"), ("4220.-", "4220"),
        ("4,370.- บาท", "4370"), ("฿ 1,000", "1000"), ("0", "0"), ("1,234,567.89", "1234567.89"),
        ("12.", "12"), ("-5", "-5"), ("100 baht", "100"), ("500บาทถ้วน", "500"),
    ],
)  # fmt: skip
def test_parse_money_reads_what_offices_write(text: str, amount: str) -> None:
    assert thai.parse_money(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", " ", "-", "–", "- บาท", "\u200b"])
def test_blank_money_is_none(text: str) -> None:
    assert thai.parse_money(text) is None


@pytest.mark.parametrize(
    "text", ["3,50", "1.2.3", "NaN", "1e5", "ไม่ทราบ", "5 6", "9" * 40, "1,2,3"]
)
def test_nonsense_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        thai.parse_money(text)


@given(st.decimals(min_value=0, max_value=999_999_999, places=2))
def test_money_survives_being_written_with_commas(amount: Decimal) -> None:
    assert thai.parse_money(thai.thai_digits(f"{amount:,.2f} บาท")) == amount


def test_whole_numbers_are_whole() -> None:
    assert [thai.parse_whole(text) for text in ("๑๒", "1,200", "3.00", "-")] == [12, 1200, 3, None]
    with pytest.raises(ValueError):
        thai.parse_whole("1.5")


def test_a_long_row_of_dots_is_no_date_at_once() -> None:
    began = time.process_time()
    for dots in (100, 500, 20_000):
        with pytest.raises(ValueError, match="not a date"):
            thai.parse_date("1" + "." * dots + "x")
    assert time.process_time() - began < 1
