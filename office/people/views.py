"""Pages of the person: sign in and out, language, profile, password."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from kernel.access import permit, public, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.forms import Form
from kernel.i18n import LANGUAGES, speaking
from kernel.i18n import gettext as _
from kernel.pages import local_address
from kernel.work import check_version, work
from office.people import access, keys, passwords, queries, rules, session
from office.people.forms import (
    ChangePasswordForm,
    ForgotForm,
    LanguageForm,
    NewPasswordForm,
    ProfileForm,
    SignInForm,
)
from office.people.models import Person

blueprint = Blueprint("people", __name__)

LANGUAGE_KEPT_SECONDS = 365 * 24 * 3600


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with a user name or e-mail address and a password."""
    onward = local_address(request.args.get("next"), _home())
    if not viewer().is_guest and request.method == "GET":
        return redirect(onward)
    form = SignInForm()
    if form.accepted():
        with form.refusals():
            person = _admitted(form.login.data or "", form.password.data or "")
            with work():
                keys.sign_in(person, form.login.data or "")
            session.begin(person)
            return redirect(onward)
    beginning = not queries.has_administrator()
    page = render_template("office/people/sign_in.html", form=form, no_administrator=beginning)
    return page, form.status


def _admitted(login: str, password: str) -> Person:
    """Return who signs in, or refuse; every try is counted before the password is looked at."""
    with work():
        keys.count_sign_in_from(request.remote_addr or "")
    with work():
        keys.count_sign_in_as(login)
    person = queries.by_login(login)
    right = passwords.matches(person.password_hash if person else None, password)
    if person is None or not right:
        raise Refusal(keys.wrong_password())
    return person


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out on this device."""
    Form().insist()
    session.end()
    flash(_("You are signed out."), "ok")
    return redirect(url_for("people.sign_in"))


@blueprint.post("/language")
@public
def language() -> ResponseReturnValue:
    """Speak the other language: kept with the person, or in a cookie for a guest."""
    form = LanguageForm()
    answer = redirect(local_address(form.next.data, _home()))
    chosen = form.language.data
    form.insist()
    if chosen not in LANGUAGES:
        return answer
    person_id = viewer().id
    if person_id is not None:
        with work():
            rules.speak(person_id, chosen)
    answer.set_cookie(
        "language",
        chosen,
        max_age=LANGUAGE_KEPT_SECONDS,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
    )
    return answer


@blueprint.route("/profile", methods=["GET", "POST"])
@permit(access.PROFILE)
def profile() -> ResponseReturnValue:
    """Show and change what the person may say about themselves."""
    form = ProfileForm(obj=_myself())
    if form.accepted():
        with form.refusals():
            with work():
                me = _myself()
                check_version(me.version, form.seen_version)
                rules.edit(
                    me,
                    by=viewer(),
                    name_th=form.name_th.data,
                    name_en=form.name_en.data,
                    phone=form.phone.data,
                )
                rules.speak(me.id, form.language.data)
            with speaking(form.language.data):
                flash(_("Saved."), "ok")
            return redirect(url_for("people.profile"))
        form.stand_at(_myself().version)
    return render_template("office/people/profile.html", form=form, person=_myself()), form.status


@blueprint.route("/profile/password", methods=["GET", "POST"])
@permit(access.PROFILE)
def change_password() -> ResponseReturnValue:
    """Change the own password; the person is signed out everywhere else."""
    form = ChangePasswordForm()
    if form.accepted():
        with form.refusals():
            me = _myself()
            with work():
                keys.count_sign_in_as(me.username or me.email)
            me = _myself()
            if not passwords.matches(me.password_hash, form.present.data or ""):
                raise Refusal(_("This is not your present password."), field="present")
            new_hash = _chosen(form, me)
            with work():
                keys.set_password(me, new_hash, by=viewer())
            session.begin(me)
            flash(_("Your password is changed. Other devices are signed out."), "ok")
            return redirect(url_for("people.profile"))
    return render_template("office/people/change_password.html", form=form), form.status


@blueprint.post("/profile/sign-out-everywhere")
@permit(access.PROFILE)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of the person, this one too."""
    Form().insist()
    with work():
        keys.sign_out_everywhere(_myself(), by=viewer())
    session.end()
    flash(_("You are signed out on every device."), "ok")
    return redirect(url_for("people.sign_in"))


@blueprint.route("/forgot-password", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """Send a link that sets a new password; the answer never tells who exists."""
    settings: Settings = current_app.extensions["settings"]
    form = ForgotForm()
    if settings.smtp_url and form.accepted():
        with form.refusals():
            login = form.login.data or ""
            with work():
                keys.count_forgotten(login, request.remote_addr or "")
            with work():
                _send_link(login)
            flash(
                _(
                    "If we know an e-mail address for this account, a link is on its way. "
                    "It works for 48 hours."
                ),
                "ok",
            )
            return redirect(url_for("people.sign_in"))
    page = render_template(
        "office/people/forgot.html", form=form, mail_is_sent=bool(settings.smtp_url)
    )
    return page, form.status


def _send_link(login: str) -> None:
    person = queries.by_login(login)
    if person is not None and person.email:
        secret = keys.issue_password_link(person, by=keys.himself(person))
        keys.send_password_link(person, url_for("people.reset", secret=secret))


@blueprint.route("/password/<secret>", methods=["GET", "POST"])
@public
def reset(secret: str) -> ResponseReturnValue:
    """Set a password by a one-time link and sign in."""
    person = keys.link_owner(secret)
    form = NewPasswordForm()
    if form.accepted():
        with form.refusals():
            new_hash = _chosen(form, person)
            with work():
                person = keys.use_password_link(secret, new_hash)
            session.begin(person)
            flash(_("Your password is set and you are signed in."), "ok")
            return redirect(_home())
    return render_template("office/people/reset.html", form=form, person=person), form.status


def _chosen(form: NewPasswordForm, person: Person) -> str:
    known = (person.name_th, person.name_en, person.username, person.email, person.phone)
    return passwords.chosen(form.password.data or "", form.again.data or "", *known)


def _myself() -> Person:
    return db.session.get_one(Person, viewer().id)


def _home() -> str:
    return f"{request.script_root}/"
