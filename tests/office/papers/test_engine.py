import io
import resource
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from office.papers import engine, fonts
from tests.office.papers import paper_reading as reading

PLAIN = '#import "/official.typ": *\n#show: official\n'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return tmp_path / "paper.typ"


def text_of(template: Path, body: str, data: dict[str, object]) -> str:
    template.write_text(PLAIN + body, encoding="utf-8")
    return "".join(reading.texts(engine.render(template, data)))


def test_data_is_printed_and_never_run(template: Path) -> None:
    nasty = '#panic("x") #read("/etc/passwd") *b* $x$ [c] @d <e> \\ `f` // g'
    assert text_of(template, "#data.text", {"text": nasty}).startswith(reading.bare(nasty))


def test_nested_data_keeps_its_shape(template: Path) -> None:
    body = "#for row in data.rows [#row.name: #row.count, ]"
    rows = [{"name": "จอภาพ", "count": 2}, {"name": "เมาส์", "count": 30}]
    assert "จอภาพ:2,เมาส์:30," in text_of(template, body, {"rows": rows})


def test_a_paper_is_an_archive_pdf_unless_asked_otherwise(template: Path) -> None:
    template.write_text(PLAIN + "ก", encoding="utf-8")
    assert b"pdfaid:part" in engine.render(template, {})
    assert b"pdfaid:part" not in engine.render(template, {}, pdf_standard=None)


def test_only_our_typefaces_are_in_the_paper(template: Path) -> None:
    template.write_text(PLAIN + "ก *ก* A", encoding="utf-8")
    with pypdfium2.PdfDocument(io.BytesIO(engine.render(template, {}))) as document:
        things = document[0].get_objects(max_depth=5)
        names = {thing.get_font().get_base_name() for thing in things if thing.type == 1}
    assert names
    assert all("Sarabun" in name for name in names)


def test_a_typeface_that_is_not_there_is_refused(template: Path) -> None:
    template.write_text(PLAIN + '#set text(font: "Nowhere Sans")\nก', encoding="utf-8")
    with pytest.raises(engine.PaperError, match=r"paper\.typ: unknown font family: nowhere sans"):
        engine.render(template, {})


def test_a_fault_in_the_template_names_the_template(template: Path) -> None:
    template.write_text(PLAIN + "#nonsense", encoding="utf-8")
    with pytest.raises(engine.PaperError, match=r"paper\.typ: .*unknown variable"):
        engine.render(template, {})


def test_a_template_may_not_fetch_packages(template: Path) -> None:
    template.write_text('#import "@local/anything:1.0.0": *', encoding="utf-8")
    with pytest.raises(engine.PaperError, match="package not found"):
        engine.render(template, {})


def test_a_template_may_not_read_outside_its_folder(template: Path) -> None:
    template.write_text('#read("/../../../etc/hostname")', encoding="utf-8")
    with pytest.raises(engine.PaperError):
        engine.render(template, {})


def test_values_that_json_does_not_know_are_refused(template: Path) -> None:
    template.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(TypeError):
        engine.render(template, {"cost": Decimal("1.00")})


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "black").save(out, "PNG")
    return out.getvalue()


def test_pictures_are_found_by_their_name(template: Path) -> None:
    body = '#image("/files/" + data.photo, width: 40mm, alt: "photo")'
    template.write_text(PLAIN + body, encoding="utf-8")
    pdf = engine.render(template, {"photo": "item-1.png"}, files={"item-1.png": photo()})
    ink = reading.ink_mm(reading.pages(pdf)[0])
    assert ink is not None
    assert ink[2] - ink[0] == pytest.approx(40, abs=0.3)
    assert ink[3] - ink[1] == pytest.approx(30, abs=0.3)


@pytest.mark.parametrize(
    "name",
    ["../a.png", "/a.png", "a/b.png", "", "a.typ", ".png", "A.PNG", "a.png\n", "a" * 99 + ".png"],
)
def test_a_picture_with_an_unsafe_name_is_refused(template: Path, name: str) -> None:
    template.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(engine.PaperError, match="not a name for a picture"):
        engine.render(template, {}, files={name: photo()})


