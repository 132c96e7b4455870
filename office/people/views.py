"""Pages of people: the language switch."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from kernel.access import public, viewer
from kernel.db import db
from kernel.errors import Stale
from kernel.forms import Form
from kernel.i18n import LANGUAGES
from kernel.i18n import gettext as _
from kernel.pages import local_address
from kernel.work import work
from office.people.models import Person

blueprint = Blueprint("people", __name__)
YEAR = 365 * 24 * 3600


@blueprint.post("/language")
@public
def language() -> ResponseReturnValue:
    """Speak another language from now on; remembered with the person and in a cookie."""
    form = Form()
    if not form.accepted():
        raise Stale(_("This page was open for too long. Please go back and try again."))
    code = request.form.get("language", "")
    if code in LANGUAGES and viewer().id is not None:
        with work():
            person = db.session.get(Person, viewer().id)
            if person is not None:
                person.language = code
    answer = redirect(local_address(request.form.get("next"), "/"))
    if code in LANGUAGES:
        answer.set_cookie("language", code, max_age=YEAR, samesite="Lax", httponly=True)
    return answer
