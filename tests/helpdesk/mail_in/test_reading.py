"""Any bytes become words, and nothing in them is run or loaded."""

from __future__ import annotations

import base64
from email import message_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.mail_in.reading import Mail, blotted, own_words, read, text_of_html
from helpdesk.mail_in.sorting import machine
from helpdesk.mail_in.states import State
from tests.helpdesk.mail_in.letters import bounce, letter

OWN, HOST = frozenset({"desk@office.test"}), "office.test"
THAI = "เครื่องพิมพ์ไม่ทำงาน น้ำหมึกหมด"


def raw(charset: str, body: bytes, subject: bytes = b"x", encoding: str = "8bit") -> bytes:
    return (
        b"From: a@b.test\r\nSubject: "
        + subject
        + b"\r\nContent-Type: text/plain"
        + (f'; charset="{charset}"'.encode() if charset else b"")
        + f"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + body
    )


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("utf-8", "utf-8"),
        ("tis-620", "cp874"),
        ("windows-874", "cp874"),
        ("ISO-8859-11", "cp874"),
        ("", "utf-8"),
        ("", "cp874"),
        ("utf-8", "cp874"),
        ("no-such-set", "cp874"),
        ("us-ascii", "utf-8"),
    ],
)
def test_thai_is_read_whatever_set_the_mail_claims(charset: str, written: str) -> None:
    assert read(raw(charset, THAI.encode(written))).text == THAI


@pytest.mark.parametrize("named", ["punycode", "PunyCode-"])
def test_a_code_of_host_names_is_no_character_set(named: str) -> None:
    # Taken at its word, this mail would keep the timetable busy for minutes, a larger one for days.
    raw = f"From: a@b.th\nContent-Type: text/plain; charset={named}\n\nabc-".encode()
    assert read(raw + b"z9" * 500_000).text.startswith("abc-z9")


def test_a_few_broken_letters_do_not_spoil_the_rest() -> None:
    body = (THAI * 5).encode()[:-1] + b"\xff"
    assert read(raw("utf-8", body)).text.startswith(THAI * 4)


def test_subjects_are_read_encoded_raw_and_folded() -> None:
    encoded = b"=?tis-620?B?" + base64.b64encode("ทดสอบ".encode("cp874")) + b"?="
    assert read(raw("utf-8", b"", encoded)).subject == "ทดสอบ"
    assert read(raw("utf-8", b"", "ทดสอบ".encode())).subject == "ทดสอบ"
    assert read(raw("utf-8", b"", "ทดสอบ".encode("cp874"))).subject == "ทดสอบ"
    assert read(raw("utf-8", b"", b"one\r\n two")).subject == "one two"


def test_html_becomes_words_and_nothing_of_it_stays_markup() -> None:
    page = (
        "<html><head><style>p{}</style><script>alert(1)</script></head><body>"
        '<p onclick="x()">จอ<b>ดับ</b></p><img src="https://evil.test/p.gif"><br>'
        "<iframe src=x></iframe>5 &lt; 6 &amp; 7</body></html>"
    )
    found = text_of_html(page)
    assert [line.strip() for line in found.split("\n") if line.strip()] == ["จอดับ", "5 < 6 & 7"]


def test_the_quoted_mail_is_left_out_but_never_everything() -> None:
    assert own_words("ใช้ได้แล้วค่ะ\n\nOn Monday the desk wrote:\n> เดิม") == "ใช้ได้แล้วค่ะ"
    assert own_words("ขอบคุณ\n-----Original Message-----\nเดิม") == "ขอบคุณ"
    assert own_words("ครับ\nเมื่อ จ. 3 ก.พ. 2569 ศูนย์ซ่อม เขียนว่า:\n> เดิม") == "ครับ"
    assert own_words("> ทั้งหมดเป็นข้อความเดิม") == "> ทั้งหมดเป็นข้อความเดิม"


