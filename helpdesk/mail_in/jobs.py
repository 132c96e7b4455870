"""Fetching the mailbox and reading what came, because a minute has passed."""

from __future__ import annotations

from flask import current_app

from config import Settings
from helpdesk.mail_in import rounds


def fetch_mail() -> int:
    """Fetch what is new in the mailbox and read what is kept; return how many mails were read.

    Without a mailbox in the settings nothing is fetched; what was kept before is read all the
    same, also where the server does not answer.
    """
    settings: Settings = current_app.extensions["settings"]
    try:
        if settings.mail_in_url:
            rounds.fetch(settings)
    finally:
        read = rounds.read_kept()
    return read
