"""Mails for tests, as people and machines send them."""

from __future__ import annotations

import itertools
import struct
from email.message import EmailMessage
from email.policy import SMTP

_count = itertools.count(1)
DESK = "desk@office.test"


def letter(
    sender: str = "malee@school.test",
    subject: str = "คอมพิวเตอร์เปิดไม่ติด",
    text: str = "เครื่องที่ห้อง 231 เปิดไม่ติดครับ",
    *,
    to: str = DESK,
    message_id: str = "",
    **headers: str,
) -> bytes:
    """Return a plain mail; further headers by name, ``_`` for a hyphen."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = message_id or f"<{next(_count)}@school.test>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def with_files(*files: tuple[str, bytes, str], text: str = "แนบรูปมาด้วย") -> bytes:
    """Return a mail that brings files along: name, bytes, type."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "malee@school.test", DESK, "มีไฟล์แนบ"
    made["Message-ID"] = f"<{next(_count)}@school.test>"
    made.set_content(text)
    for name, data, media in files:
        main, _slash, sub = media.partition("/")
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    """Return one attribute of Outlook's wrapping, with the sum of its bytes behind it."""
    return (
        struct.pack("<BHHI", level, name, kind, len(data))
        + data
        + struct.pack("<H", sum(data) % 65536)
    )


def wrapped(*attributes: bytes) -> bytes:
    """Return a winmail.dat: the signature, a key, and attributes."""
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def properties(*found: tuple[int, int, bytes]) -> bytes:
    """Return properties of (id, type, value): numbers as they are, others with their length."""
    made = struct.pack("<I", len(found))
    for number, kind, value in found:
        padded = value + b"\0" * (-len(value) % 4)
        head = struct.pack("<HH", kind, number)
        made += head + (padded if kind == 3 else struct.pack("<II", 1, len(value)) + padded)
    return made


def bounce(number: int, inside: str = "") -> bytes:
    """Return what a mail server says of a mail that nobody took."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx{number % 7}.test\r\nTo: {DESK}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce{number}@mx.test>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; gone@school.test\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{inside}\r\n--b--\r\n"
    ).encode()
