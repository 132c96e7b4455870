"""What the administrator sets up: other systems that are told of acts, the office's own words."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.forms import ActionForm, Form
from kernel.i18n import LANGUAGES
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.work import check_version, work
from office.notifications import access, composing, queries
from office.notifications.forms import HookForm, WordingForm
from office.notifications.kinds import group_of
from office.notifications.models import Hook
from office.notifications.rules import bounces, hooks, wording

blueprint = Blueprint("messaging", __name__)
LANGUAGE_NAMES = {"th": _l("Thai"), "en": _l("English")}


@blueprint.route("/messages/systems", methods=["GET", "POST"])
@permit(access.SET_UP)
def systems() -> ResponseReturnValue:
    """Show the other systems that are told of acts, and set one up."""
    form = HookForm()
    if form.accepted():
        with form.refusals():
            with work():
                made = hooks.add(
                    form.name.data or "", form.url.data or "", form.acts.data or "", by=viewer()
                )
                db.session.flush()  # its page is named by its id
                address = url_for("messaging.system", hook_id=made.id)
            return redirect(address)
    page = render_template("office/notifications/systems.html", form=form, hooks=queries.hooks())
    return page, form.status


@blueprint.route("/messages/systems/<int:hook_id>", methods=["GET", "POST"])
@permit(access.SET_UP)
def system(hook_id: int) -> ResponseReturnValue:
    """Show and change one of them; the secret stands here for the other system's administrator."""
    hook = _hook(hook_id)
    form = HookForm(obj=hook)
    if form.accepted():
        with form.refusals():
            with work():
                hook = _hook(hook_id)
                check_version(hook.version, form.seen_version)
                hooks.edit(
                    hook,
                    form.name.data or "",
                    form.url.data or "",
                    form.acts.data or "",
                    active=bool(form.active.data),
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("messaging.system", hook_id=hook_id))
    form.stand_at(_hook(hook_id).version)
    page = render_template("office/notifications/system.html", form=form, hook=_hook(hook_id))
    return page, form.status


@blueprint.post("/messages/systems/<int:hook_id>/remove")
@permit(access.SET_UP)
def remove_system(hook_id: int) -> ResponseReturnValue:
    """Take a system away; it is told nothing more."""
    Form().insist()
    with work():
        hooks.remove(_hook(hook_id), by=viewer())
    flash(_("It is told nothing more."), "ok")
    return redirect(url_for("messaging.systems"))


@blueprint.post("/messages/trust")
@permit(access.SET_UP)
def trust() -> ResponseReturnValue:
    """Send e-mails to an address again that they came back from."""
    Form().insist()
    with work():
        bounces.clear(request.form.get("address", ""), by=viewer())
    flash(_("E-mails go to this address again."), "ok")
    return redirect(url_for("messages.outgoing"))


@blueprint.get("/messages/words")
@permit(access.SET_UP)
def words() -> ResponseReturnValue:
    """Show every kind of message that was ever written, with an example of each."""
    own = queries.wordings()
    kinds = queries.kinds_sent()
    rows = [
        (
            kind,
            queries.sample(kind, "th") or queries.sample(kind, "en"),
            (kind, "th") in own or (kind, "en") in own,
            group_of(kind).label,
        )
        for kind in kinds
    ]
    return render_template("office/notifications/words.html", rows=rows, languages=LANGUAGE_NAMES)


@blueprint.route("/messages/words/<kind>/<language>", methods=["GET", "POST"])
@permit(access.SET_UP)
def words_of(kind: str, language: str) -> ResponseReturnValue:
    """Write own words for one kind of message, with a preview on the newest one."""
    if kind not in queries.kinds_sent() or language not in LANGUAGES:
        raise NotFound(_("There is no such message."))
    own = queries.wordings().get((kind, language))
    form = WordingForm(obj=own)
    if not form.is_submitted() and own is None:
        form.subject.data, form.body.data = "{subject}", "{text}"
    if form.accepted():
        with form.refusals():
            if not request.form.get("preview"):
                _reword(form, kind, language)
                flash(_("Messages of this kind are worded like this from now on."), "ok")
                return redirect(url_for("messaging.words"))
            wording.check(form.subject.data or "", form.body.data or "")
    newest = queries.sample(kind, language) or queries.sample(kind, "th")
    shown = composing.tried(newest, form.subject.data or "", form.body.data or "")
    page = render_template(
        "office/notifications/words_of.html",
        form=form,
        kind=kind,
        about=group_of(kind).label,
        newest=newest,
        language=language,
        languages=LANGUAGE_NAMES,
        own=own,
        shown=shown,
        names=wording.NAMES,
    )
    return page, form.status


def _reword(form: WordingForm, kind: str, language: str) -> None:
    with work():
        stands = queries.wordings().get((kind, language))
        check_version(stands.version if stands else form.seen_version, form.seen_version)
        subject, body = form.subject.data or "", form.body.data or ""
        wording.reword(kind, language, subject, body, by=viewer())


@blueprint.post("/messages/words/<kind>/<language>/restore")
@permit(access.SET_UP)
def restore_words(kind: str, language: str) -> ResponseReturnValue:
    """Go back to the words of the service."""
    ActionForm().insist()
    with work():
        wording.restore(kind, language, by=viewer())
    flash(_("Messages of this kind are worded by the service again."), "ok")
    return redirect(url_for("messaging.words"))


def _hook(hook_id: int) -> Hook:
    hook = db.session.get(Hook, hook_id)
    if hook is None:
        raise NotFound(_("There is no such system."))
    return hook
