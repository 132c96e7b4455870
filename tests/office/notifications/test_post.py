"""How a session with the mail server is protected."""

from __future__ import annotations

import ssl
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest

from kernel.i18n import speaking
from office.notifications.composing import SEVEN_BIT
from office.notifications.ways.fates import Fate
from office.notifications.ways.post import Post, Unreachable
from tests.office.notifications.mail_server import mail_server


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """What a relay inside an office has: a certificate that nobody signed."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=relay"
    subprocess.run(
        ["openssl", *command.split(), "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def letter() -> EmailMessage:
    made = EmailMessage(policy=SEVEN_BIT)
    made["Subject"] = "ทดสอบ"
    made.set_content("สวัสดี")
    return made


def test_the_line_is_encrypted_where_the_server_offers_it(unsigned: ssl.SSLContext) -> None:
    with mail_server(tls=unsigned) as box:
        with Post(box.url) as post:
            answer = post.send(letter(), "a@example.test", "b@example.test")
        assert answer.fate is Fate.SENT
        assert box.secure == [True]


def test_a_password_is_not_told_to_a_server_that_cannot_prove_its_name(
    unsigned: ssl.SSLContext,
) -> None:
    with mail_server(tls=unsigned, sign_in="desk:right%40word@") as box:
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"), Post(box.url):
            pass
        assert box.sign_ins == []


def test_a_password_is_not_sent_over_an_open_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("office.notifications.ways.post.LOOPBACK", ())
    with mail_server(sign_in="desk:right%40word@") as box:
        with (
            speaking("en"),
            pytest.raises(Unreachable, match="offers no encryption"),
            Post(box.url),
        ):
            pass
        assert box.sign_ins == []


def test_a_server_that_closes_ends_the_round_but_loses_nothing() -> None:
    with mail_server() as box:
        box.on_rcpt = ["421 Closing for the night"]
        with Post(box.url) as post:
            answer = post.send(letter(), "a@example.test", "b@example.test")
    assert (answer.fate, answer.open) == (Fate.LATER, False)
