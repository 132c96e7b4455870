"""A mail server, and the service told to use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.office.notifications.mail_server import Letterbox, mail_server


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    wanted = replace(
        app.extensions["settings"],
        smtp_url=url,
        mail_from="helpdesk@office.example.test",
        base_url="https://helpdesk.example.test",
        office_name_th="สำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
    )
    monkeypatch.setitem(app.extensions, "settings", wanted)


@pytest.fixture
def letterbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Letterbox]:
    with mail_server() as box:
        use(app, monkeypatch, box.url)
        yield box
