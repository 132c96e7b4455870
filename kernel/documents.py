"""Documents that people send: what each one really is, decided by opening it, never by its name.

Taken are PDF, Word and Excel files of today's format, photos (drawn anew, ``kernel.images``) and
plain text. Pages and drawings that may carry scripts are not; neither is what cannot be opened:
broken, protected by a password, or grown beyond measure when unpacked.
"""

from __future__ import annotations

import io
import re
import threading
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

import pypdfium2
from PIL import Image

from kernel.errors import Refusal, TooLarge
from kernel.i18n import gettext as _
from kernel.images import clean_photo

PDF = "application/pdf"
JPEG = "image/jpeg"
TEXT = "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {PDF: "pdf", JPEG: "jpg", TEXT: "txt", WORD: "docx", EXCEL: "xlsx"}

THUMBNAIL_SIDE = 640
LONGEST_NAME = 120
MOST_UNPACKED, MOST_PARTS = 200 * 1024 * 1024, 5000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|RIFF....WEBP|....ftyp(heic|heix|hevc|mif1)", re.DOTALL
)
MARKUP = re.compile(r"<(!doctype|html|head|body|script|svg|iframe|\?xml)\b", re.IGNORECASE)
# PDFium must not be entered by two threads at once.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Document:
    """A document as it is kept: its bytes, what it is, a small picture of it where one can be."""

    data: bytes
    media: str
    thumbnail: bytes | None = None
    pages: int | None = None

    @property
    def ending(self) -> str:
        """The file ending that fits the content."""
        return ENDINGS[self.media]


def read_document(stream: BinaryIO, name: str, *, megabytes: int) -> Document:
    """Read one document as it was sent.

    Args:
        stream: the sent bytes.
        name: the sender's file name, for the sentence when it is refused.
        megabytes: the most that one document may weigh.

    Raises:
        TooLarge: more bytes than allowed.
        Refusal: empty, broken, protected by a password, or of a kind that is not taken.
    """
    data = stream.read(megabytes * 1024 * 1024 + 1)
    if not data.strip(b"\0 \r\n\t"):
        raise _empty(name)
    if len(data) > megabytes * 1024 * 1024:
        raise TooLarge(_("“%(name)s” is larger than %(most)s MB.", name=name, most=megabytes))
    if data.lstrip()[:5] == b"%PDF-":
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _office(data, name)
    if data.startswith(OLD_OFFICE):
        raise Refusal(
            _(
                "“%(name)s” is protected by a password or of an old Office format. Please save it "
                "without a password as DOCX, XLSX or PDF.",
                name=name,
            )
        )
    if PICTURE.match(data):
        photo = clean_photo(io.BytesIO(data), name, megabytes=megabytes)
        return Document(photo.jpeg, JPEG, photo.thumbnail)
    return _text(data, name)


def clean_name(name: str, media: str) -> str:
    """Return a file name that is safe on every computer, with the ending of what the file is.

    Folders, control characters and marks that turn the direction of writing are taken out.
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(one for one in plain if unicodedata.category(one)[0] != "C")
    kept = re.sub(r'[<>:"|?*%]', "_", kept)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", " ".join(kept.split())).strip(" .")
    return f"{stem[:LONGEST_NAME].strip(' .') or 'document'}.{ENDINGS[media]}"


def _pdf(data: bytes, name: str) -> Document:
    with _one_at_a_time:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _unopened(error, name) from None
        try:
            pages = len(pdf)
            if not pages:
                raise _broken(name)
            return Document(data, PDF, _first_page(pdf), pages)
        except pypdfium2.PdfiumError:
            raise _broken(name) from None
        finally:
            pdf.close()


def _first_page(pdf: pypdfium2.PdfDocument) -> bytes:
    page = pdf[0]
    longest = max(*page.get_size(), 1.0)
    drawn = page.render(scale=THUMBNAIL_SIDE / longest)
    picture = drawn.to_pil().convert("RGB")
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def _office(data: bytes, name: str) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
            _unpack(parts, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise _broken(name) from None
    except RuntimeError:  # what zipfile says of a part that wants a password
        raise _protected(name) from None
    if "[Content_Types].xml" not in names:
        raise _not_taken(name)
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Refusal(
            _("“%(name)s” carries macros, which are not taken. Save it without them.", name=name)
        )
    if "word/document.xml" in names:
        return Document(data, WORD)
    if "xl/workbook.xml" in names:
        return Document(data, EXCEL)
    raise _not_taken(name)


def _unpack(parts: zipfile.ZipFile, name: str) -> None:
    """Read every part to its end, counting what really comes out, not what the file claims."""
    left = MOST_UNPACKED
    if len(parts.infolist()) > MOST_PARTS:
        raise _bomb(name)
    for part in parts.infolist():
        with parts.open(part) as opened:
            while piece := opened.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    raise _bomb(name)


def _text(data: bytes, name: str) -> Document:
    text = _decoded(data)
    if text is None:
        raise _not_taken(name)
    if not text.strip():
        raise _empty(name)
    if MARKUP.search(text[:4096]):
        raise Refusal(
            _(
                "“%(name)s” is a web page or a drawing that may carry scripts; such files are not "
                "taken. Please save it as PDF.",
                name=name,
            )
        )
    return Document(text.encode("utf-8"), TEXT)


def _decoded(data: bytes) -> str | None:
    """Return the text, None where it is none; Thai offices still have files in TIS-620."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(one < " " and one not in "\t\r\n\f" for one in text):
            return text
    return None


def _empty(name: str) -> Refusal:
    return Refusal(_("“%(name)s” is empty. Please choose the file again.", name=name))


def _unopened(error: pypdfium2.PdfiumError, name: str) -> Refusal:
    return _protected(name) if "password" in str(error).lower() else _broken(name)


def _protected(name: str) -> Refusal:
    return Refusal(
        _("“%(name)s” is protected by a password. Please save it without one.", name=name)
    )


def _broken(name: str) -> Refusal:
    return Refusal(
        _("“%(name)s” cannot be opened; the file is broken or was cut short.", name=name)
    )


def _bomb(name: str) -> Refusal:
    return TooLarge(
        _("“%(name)s” grows beyond all measure when it is opened, so it is not taken.", name=name)
    )


def _not_taken(name: str) -> Refusal:
    return Refusal(
        _(
            "“%(name)s” is no kind of document that is taken: PDF, Word (DOCX), Excel (XLSX), "
            "photos and plain text are.",
            name=name,
        )
    )
