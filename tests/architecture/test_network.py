"""No test speaks to another machine."""

from __future__ import annotations

import smtplib
import socket
import urllib.request

import pytest

from tests.network import NetworkClosed


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as line, pytest.raises(NetworkClosed):
        line.connect(("192.0.2.1", 80))


def test_a_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(NetworkClosed):
        socket.getaddrinfo("helpdesk.example.org", 443)


def test_a_page_of_another_machine_is_not_fetched() -> None:
    with pytest.raises(NetworkClosed):
        urllib.request.urlopen("http://192.0.2.1/")


def test_mail_does_not_leave() -> None:
    with pytest.raises(NetworkClosed):
        smtplib.SMTP("mail.example.org", 25)


def test_this_machine_itself_may_be_spoken_to() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as line,
    ):
        assert line.getpeername() == server.getsockname()
