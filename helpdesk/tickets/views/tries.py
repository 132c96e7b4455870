"""Doing what a report's form asks for, counted as a try whatever comes of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import redirect, request, session
from werkzeug.wrappers import Response

from helpdesk.tickets.forms import PhotoForm
from helpdesk.tickets.rules.intake import KeptPhoto
from helpdesk.tickets.views import photos
from kernel.errors import Refusal, TooMany
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

HOUR = 3600
Act = Callable[[list[KeptPhoto]], str]  # done in a unit of work; says where to go on


def sent(form: PhotoForm, label: str, act: Act, *, good: bool) -> Response | None:
    """Do what a sent form asks for, and count it as a try whatever comes of it.

    Args:
        good: what the form's own check said; one that is not is counted and shown again.

    Returns:
        where to go on, or None where the form has to be shown again with what is wrong.
    """
    if form.form_errors:
        return None
    with form.refusals():
        if good and not sent_files(form.photos.name):
            return redirect(_counted(act, photos.take_photos(form), label))
        # Photos are read between the two counts, so that a refusal by the second keeps them.
        with work():
            _count(_address())
        kept = photos.take_photos(form)
        if not good:
            return None
        with work():
            _count(_label(label))
        with work():
            return redirect(act(kept))
    return None


def _counted(act: Act, kept: list[KeptPhoto], label: str) -> str:
    """Count and act in one unit of work; a refusal undoes both, so the try is counted again."""
    tries = (_address(), _label(label))
    try:
        with work():
            _count(*tries)
            return act(kept)
    except TooMany:
        raise
    except Refusal:
        with work():
            _count(*tries)
        raise


def _count(*allowances: bookkeeping.Allowance) -> None:
    bookkeeping.count_tries(*allowances, seconds=HOUR)


def _address() -> bookkeeping.Allowance:
    """Return what one network may send: generous, for a whole school shares an address."""
    return bookkeeping.Allowance(
        f"report:address:{request.remote_addr}",
        photos.settings().reports_per_address,
        _(
            "Very many reports have come from this network within an hour. Please send it "
            "again a little later, or phone the office. What you typed is kept below."
        ),
    )


def _label(label: str) -> bookkeeping.Allowance:
    """Return what one browser may send about one label."""
    browser = session.setdefault("browser", secrets.token_urlsafe(9))
    return bookkeeping.Allowance(
        f"report:label:{label.upper()[:16]}:{browser}",
        photos.settings().reports_per_tag,
        _(
            "You have reported this several times within an hour, and all of it has arrived. "
            "Please send it again later. What you typed is kept below."
        ),
    )