def test_nothing_is_left_behind(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    template.write_text(PLAIN + "ก", encoding="utf-8")
    engine.render(template, {}, files={"a.png": photo()})
    assert list(scratch.iterdir()) == []


def test_the_moment_it_was_made_is_written_into_the_paper(template: Path) -> None:
    template.write_text(PLAIN + "ก", encoding="utf-8")
    made_at = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
    first = engine.render(template, {}, made_at=made_at)
    assert b"2026-11-22T03:04:05" in first
    assert engine.render(template, {}, made_at=made_at) == first


def test_large_papers_do_not_pile_up_in_memory(template: Path) -> None:
    template.write_text(PLAIN + "#for row in data.rows [#row #parbreak()]", encoding="utf-8")

    def memory_after(paper: int) -> float:
        rows = [f"แถวที่ {paper} {number} " + "ก ข " * 55 for number in range(1000)]
        engine.render(template, {"rows": rows}, pdf_standard=None)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6

    first = memory_after(0)
    assert max(memory_after(paper) for paper in (1, 2, 3)) < first + 100


def test_characters_without_a_glyph_become_question_marks(template: Path) -> None:
    text = text_of(template, "#data.text", {"text": "😀ก中\x00\t□ข\u200dค"})
    assert text.startswith("?ก??ขค")


def test_numbers_are_written_in_thai_digits(template: Path) -> None:
    assert "๒๕๖๙-๑๐" in text_of(template, '#thai-digits(2569)-#thai-digits("10")', {})


def test_pages_are_numbered_in_thai_when_there_are_several(template: Path) -> None:
    template.write_text(PLAIN + "ก #pagebreak() ข", encoding="utf-8")
    assert [text[-9:] for text in reading.texts(engine.render(template, {}))] == [
        "หน้า๑จาก๒",
        "หน้า๒จาก๒",
    ]
    assert "หน้า" not in text_of(template, "ก", {})


def test_the_offices_own_typeface_comes_first(template: Path, tmp_path: Path) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    (own / "own.ttf").write_bytes(renamed())
    template.write_text(PLAIN + "ก", encoding="utf-8")
    pdf = engine.render(template, {}, extra_font_dirs=[own])
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        (thing,) = [item for item in document[0].get_objects(max_depth=5) if item.type == 1]
        assert "Sarabus" in thing.get_font().get_base_name()


def renamed(units_per_em: int = 1000) -> bytes:
    """Sarabun under another name of the same length; more units to the em make it look smaller."""
    data = (fonts.HOUSE_DIR / "Sarabun-Regular.ttf").read_bytes()
    for encoding in ("utf-16-be", "ascii"):
        data = data.replace("Sarabun".encode(encoding), "Sarabus".encode(encoding))
    head = int.from_bytes(data[(entry := data.index(b"head")) + 8 : entry + 12])
    return data[: head + 18] + units_per_em.to_bytes(2) + data[head + 20 :]


@pytest.mark.parametrize(("units_per_em", "scale"), [(1000, 1.0), (1400, 1.4), (800, 0.8)])
def test_a_smaller_looking_typeface_is_set_larger(
    tmp_path: Path, units_per_em: int, scale: float
) -> None:
    (tmp_path / "own.ttf").write_bytes(renamed(units_per_em))
    faces = fonts.typefaces([tmp_path])
    assert faces.families == ("Sarabus", "Sarabun")
    assert faces.scale == pytest.approx(scale, abs=0.01)


def test_a_typeface_that_is_added_later_is_seen(tmp_path: Path) -> None:
    assert fonts.typefaces([tmp_path]).families == ("Sarabun",)
    (tmp_path / "own.ttf").write_bytes(renamed())
    assert fonts.typefaces([tmp_path]).families == ("Sarabus", "Sarabun")


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert fonts.typefaces([tmp_path / "none"]).families == ("Sarabun",)


@pytest.mark.parametrize("content", [b"", b"not a font", b"%PDF-1.7\n" * 50])
def test_a_file_that_is_no_typeface_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.ttf").write_bytes(content)
    with pytest.raises(fonts.FontError, match=r"own\.ttf is not a font"):
        fonts.typefaces([tmp_path])


def test_sarabun_covers_thai_latin_and_the_marks_of_office_writing() -> None:
    coverage = fonts.typefaces().coverage
    wanted = "".join(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5B)))
    assert not {char for char in wanted + "AZaz09…–“”×±" if ord(char) not in coverage}
    assert ord("😀") not in coverage
    assert ord("中") not in coverage


def test_the_licence_of_the_typeface_is_beside_it() -> None:
    licence = (fonts.HOUSE_DIR / "LICENSE_FONT").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
