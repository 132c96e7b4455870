"""Opening winmail.dat: the wrapping (TNEF, [MS-OXTNEF]) of text and attachments by Outlook.

It is a row of attributes: level, name, length, bytes, a sum to check them. Some hold properties of
the message or of an attachment. Nothing of it is run; what is broken ends the reading, and what was
found before is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_ATTRIBUTES, MOST_PROPERTIES = 5_000, 5_000
# Names of attributes.
NEW_ATTACHMENT, TITLE, CONTENT, ATTACHED = 0x9002, 0x8010, 0x800F, 0x9005
BODY, MESSAGE, CODE_PAGE = 0x800C, 0x9003, 0x9007
# Ids of properties.
LONG_NAME, SHORT_NAME, DATA, METHOD = 0x3707, 0x3704, 0x3701, 0x3705
TEXT, HTML = 0x1000, 0x1013
# Types of properties: those of a fixed length in bytes, and those that bring their length.
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
OBJECT, NARROW, WIDE, BYTES = 0x0D, 0x1E, 0x1F, 0x102
LONG = (OBJECT, NARROW, WIDE, BYTES)
SEVERAL = 0x1000
NAMED = 0x8000
# What an attachment is: a mail or an object of Outlook inside it is no file.
INSIDE = (5, 6)


@dataclass
class Attachment:
    """One attachment; ``inside`` is one that only Outlook can open: a mail or an object."""

    name: str = ""
    data: bytes = b""
    inside: bool = False


@dataclass
class Opened:
    """What was found: the words of the message, and its attachments.

    ``whole`` is False where the wrapping is broken, or holds what only Outlook can open.
    """

    text: str = ""
    html: bytes = b""
    attachments: list[Attachment] = field(default_factory=list)
    whole: bool = True
    code_page: str = "cp874"


class Broken(ValueError):
    """The bytes do not say what they should."""


def opened(data: bytes) -> Opened:
    """Return what a winmail.dat holds, as far as it can be read; nothing is raised."""
    found = Opened()
    try:
        for name, value in _attributes(data):
            _take(found, name, value)
    except (Broken, struct.error, UnicodeError, LookupError):
        found.whole = False
    if any(one.inside or not one.data for one in found.attachments):
        found.whole = False
    found.attachments = [one for one in found.attachments if one.data and not one.inside]
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if data[:4] != SIGNATURE:
        raise Broken("no signature")
    at = 6
    for _attribute in range(MOST_ATTRIBUTES):
        if at >= len(data):
            return
        _level, name, _kind, length = struct.unpack_from("<BHHI", data, at)
        at += 9
        value = data[at : at + length]
        if len(value) < length or len(data) < at + length + 2:
            raise Broken("cut off")
        [check] = struct.unpack_from("<H", data, at + length)
        if sum(value) & 0xFFFF != check:
            raise Broken("the sum differs")
        at += length + 2
        yield name, value
    raise Broken("too many attributes")


def _take(found: Opened, name: int, value: bytes) -> None:
    if name == CODE_PAGE and len(value) >= 4:
        found.code_page = f"cp{struct.unpack_from('<I', value)[0]}"
    elif name == BODY:
        found.text = found.text or _narrow(value, found.code_page)
    elif name == MESSAGE:
        kept = dict(_properties(value, found.code_page))
        found.text = str(kept.get(TEXT) or found.text)
        page = kept.get(HTML)
        found.html = page if isinstance(page, bytes) else str(page or "").encode()
    elif name == NEW_ATTACHMENT:
        found.attachments.append(Attachment())
    elif found.attachments:
        _attach(found.attachments[-1], name, value, found.code_page)


def _attach(one: Attachment, name: int, value: bytes, code_page: str) -> None:
    if name == TITLE:
        one.name = one.name or _narrow(value, code_page)
    elif name == CONTENT:
        one.data = value
    elif name == ATTACHED:
        kept = dict(_properties(value, code_page))
        one.name = str(kept.get(LONG_NAME) or one.name or kept.get(SHORT_NAME) or "")
        one.inside = kept.get(METHOD) in INSIDE
        inner = kept.get(DATA)
        if not one.data and isinstance(inner, bytes):
            one.data = inner


def _properties(data: bytes, code_page: str) -> Iterator[tuple[int, object]]:
    [count] = struct.unpack_from("<I", data, 0)
    at = 4
    for _property in range(min(count, MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= NAMED:
            at = _past_name(data, at)
        several, kind = kind & SEVERAL, kind & ~SEVERAL
        values = 1
        if several or kind in LONG:
            [values] = struct.unpack_from("<I", data, at)
            at += 4
        if values > MOST_PROPERTIES:
            raise Broken("too many values")
        for _value in range(values):
            length = FIXED.get(kind, 0)
            if kind in LONG:
                [length] = struct.unpack_from("<I", data, at)
                at += 4
            elif not length:
                raise Broken("an unknown type")
            value = data[at : at + length]
            if len(value) < length:
                raise Broken("cut off")
            at += length + -length % 4
            if not several:
                yield number, _read(kind, value, code_page)


def _past_name(data: bytes, at: int) -> int:
    """Return where the value begins behind the name of a property."""
    at += 16
    [by_text] = struct.unpack_from("<I", data, at)
    at += 4
    if not by_text:
        return at + 4
    length: int = struct.unpack_from("<I", data, at)[0]
    return at + 4 + length + -length % 4


def _read(kind: int, value: bytes, code_page: str) -> str | int | bytes:
    if kind == WIDE:
        return value.decode("utf-16-le", "replace").rstrip("\x00")
    if kind == NARROW:
        return _narrow(value, code_page)
    if kind == 3:
        return int.from_bytes(value, "little")
    return value


def _narrow(value: bytes, code_page: str) -> str:
    plain = value.split(b"\x00", 1)[0]
    for one in ("utf-8", code_page, "cp874"):
        try:
            return plain.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return plain.decode("latin-1")
