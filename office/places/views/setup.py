"""The page of the first start."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.access import public
from kernel.i18n import gettext as _
from kernel.work import work
from office.people import keys, passwords, session
from office.places import first_start
from office.places.forms import FirstStartForm

blueprint = Blueprint("setup", __name__)


@blueprint.route("/setup/<secret>", methods=["GET", "POST"])
@public
def open_office(secret: str) -> ResponseReturnValue:
    """Make the office and its first administrator, by the link printed on the terminal."""
    keys.check_first_start(secret)
    form = FirstStartForm()
    if form.accepted():
        with form.refusals():
            person = {
                name: form[name].data or "" for name in ("name_th", "name_en", "username", "email")
            }
            password_hash = passwords.chosen(
                form.password.data or "", form.again.data or "", *person.values()
            )
            with work():
                admin = first_start.open_office(
                    secret,
                    office_th=form.office_th.data or "",
                    office_en=form.office_en.data or "",
                    password_hash=password_hash,
                    **person,
                )
            session.begin(admin)
            flash(_("The service is ready. Take in your units and people next."), "ok")
            return redirect(f"{request.script_root}/places")
    return render_template("office/places/first_start.html", form=form), form.status
