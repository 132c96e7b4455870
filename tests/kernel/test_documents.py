"""What a document is, is found out by opening it; what cannot be opened is refused."""

from __future__ import annotations

import io
import string
import threading
import zipfile
from contextlib import suppress
from urllib.parse import unquote

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kernel import documents, i18n
from kernel.documents import EXCEL, JPEG, PDF, TEXT, WORD, Document, clean_name, read_document
from kernel.errors import Refusal, TooLarge
from kernel.sending import disposition
from tests.factories import documents as made
from tests.factories.pictures import picture


def read(data: bytes, name: str = "เอกสาร.pdf", megabytes: int = 5) -> Document:
    with i18n.speaking("en"):
        return read_document(io.BytesIO(data), name, megabytes=megabytes)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (made.pdf(), PDF),
        (made.docx(), WORD),
        (made.xlsx(), EXCEL),
        (picture("JPEG"), JPEG),
        (picture("PNG"), JPEG),
        (picture("HEIF"), JPEG),
        ("ข้อความธรรมดา 1 < 2\n".encode(), TEXT),
        ("ข้อความเก่า".encode("cp874"), TEXT),
        ("ข้อความ".encode("utf-16"), TEXT),
    ],
)
def test_the_content_says_what_it_is_whatever_its_name(data: bytes, media: str) -> None:
    assert read(data, "anything.exe").media == media


def test_a_pdf_is_kept_as_it_came_with_a_picture_of_its_first_page() -> None:
    data = made.pdf(pages=3)
    document = read(data)
    assert (document.data, document.pages) == (data, 3)
    assert document.thumbnail is not None
    assert max(Image.open(io.BytesIO(document.thumbnail)).size) == documents.THUMBNAIL_SIDE


def test_old_thai_text_is_kept_as_unicode() -> None:
    assert read("ใบส่งของ".encode("cp874")).data == "ใบส่งของ".encode()


def test_a_photo_among_documents_loses_the_place_where_it_was_taken() -> None:
    kept = Image.open(io.BytesIO(read(picture(turned=True)).data))
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"\0\0\0\0", "is empty"),
        (made.pdf()[:400], "broken or was cut short"),
        (b"%PDF-1.7\nnothing", "broken or was cut short"),
        (made.locked_pdf(), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted docx", "password or of an old Office"),
        (made.docx()[:200], "broken or was cut short"),
        (made.docx(more={"word/vbaProject.bin": b"macro"}), "carries macros"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "may carry scripts"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", "may carry scripts"),
        (b"hello <script>alert(1)</script>", "may carry scripts"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0", "no kind of document"),
        (b"MZ\x90\0\x03\0\0\0", "no kind of document"),
        (b"\xff\xd8\xff not a picture", "is not a photo that can be read"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_name(data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refusal:
        read(data)
    assert "เอกสาร.pdf" in refusal.value.message


def test_what_grows_beyond_all_measure_is_refused() -> None:
    data = made.bomb()
    assert len(data) < 1 << 20
    with pytest.raises(TooLarge, match="beyond all measure"):
        read(data)


def test_a_zip_that_is_no_office_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("virus.exe", b"MZ")
    with pytest.raises(Refusal, match="no kind of document"):
        read(out.getvalue(), "ใบ.docx")


def test_more_bytes_than_allowed_are_refused_without_being_opened() -> None:
    with pytest.raises(TooLarge, match="larger than 1 MB"):
        read(made.pdf() + bytes(1024 * 1024), megabytes=1)


def test_many_at_once_are_opened_one_after_another() -> None:
    data, seen = made.pdf(pages=2), []
    threads = [threading.Thread(target=lambda: seen.append(read(data).pages)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [2] * 8


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff"):
        with suppress(Refusal):
            assert read(start + data).data


@given(st.text(max_size=300))
def test_a_name_is_safe_on_every_computer(name: str) -> None:
    for media, ending in documents.ENDINGS.items():
        kept = clean_name(name, media)
        assert kept.endswith(f".{ending}")
        assert 1 < len(kept) <= documents.LONGEST_NAME + 5
        assert not set(kept) & set('/\\<>:"|?*\r\n\0\u202e')
        assert not kept.startswith(".")
        assert clean_name(kept, media) == kept


@given(st.text(max_size=120))
def test_a_header_with_any_name_is_plain_ascii_and_can_be_read_back(name: str) -> None:
    header = disposition(clean_name(name, PDF), inline=False)
    assert set(header) <= set(string.printable) - set("\r\n")
    assert unquote(header.partition("filename*=UTF-8''")[2]) == clean_name(name, PDF)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ใบส่งของ.pdf", "ใบส่งของ.pdf"),
        ("C:\\Users\\ครู\\สัญญา.exe", "สัญญา.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        (".pdf", "document.pdf"),
        ("", "document.pdf"),
    ],
)
def test_a_name_keeps_what_people_wrote(name: str, kept: str) -> None:
    assert clean_name(name, PDF) == kept


def test_pdfium_says_that_a_password_is_wanted() -> None:
    with pytest.raises(pypdfium2.PdfiumError, match=r"(?i)password"):
        pypdfium2.PdfDocument(made.locked_pdf())
