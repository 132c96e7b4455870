"""Markdown becomes a page on which nothing runs; personal data is taken out of a text."""

from __future__ import annotations

import pytest

from helpdesk.knowledge.privacy import without_people
from helpdesk.knowledge.text import excerpt_of, page_of, tags_in


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](javascript:alert(1))",
        '<a href="data:text/html,x" onclick="x()">a</a>',
        "![spy](https://spy.example/x.png)",
        "![spy](//spy.example/x.png)",
        "<iframe src='https://x.example'></iframe>",
        "<svg/onload=alert(1)>",
    ],
)
def test_nothing_runs_and_nothing_foreign_is_loaded(evil: str) -> None:
    page = str(page_of(evil)).lower()
    for sign in ("<script", "<img", "<iframe", "<svg", '<a href="data', '<a href="java'):
        assert sign not in page, page


def test_headings_begin_below_the_heading_of_the_page() -> None:
    assert str(page_of("# หนึ่ง\n\n## สอง")) == "<h2>หนึ่ง</h2>\n<h3>สอง</h3>\n"


def test_a_picture_of_the_article_is_shown_under_the_root_of_the_service() -> None:
    page = str(page_of("![ถาดกระดาษ](picture:12)", "/desk"))
    assert 'src="/desk/knowledge/pictures/12.jpg"' in page
    assert 'alt="ถาดกระดาษ"' in page


def test_an_excerpt_is_one_line_without_marks() -> None:
    assert excerpt_of("## หัวข้อ\n\n1. **กดปุ่ม** [ที่นี่](https://x.example)\n- รอ") == ("หัวข้อ กดปุ่ม ที่นี่ รอ")
    assert excerpt_of("ก" * 200, 10) == "ก" * 9 + "…"


def test_tags_are_told_apart_by_commas_and_kept_once() -> None:
    assert tags_in("กระดาษติด, paper  jam,,กระดาษติด\nหมึกหมด") == [
        "กระดาษติด",
        "paper jam",
        "หมึกหมด",
    ]


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("โทร 081-234-5678 ด้วยค่ะ", "081-234-5678"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", "๐๘๑ ๒๓๔ ๕๖๗๘"),
        ("call +66 81 234 5678", "+66 81 234 5678"),
        ("เขียนถึง kru.malee@school.example.test ได้", "kru.malee@school.example.test"),
        ("ไลน์ malee_99 นะ", "malee_99"),
        ("เลข 1-2345-67890-12-1", "1-2345-67890-12-1"),
        ("คุณสมหญิง แจ้งไว้", "สมหญิง"),
        ("นายทดลอง ตัวอย่าง เปลี่ยนสาย", "ทดลอง"),
        ("Mr. Sample called", "Sample"),
    ],
)
def test_personal_data_is_taken_out_and_told(said: str, gone: str) -> None:
    clean, removed = without_people(said)
    assert gone not in clean
    assert any(gone in one for one in removed)


def test_known_names_are_taken_out_also_in_parts() -> None:
    clean, removed = without_people("มาลีบอกว่าจอดับ ให้ มาลี ตัวอย่าง ดู", ["มาลี ตัวอย่าง"])
    assert "มาลี" not in clean
    assert removed == ["มาลี ตัวอย่าง", "มาลี"]


@pytest.mark.parametrize(
    "kept",
    [
        "ครูผู้สอนเปิดเครื่องไม่ได้ หมายเลข 7440-001-0001/69",
        "เปลี่ยนคุณสมบัติของจอภาพเป็น 1920x1080 แล้วใช้ได้",
        "ไฟดับ 08:30-09:15 น. วันที่ 12/10/2569 ขอบคุณมากที่มาดูให้",
        "page 3 of the printout is missing",
    ],
)
def test_what_names_nobody_stays(kept: str) -> None:
    assert without_people(kept) == (kept, [])
