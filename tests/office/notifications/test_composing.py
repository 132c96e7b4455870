"""What stands in the head of an e-mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config import Settings
from office.bookkeeping.models import OutgoingMessage
from office.notifications import composing
from office.notifications.queries import Recipient
from tests.conftest import Clock

MALEE = Recipient("malee@school.example.test", "มาลี ตัวอย่าง")
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office(settings: Settings) -> Settings:
    return replace(
        settings,
        base_url="https://helpdesk.example.test",
        mail_from="Desk <desk@example.test>",
        office_name_th="สำนักงานตัวอย่าง",
        office_name_en="Example Office",
    )


def message(clock: Clock, **overrides: object) -> OutgoingMessage:
    fields = {
        "id": 7,
        "created_at": clock.now,
        "language": "th",
        "subject": "เรื่อง",
        "body": "เนื้อความ",
        "link": "",
        **overrides,
    }
    return OutgoingMessage(**fields)


def test_a_row_has_the_same_message_id_each_time(office: Settings, clock: Clock) -> None:
    first = composing.write(message(clock), MALEE, office)
    clock.forward(days=1)
    again = message(clock, created_at=message(clock).created_at)
    assert first["Message-ID"].endswith("message@helpdesk.example.test>")
    clock.forward(days=-1)
    assert composing.write(message(clock), MALEE, office)["Message-ID"] == first["Message-ID"]
    assert composing.write(again, MALEE, office)["Message-ID"] != first["Message-ID"]


def test_programs_are_told_that_a_program_wrote_it(office: Settings, clock: Clock) -> None:
    made = composing.write(message(clock), MALEE, office)
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["List-Id"] == "<messages.helpdesk.example.test>"


def test_sender_and_recipient_carry_their_names(office: Settings, clock: Clock) -> None:
    made = composing.write(message(clock), MALEE, office)
    assert made["From"].addresses[0].display_name == "สำนักงานตัวอย่าง"
    assert made["From"].addresses[0].addr_spec == "desk@example.test"
    assert made["To"].addresses[0].display_name == "มาลี ตัวอย่าง"


def test_an_english_message_is_signed_in_english(office: Settings, clock: Clock) -> None:
    made = composing.write(message(clock, language="en"), MALEE, office)
    plain = made.get_body(("plain",))
    assert plain is not None
    assert "Example Office" in plain.get_content()
    assert "Please do not reply" in plain.get_content()


def test_nobody_adds_a_head_line_through_the_subject(office: Settings, clock: Clock) -> None:
    made = composing.write(message(clock, subject="a\r\nBcc: all@example.test"), MALEE, office)
    assert made["Bcc"] is None
    assert made["Subject"] == "a Bcc: all@example.test"


def test_markup_in_a_text_stays_text(office: Settings, clock: Clock) -> None:
    made = composing.write(message(clock, body="<b>หนา</b>"), MALEE, office)
    html = made.get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;หนา&lt;/b&gt;" in html.get_content()


def test_everything_fits_into_seven_bits(office: Settings, clock: Clock) -> None:
    made = composing.write(message(clock, body="ยาว" * 2000), MALEE, office)
    assert made.as_bytes().isascii()
    assert max(len(line) for line in made.as_bytes().splitlines()) < 998


@pytest.mark.parametrize("address", ["", "nobody", "a b@example.test", "@example.test", "ครู@x.th"])
def test_what_cannot_be_an_address_is_refused(office: Settings, clock: Clock, address: str) -> None:
    with pytest.raises(ValueError, match=address or "^$"):
        composing.write(message(clock), Recipient(address, "ใคร"), office)
