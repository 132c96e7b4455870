"""Documents as people send them, for tests: good ones, and every kind of bad one."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import typst

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def pdf(text: str = "Delivery note", pages: int = 1) -> bytes:
    """Return a PDF with that many pages."""
    body = "\n#pagebreak()\n".join(text for _page in range(pages))
    return bytes(typst.compile(body.encode("utf-8")))


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password before it opens; nobody knows which."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    identity = b"ab" * 16
    return out + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R "
        b"/ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (table, identity, identity, len(out))
    )


def docx(text: str = "สัญญา", *, more: dict[str, bytes] | None = None) -> bytes:
    """Return a small Word document, with further parts in it if wanted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", CONTENT_TYPES)
        parts.writestr("word/document.xml", f"<w:document>{text}</w:document>")
        for name, content in (more or {}).items():
            parts.writestr(name, content)
    return out.getvalue()


def xlsx() -> bytes:
    """Return a small workbook."""
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active["A1"] = "ราคา"
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """Return a Word document of some hundred kilobytes that holds 300 MB of zeros."""
    out = io.BytesIO(docx())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts,
        parts.open("word/media/huge.bin", "w") as huge,
    ):
        for _megabyte in range(300):
            huge.write(bytes(1 << 20))
    return out.getvalue()
