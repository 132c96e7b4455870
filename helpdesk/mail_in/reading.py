"""Making words of any bytes that call themselves a mail. Nothing is run, nothing is loaded.

Whatever is wrong with a mail, reading it ends with something readable: unknown character sets are
guessed (Thai offices still send TIS-620), HTML becomes plain text, broken structure is one part.
Citizen numbers are blotted out (R-PD1), for nobody can be asked to type a mail again.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path

import nh3

from helpdesk.mail_in import tnef
from kernel import thai
from kernel.identity import without_citizen_numbers

MOST_PARTS, MOST_DEPTH = 200, 20
LONGEST_TEXT = 20_000
LONGEST_HTML = 2_000_000
LONGEST_SUBJECT, LONGEST_NAME, LONGEST_ADDRESS = 300, 120, 254
THAI_SETS = {"tis-620", "tis620", "iso-8859-11", "windows-874", "cp874", "x-windows-874", "874"}
# No character sets but codes of host names; the first takes hours for a mail of a few megabytes.
HOST_CODES = {"punycode", "idna"}
OUTLOOKS, WINMAIL = ("application/ms-tnef", "application/vnd.ms-tnef"), "winmail.dat"
# What the standard library raises on parts that are broken.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, MessageError)
BLOCKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"}
DROPPED = {"script", "style", "head", "title", "noscript", "template", "iframe", "object", "svg"}
BREAK = re.compile(r"</?(?:br|p|div|li|tr|h[1-4]|blockquote|table|ul|ol)\s*/?>", re.IGNORECASE)
ADDRESS = re.compile(r"^[^@\s<>\"',;:]{1,64}@[^@\s<>\"',;:]{1,189}$")
# Where the words of the sender end and what they answer to begins.
_OPENINGS = (Path(__file__).resolve().parent / "data" / "quoted.txt").read_text(encoding="utf-8")
QUOTED = re.compile(r"\s*(?:" + "|".join(_OPENINGS.split("\n")[:-1]) + ")", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """Something a mail brought along; ``closed`` tells what could not be opened of a wrapping."""

    name: str
    data: bytes
    media: str
    closed: bool = False


@dataclass
class Mail:
    """A mail in words; ``headers`` are lower-cased names with all their values."""

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    headers: dict[str, list[str]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    media: str = ""
    inner: str = ""

    def header(self, name: str) -> str:
        """Return the first value of a header, empty where there is none."""
        return next(iter(self.headers.get(name, ())), "")


def head(raw: bytes) -> Mail:
    """Return what names a mail in a list: its headers; nothing of what is in it is taken apart."""
    return _headed(BytesHeaderParser().parsebytes(raw))


def read(raw: bytes) -> Mail:
    """Return a mail in words, whatever its bytes are."""
    message = message_from_bytes(raw)
    mail = _headed(message)
    plain: list[str] = []
    marked: list[str] = []
    _walk(message, mail, plain, marked, 0, [0])
    words = "\n".join(plain).strip() or "\n".join(map(text_of_html, marked))
    mail.text = without_citizen_numbers(_tidy(words))[:LONGEST_TEXT]
    return mail


def blotted(raw: bytes) -> bytes:
    """Return a mail as it came, or with the citizen numbers in its words blotted out (R-PD1).

    Only what holds one is written anew; documents and pictures that came along are left alone.
    """
    message = message_from_bytes(raw)
    try:
        return message.as_bytes() if _blot(message, 0) else raw
    except (*BROKEN, RecursionError):
        return raw


def _blot(part: Message, depth: int) -> bool:
    """Blot out the citizen numbers of a part and what is in it; tell whether there were any."""
    found = False
    said = _unfolded(part["Subject"] or "")
    kept = without_citizen_numbers(said)
    if kept != said:
        part.replace_header("Subject", Header(kept, "utf-8").encode())
        found = True
    name, address = _first_address(_unfolded(part["From"] or ""))
    kept = without_citizen_numbers(name)
    if kept != name:
        part.replace_header("From", f"{Header(kept, 'utf-8').encode()} <{address}>")
        found = True
    inside = part.get_payload()
    if isinstance(inside, list):
        for one in inside[:MOST_PARTS] if depth < MOST_DEPTH else ():
            found = (isinstance(one, Message) and _blot(one, depth + 1)) or found
        return found
    if not _media(part).startswith("text/"):
        return found
    words = decoded(_data(part), _charset(part))
    kept = without_citizen_numbers(words)
    if kept == words:
        return found
    del part["Content-Transfer-Encoding"]
    part.set_payload(kept, "utf-8")
    return True


def own_words(text: str) -> str:
    """Return what the sender wrote above the quoted mail; all of it where that would be nothing."""
    kept: list[str] = []
    for line in text.split("\n"):
        if QUOTED.match(line):
            break
        kept.append(line)
    own = "\n".join(kept).split("\n-- \n", 1)[0].strip()
    return own or text.strip()


def text_of_html(markup: str) -> str:
    """Return the words of an HTML page, its blocks as lines; nothing of it is run or loaded."""
    clean = nh3.clean(
        markup[:LONGEST_HTML], tags=BLOCKS, clean_content_tags=DROPPED, attributes={}, link_rel=None
    )
    return html.unescape(BREAK.sub("\n", clean.replace("\n", " ")))


def decoded(data: bytes, charset: str) -> str:
    """Return the text of some bytes, by the character set they claim, else by what they look like.

    Args:
        charset: as the mail names it; may be missing, unknown or wrong.
    """
    named = charset.strip().strip("\"'").lower()
    tried = ["cp874"] if named in THAI_SETS else [named] if named else []
    for one in (*tried, "utf-8"):
        try:
            if codecs.lookup(one).name not in HOST_CODES:
                return data.decode(one)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    lenient = data.decode("utf-8", "replace")
    # A few broken letters in a long UTF-8 text are better than a text read in the wrong set.
    if lenient.count("\ufffd") * 20 <= len(lenient):
        return lenient
    try:
        return data.decode("cp874")
    except UnicodeDecodeError:
        return lenient


def _headed(message: Message) -> Mail:
    mail = Mail(headers=_headers(message), media=_media(message))
    mail.sender_name, mail.sender = _first_address(mail.header("from") or mail.header("sender"))
    mail.sender_name = without_citizen_numbers(mail.sender_name)
    mail.subject = without_citizen_numbers(_line(mail.header("subject")))[:LONGEST_SUBJECT]
    return mail


def _headers(message: Message) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(str(name).lower(), []).append(_unfolded(value))
    return found


def _unfolded(value: object) -> str:
    """Return a header in words: encoded words decoded, raw bytes guessed, on one line."""
    said = str(value)
    if "=?" not in said and said.isascii():
        # Most headers by far: nothing to decode or to guess.
        return _line(said)
    said = _surrogates_read(said)
    try:
        pieces = decode_header(said)
    except BROKEN:
        return _line(said)
    words = [
        decoded(piece, charset or "") if isinstance(piece, bytes) else _surrogates_read(piece)
        for piece, charset in pieces
    ]
    return _line("".join(words))


def _surrogates_read(said: str) -> str:
    """Read the bytes that stood in a header without saying in which character set."""
    if any("\udc80" <= one <= "\udcff" for one in said):
        return decoded(said.encode("utf-8", "surrogateescape"), "")
    return said


def _line(said: str) -> str:
    if said.isascii() and said.isprintable():
        return " ".join(said.split())
    kept = "".join(one if one.isprintable() else " " for one in said)
    return " ".join(thai.normalize(kept.encode("utf-8", "replace").decode("utf-8")).split())


def _first_address(said: str) -> tuple[str, str]:
    """Return name and bare address of the first sender; empty where it is no address."""
    for name, bare in getaddresses([said[:2000]]):
        if ADDRESS.match(bare):
            return _line(name)[:LONGEST_NAME], bare.lower()[:LONGEST_ADDRESS]
    return "", ""


def _media(part: Message) -> str:
    try:
        return part.get_content_type()
    except BROKEN:
        return "text/plain"


def _walk(
    part: Message, mail: Mail, plain: list[str], marked: list[str], depth: int, seen: list[int]
) -> None:
    seen[0] += 1
    if seen[0] > MOST_PARTS or depth > MOST_DEPTH:
        return
    inside = part.get_payload()
    media = _media(part)
    if media in ("message/rfc822", "message/delivery-status", "text/rfc822-headers"):
        # What came back, or was forwarded: a text to look for our codes in, no words of the sender.
        mail.inner += _flat(part)[:200_000]
        return
    if isinstance(inside, list):
        for one in inside:
            if isinstance(one, Message):
                _walk(one, mail, plain, marked, depth + 1, seen)
        return
    data = _data(part)
    name = _file_name(part)
    if media in OUTLOOKS or data.startswith(tnef.SIGNATURE) or name.lower() == WINMAIL:
        _unwrap(data, mail, plain, marked)
        return
    if name or not media.startswith("text/"):
        if data:
            mail.files.append(File(name or "attachment", data, media))
        return
    words = decoded(data, _charset(part))
    (marked if media == "text/html" else plain).append(words)


def _unwrap(data: bytes, mail: Mail, plain: list[str], marked: list[str]) -> None:
    """Take text and attachments out of Outlook's wrapping; keep it too where some stays closed."""
    found = tnef.opened(data)
    if found.text.strip():
        plain.append(found.text)
    elif found.html:
        marked.append(decoded(found.html, ""))
    for number, one in enumerate(found.attachments, start=1):
        name = _line(one.name)[:LONGEST_NAME] or f"attachment-{number}"
        mail.files.append(File(name, one.data, ""))
    if not found.whole and data:
        mail.files.append(File(WINMAIL, data, OUTLOOKS[0], closed=True))


def _flat(part: Message, depth: int = 0) -> str:
    """Return the headers and words of a part and of what is in it, as they stand there."""
    lines = [f"{name}: {value}" for name, value in part.raw_items()]
    inside = part.get_payload()
    if not isinstance(inside, list):
        lines.append(str(inside or ""))
    elif depth < MOST_DEPTH:
        parts = (one for one in inside[:MOST_PARTS] if isinstance(one, Message))
        lines += [_flat(one, depth + 1) for one in parts]
    return "\n".join(lines).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _data(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except BROKEN:
        found = None
    if isinstance(found, bytes):
        return found
    said = part.get_payload()
    return said.encode("utf-8", "replace") if isinstance(said, str) else b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_param("charset") or "")
    except BROKEN:
        return ""


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
    except BROKEN:
        name = None
    if name:
        return _unfolded(name)[:LONGEST_NAME] or "attachment"
    disposition = str(part.get("content-disposition", "")).strip().lower()
    return "attachment" if disposition.startswith("attachment") else ""


def _tidy(words: str) -> str:
    plain = words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    lines = (" ".join(_line(one).split()) for one in plain.split("\n")[:2000])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
