"""How a person is told: ways, quiet hours, the LINE account, the devices."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from kernel.access import permit, viewer
from kernel.db import db
from kernel.forms import Form
from kernel.i18n import gettext as _
from kernel.work import work
from office.notifications import access, queries
from office.notifications.forms import DeviceForm, WaysForm
from office.notifications.kinds import GROUPS
from office.notifications.models import LineAccount
from office.notifications.rules import bounces, choosing, devices, line
from office.notifications.rules.routing import DIGEST_AT
from office.notifications.states import WAY_NAMES
from office.notifications.ways import push

blueprint = Blueprint("told", __name__)


@blueprint.route("/profile/messages", methods=["GET", "POST"])
@permit(access.CHOOSE)
def ways() -> ResponseReturnValue:
    """Show and change how the person is told."""
    form = WaysForm()
    chosen, quietness = choosing.chosen(viewer())
    if not form.is_submitted():
        form.show(chosen)
        form.quiet_from.data = quietness.quiet_from if quietness else None
        form.quiet_until.data = quietness.quiet_until if quietness else None
        form.digest_at.data = quietness.digest_at if quietness else DIGEST_AT
    if form.accepted():
        with form.refusals():
            with work():
                choosing.choose(
                    form.rhythms(),
                    quiet_from=form.quiet_from.data,
                    quiet_until=form.quiet_until.data,
                    digest_at=form.digest_at.data,
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("told.ways"))
    return _ways(form)


def _ways(form: Form, code: str = "") -> ResponseReturnValue:
    settings: Settings = current_app.extensions["settings"]
    me = queries.recipient_named(viewer())
    page = render_template(
        "office/notifications/ways.html",
        form=form,
        groups=GROUPS,
        ways=WAY_NAMES,
        address=me.address,
        comes_back=bounces.reason_of(me.address),
        mail_on=bool(settings.smtp_url),
        line_on=bool(settings.line_token),
        push_on=bool(settings.push_hosts),
        push_key=push.public_key(settings.secret_key) if settings.push_hosts else "",
        account=db.session.get(LineAccount, viewer().id),
        devices=queries.devices_of(viewer()),
        code=code,
    )
    return page, form.status


@blueprint.post("/profile/messages/line")
@permit(access.CHOOSE)
def bind_line() -> ResponseReturnValue:
    """Show a code that binds the LINE account it is sent from."""
    Form().insist()
    with work():
        code = line.new_code(by=viewer())
    form = WaysForm(formdata=None)
    chosen, quietness = choosing.chosen(viewer())
    form.show(chosen)
    form.digest_at.data = quietness.digest_at if quietness else DIGEST_AT
    return _ways(form, code)


@blueprint.post("/profile/messages/line/unbind")
@permit(access.CHOOSE)
def unbind_line() -> ResponseReturnValue:
    """Let go of the LINE account."""
    Form().insist()
    with work():
        line.unbind(by=viewer())
    flash(_("Nothing is sent to your LINE account any more."), "ok")
    return redirect(url_for("told.ways"))


@blueprint.post("/profile/messages/devices")
@permit(access.CHOOSE)
def add_device() -> ResponseReturnValue:
    """Keep the push subscription of the browser that asks; a script calls this."""
    settings: Settings = current_app.extensions["settings"]
    form = DeviceForm()
    form.insist()
    with work():
        devices.add(
            form.endpoint.data or "",
            form.public_key.data or "",
            form.secret.data or "",
            form.called.data or _("This device"),
            hosts=settings.push_hosts,
            by=viewer(),
        )
    return jsonify(status="ok")


@blueprint.post("/profile/messages/devices/<int:device_id>/remove")
@permit(access.CHOOSE)
def remove_device(device_id: int) -> ResponseReturnValue:
    """Take away a device."""
    Form().insist()
    with work():
        devices.remove(device_id, by=viewer())
    flash(_("The device gets no messages any more."), "ok")
    return redirect(url_for("told.ways"))