def test_machines_are_told_from_people() -> None:
    kinds = {
        "person": (letter(), None),
        "auto-submitted": (letter(Auto_Submitted="auto-replied"), State.AUTOMATIC),
        "auto-submitted no": (letter(Auto_Submitted="no"), None),
        "suppress": (letter(X_Auto_Response_Suppress="All"), State.AUTOMATIC),
        "precedence": (letter(Precedence="bulk"), State.AUTOMATIC),
        "list": (letter(List_Id="<news.test>"), State.AUTOMATIC),
        "no-reply": (letter("no-reply@bank.test"), State.AUTOMATIC),
        "report": (bounce(1), State.BOUNCE),
        "null sender": (letter(Return_Path="<>"), State.BOUNCE),
        "ourselves": (letter("desk@office.test"), State.LOOP),
        "our list": (letter(List_Id="<messages.office.test>"), State.LOOP),
        "our id": (letter(message_id="<12.17.message@office.test>"), State.LOOP),
    }
    wrong = {
        name: found
        for name, (data, wanted) in kinds.items()
        if (found := machine(read(data), OWN, HOST)) != wanted
    }
    assert wrong == {}


@settings(max_examples=300)
@given(st.binary(max_size=2000))
def test_any_bytes_are_a_mail(data: bytes) -> None:
    assert isinstance(read(data), Mail)


def test_pd1_citizen_numbers_are_blotted_out_of_words_and_of_the_raw_mail() -> None:
    typed = "บัตร 1-1017-00230-70-8 หรือ ๑๑๐๑๗๐๐๒๓๐๗๐๘ โทร 0812345678"
    encoded = b"=?utf-8?B?" + base64.b64encode(typed.encode()) + b"?="
    mails = {
        "plain": raw("utf-8", typed.encode(), encoded),
        "thai": raw("tis-620", typed.encode("cp874"), encoded),
        "base64": raw("utf-8", base64.b64encode(typed.encode()), encoded, "base64"),
        "parts": b'Content-Type: multipart/mixed; boundary="b"\r\nSubject: '
        + encoded
        + b"\r\n\r\n--b\r\n"
        + raw("utf-8", typed.encode())
        + b"\r\n--b--\r\n",
    }
    left, hidden = "บัตร X-XXXX-XXXXX-XX-X หรือ X-XXXX-XXXXX-XX-X โทร 0812345678", {}
    for name, mail in mails.items():
        for stage, one in (("read", read(mail)), ("kept", read(blotted(mail)))):
            if (one.subject, one.text) != (left, left):
                hidden[name, stage] = (one.subject, one.text)
        kept = message_from_bytes(blotted(mail))
        for part in kept.walk():
            if b"1017" in (part.get_payload(decode=True) or b""):
                hidden[name, "raw"] = str(part)
    assert hidden == {}
    clean = raw("utf-8", THAI.encode())
    assert blotted(clean) is clean


PIECES = st.sampled_from(
    [
        b"From: ",
        b"a@b.test",
        b"<>",
        b"Subject: =?utf-8?B?",
        b"?=",
        b"=?x?Q?=FF?=",
        b"\r\n",
        b"\r\n\r\n",
        b"Content-Type: ",
        b"multipart/mixed",
        b'; boundary="b"',
        b"; charset=",
        b"tis-620",
        b"utf-7",
        b"idna",
        b"message/rfc822",
        b"text/html",
        b"--b",
        b"--b--",
        b"<script>",
        b"<![CDATA[",
        b"\xff\xfe",
        "ก".encode(),
        b"Content-Transfer-Encoding: base64",
        b"quoted-printable",
        b"uuencode",
        b"Content-Disposition: attachment; filename*=tis-620''%A1",
        b"filename*0*=",
        b"=\xa1",
        b"\x00",
    ]
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=40))
def test_any_patchwork_of_a_mail_is_read(pieces: list[bytes]) -> None:
    mail = read(blotted(b"".join(pieces)))
    # What is read can be stored: no half letters, no zero bytes.
    for words in (mail.subject, mail.text, mail.sender, mail.sender_name, own_words(mail.text)):
        assert "\x00" not in words
        words.encode("utf-8")
    machine(mail, OWN, HOST)
