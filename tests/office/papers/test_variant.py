import json
from pathlib import Path

import pytest
from flask import Flask

from office.papers import engine, variant
from tests.office.papers import paper_reading as reading

PAPER = """#import "/official.typ": *
#show: official.with(title: "ใบส่งซ่อม ซ.๑/๒๕๖๙")
#fields((text(weight: "bold")[ส่วนราชการ], "กลุ่มงาน"), ([เลขที่ #gloss[Our number]], "๑"))
#text[ใบส่งซ่อม#gloss-line[Note under it]]
#block(text(weight: "bold")[๒. วัตถุประสงค์])
วัตถุประสงค์ของงานนี้
#fields(([สีของปก], "เขียว"))
#table(columns: 2, table.header([รายการ], [ตามใจ]), [จำนวน], [ข])
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "paper.typ"
    file.write_text(PAPER, encoding="utf-8")
    return file


def text_of(template: Path, asked: str) -> str:
    with variant.printing(asked):
        return "".join(reading.texts(engine.render(template, {"english": {"สีของปก": "Cover"}})))


def test_the_plain_variant_adds_no_english(template: Path) -> None:
    text = text_of(template, "th")
    assert "ส่วนราชการ" in text
    for word in ("Agency", "agency", "Objective", "Item", "Cover", "prevails", "Our", "under"):
        assert word not in text, word


def test_the_bilingual_variant_puts_english_beside_labels_headings_and_the_title(
    template: Path,
) -> None:
    text = text_of(template, "en")
    for words in (
        "Deliverynoteforrepair·TheThaitextprevails.",
        "ส่วนราชการGovernmentagency",
        "๒.วัตถุประสงค์Objective",
        "รายการItem",
        "สีของปกCover",
        "เลขที่Ournumber",
        "Noteunderit",
    ):
        assert words in text, words


def test_the_bilingual_variant_leaves_sentences_and_cells_alone(template: Path) -> None:
    text = text_of(template, "en")
    assert "วัตถุประสงค์ของงานนี้" in text
    assert "จำนวนข" in text
    assert text.count("No.") == 0


def test_no_word_is_label_and_heading_at_once() -> None:
    words = json.loads((engine.LIBRARY_DIR / "english.json").read_text(encoding="utf-8"))
    assert not set(words["labels"]) & set(words["headings"])


def test_the_address_says_which_variant_is_printed(app: Flask) -> None:
    found = {}
    for address in ("/x", "/x?paper=en", "/x?paper=th", "/x?paper=nonsense"):
        with app.test_request_context(address):
            found[address] = variant.wanted()
    assert found == {
        "/x": "th",
        "/x?paper=en": "en",
        "/x?paper=th": "th",
        "/x?paper=nonsense": "th",
    }
