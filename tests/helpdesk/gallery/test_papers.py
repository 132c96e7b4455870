"""Every paper of the gallery, rendered and read back: words, places, and what the PDF claims.

What is checked of PDF/A is what the file says (XMP, structure tree, language) and that only our
typeface is in it; the engine refuses to write what it knows to break the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from PIL import Image
from pypdfium2 import raw

from helpdesk.gallery.collection import every
from tests.office.papers import paper_measuring as measuring
from tests.office.papers.paper_reading import bare

Papers = Mapping[tuple[str, str], bytes]
IMAGE = raw.FPDF_PAGEOBJ_IMAGE
A4 = (595.28, 841.89)
LEAST_MARGIN_MM = 6.0
# Labels fill their sheet to its edges.
EDGES = {"labels": 3.5}
# Lists of thousands of lines leave out the marks for screen readers; sheets of cards have none.
UNTAGGED = {"register"}
# What is printed in one language alone, or in both at once.
ONE_VARIANT = {"F08", "labels", "processing-records"}
# Letters private to a font, what stands for a letter without a glyph, a mark without its letter.
LOST = re.compile(
    r"[\ue000-\uf8ff\ufffd?]|(?<![ก-ฮ\u0e31-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
TWICE = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{3,})\1(?![a-z])")
SIGNED = "นางสาวแบบอย่าง สุจริต"
# Sentences as they stand on the papers: every vowel and tone mark in its place.
SENTENCES = {
    "F01": (
        "แบบบันทึกขอใช้จัดซื้อวัสดุอุปกรณ์/ระบบอินเตอร์เน็ต/พื้นที่จัดทำเว็บไซต์",
        "เก้าหมื่นหนึ่งพันห้าร้อยบาทถ้วน",
        "เห็นควรแต่งตั้งคณะกรรมการตรวจรับพัสดุ ประกอบด้วย",
        SIGNED,
    ),
    "F02": (
        "แบบแจ้งซ่อมวัสดุอุปกรณ์",
        "พิมพ์แล้วกระดาษติดทุกครั้ง มีเสียงดังที่ถาดป้อนกระดาษ",
        "๑,๐๒๐.๕๐",
        "๑๖ พ.ย. ๒๕๖๙",
    ),
    "F03": (
        "แบบบันทึกขอยืมวัสดุอุปกรณ์",
        "และจะส่งคืนในสภาพที่ใช้การได้เรียบร้อยภายในวันที่ ๓๐ พฤศจิกายน ๒๕๖๙",
        "ข้าพเจ้าจะแก้ไขซ่อมแซมให้คงสภาพเดิมโดยเสียค่าใช้จ่ายของตนเอง",
        SIGNED,
    ),
    "F04": (
        "แบบบันทึกขอให้ดำเนินการ",
        "เดินสายสัญญาณและติดตั้งจุดกระจายสัญญาณไร้สายเพิ่ม ๒ จุด ที่อาคารเรียน ๒ ชั้น ๓",
        SIGNED,
    ),
    "F07": (
        "แบบคำขอมีบัตรประจำตัวในการใช้งาน",
        "ข้าพเจ้าขอรับรองว่าข้อความและรูปถ่ายข้างต้นเป็นความจริง",
        SIGNED,
    ),
    "F08": ("โรงเรียนตัวอย่างวิทยา", "นางสาวสมมติ ใจดี", "ครูชำนาญการ"),
    "F09": (
        "แบบสรุปผลการดำเนินงาน",
        "อะไหล่เครื่องพิมพ์รุ่นเก่าหาซื้อได้ยาก ทำให้ใช้เวลาซ่อมนานกว่าที่กำหนด",
        "๑๒,๔๕๐.๐๐",
    ),
    "F10": (
        "แบบติดตาม ประเมินผลระบบเครือข่ายคอมพิวเตอร์และระบบสื่อสารโทรคมนาคม",
        "คุณภาพของระบบประชุมทางไกล",
        "ขอขอบคุณที่สละเวลาตอบแบบสอบถาม",
    ),
    "F11": (
        "แบบรายงานสรุปผลการประเมิน",
        "ผู้ตอบมีความพึงพอใจในระดับมาก ควรปรับปรุงเครือข่ายไร้สายเป็นลำดับแรก",
        SIGNED,
    ),
    "F13": (
        "แบบคำร้องขอเข้าถึงระบบข้อมูลสารสนเทศ",
        "จะเก็บรักษารหัสผ่านเป็นความลับ",
        SIGNED,
    ),
    "memo": ("บันทึกข้อความ", "จึงเรียนมาเพื่อโปรดพิจารณา", SIGNED),
    "loan-slip": ("ใบยืมพัสดุ", "๑๖ พฤศจิกายน ๒๕๖๙"),
    "loan-letter": ("ขอแสดงความนับถือ", "ที่ศธ๐๔๐๐๐/๑"),
    "acceptance": ("ใบตรวจรับพัสดุ", "ประธานกรรมการ", "ครบถ้วนตามใบสั่ง"),
    "certificate": ("วุฒิบัตร", "ได้ผ่านการอบรมหลักสูตร", "นางสาวสมมติ ใจดี"),
    "programme-order": ("คำสั่ง", "นางสาวแบบอย่าง สุจริต"),
    "programme-report": ("จึงเรียนมาเพื่อโปรดทราบ", "๑๒๕,๐๐๐.๐๐", SIGNED),
    "inspection-report": ("รายงานผลการตรวจสอบพัสดุประจำปี", "๒๕๖๙"),
    "disposal-approval": ("ขออนุมัติ", "นางสาวแบบอย่าง สุจริต"),
    "register-card": ("ทะเบียนคุมทรัพย์สิน", "๒๐ พ.ย. ๒๕๖๗"),
    "stock-card": ("บัญชีวัสดุ", "จ่ายตามวิธีเข้าก่อนออกก่อน"),
    "issue-slip": ("ใบเบิกวัสดุ", "ได้รับพัสดุตามรายการข้างต้นไว้ถูกต้องครบถ้วนแล้ว"),
}


@pytest.fixture(scope="module")
def papers() -> Papers:
    """Every paper in both variants."""
    return {
        (code, language): sample.printed(language)
        for code, sample in every().items()
        for language in ("th", "en")
    }


def pages(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    with pypdfium2.PdfDocument(pdf) as document:
        yield from document


@cache
def words(pdf: bytes) -> str:
    return bare("".join(page.get_textpage().get_text_range() for page in pages(pdf)))


def test_given_sentences_stand_on_the_papers_letter_by_letter(papers: Papers) -> None:
    missing = []
    for code, sentences in SENTENCES.items():
        for language in ("th", "en"):
            text = words(papers[code, language])
            missing += [(code, language, one) for one in sentences if bare(one) not in text]
    assert missing == []


def test_no_letter_is_lost_or_drawn_in_another_way(papers: Papers) -> None:
    """Marks come after their letter, none is private to a font, none stands alone, none is '?'."""
    wrong = []
    for key, pdf in papers.items():
        text = words(pdf)
        wrong += [(key, hex(ord(one))) for one in LOST.findall(text)]
    assert wrong == []


def test_papers_are_a4_and_words_keep_their_place(papers: Papers) -> None:
    """No words lie in the margins, run over a ruled line, or over each other."""
    wrong: list[tuple[object, ...]] = []
    for (code, language), pdf in papers.items():
        least = EDGES.get(code, LEAST_MARGIN_MM) * measuring.MM
        for number, page in enumerate(pages(pdf), 1):
            here = (code, language, number)
            width, height = page.get_size()
            if sorted((round(width, 1), round(height, 1))) != [round(side, 1) for side in A4]:
                wrong.append((*here, width, height))
            lines = measuring.lines_of(page)
            for line in lines:
                edges = (line.left, line.bottom, width - line.right, height - line.top)
                if line.words.strip() and min(edges) < least:
                    wrong.append((*here, line.words))
            wrong += [(*here, one) for one in measuring.crossing(lines, measuring.uprights(page))]
            wrong += [(*here, *pair) for pair in measuring.covering(lines)]
    assert wrong == []


def test_samples_say_at_their_head_that_they_are_none(papers: Papers) -> None:
    """Cards and labels have no room for it; everything else has, whatever page it sets up."""
    silent = {
        code for (code, _language), pdf in papers.items() if bare("ไม่ใช่เอกสารจริง") not in words(pdf)
    }
    assert silent == {"F08", "labels"}


def test_papers_are_archive_pdfs_tagged_for_screen_readers_in_thai(papers: Papers) -> None:
    wrong = []
    for (code, language), pdf in papers.items():
        wanted = {"PDF/A", "th"} | (set() if code in UNTAGGED else {"tagged"})
        if code == "processing-records" and language == "en":
            wanted = {"PDF/A", "tagged", "en"}
        if missing := wanted - measuring.claims(pdf):
            wrong.append((code, language, missing))
    assert wrong == []


def test_days_are_of_the_buddhist_era(papers: Papers) -> None:
    wrong = []
    for (code, language), pdf in papers.items():
        if code in ONE_VARIANT:
            continue
        years = re.findall(r"(?<![\d/๐-๙])(?:20[12]\d|๒๐[๑๒][๐-๙])(?![\d๐-๙])", words(pdf))
        if years:
            wrong.append((code, language, years))
    assert wrong == []


def test_the_bilingual_variant_says_more_than_the_thai_one(papers: Papers) -> None:
    def latin(pdf: bytes) -> int:
        return len(re.findall("[A-Za-z]", words(pdf)))

    poor = [
        code
        for code in every()
        if code not in ONE_VARIANT and latin(papers[code, "en"]) < latin(papers[code, "th"]) + 15
    ]
    assert poor == []


def test_no_english_word_stands_twice_behind_a_label(papers: Papers) -> None:
    twice = []
    for (code, language), pdf in papers.items():
        if language == "en" and code not in ONE_VARIANT:
            twice += [(code, one) for one in TWICE.findall(words(pdf))]
    assert twice == []


def test_memos_carry_the_emblem_of_the_office_where_the_settings_name_one(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = ("memo", "F01", "programme-proposal", "inspection-memo", "disposal-proposal")
    without = {code: pictures(every()[code].printed("th")) for code in codes}
    file = tmp_path / "emblem.png"
    Image.new("RGB", (60, 60), "#7a1f1f").save(file)
    settings = replace(app.extensions["settings"], office_emblem=file)
    monkeypatch.setitem(app.extensions, "settings", settings)  # the tests share one application
    carried = {code: pictures(every()[code].printed("th")) for code in codes}
    assert carried == {code: count + 1 for code, count in without.items()}


def pictures(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(1 for _one in document[0].get_objects(filter=[IMAGE], max_depth=6))
