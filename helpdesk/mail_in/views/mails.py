"""Mails that came in, for the administrator: the list, one mail, reading again, laying aside."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from helpdesk.mail_in import access, files, queries, reading
from helpdesk.mail_in.forms import TakeForm
from helpdesk.mail_in.models import IncomingMail
from helpdesk.mail_in.rules import handling
from helpdesk.mail_in.states import MAILS, Action, State
from helpdesk.mail_in.views.blueprint import blueprint
from helpdesk.tickets import access as seeing
from helpdesk.tickets import queries as tickets
from kernel.access import permit, viewer
from kernel.documents import TEXT
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.sending import send_kept
from kernel.work import check_version, work

SHOWN_HEADERS = ("from", "to", "cc", "date", "message-id", "auto-submitted", "return-path")


@blueprint.get("/mail-in")
@permit(access.SEE)
def mails() -> ResponseReturnValue:
    """Show the mails that came in with what became of each, the newest first."""
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in set(State) else None
    number = page_number()
    settings: Settings = current_app.extensions["settings"]
    return render_template(
        "helpdesk/mail_in/mails.html",
        page=paged(queries.mails(state, number), number, queries.PAGE),
        state=state,
        faces=MAILS.faces,
        waiting=queries.waiting_count(),
        fetched=queries.last_fetched(),
        address=settings.mail_in_address,
        is_on=bool(settings.mail_in_url),
    )


@blueprint.get("/mail-in/<int:mail_id>")
@permit(access.SEE)
def mail(mail_id: int) -> ResponseReturnValue:
    """Show one mail as words, with what became of it."""
    return _page(mail_id)


@blueprint.get("/mail-in/<int:mail_id>/raw")
@permit(access.SEE)
def raw_mail(mail_id: int) -> Response:
    """Send a mail as it came, to be saved; nothing in it is shown or run."""
    row = access.mail_known(mail_id)
    return send_kept(row.raw_key, media=TEXT, name=f"mail-{row.id}.eml", inline=False)


@blueprint.get("/mail-in/files/<int:file_id>")
@permit(seeing.SEE)
def mail_file(file_id: int) -> Response:
    """Send a document that a mail brought to a ticket, to be saved."""
    found = access.file_seen_by(viewer(), file_id)
    media = found.media or files.BINARY
    return send_kept(found.file_key, media=media, name=found.name, inline=False)


@blueprint.post("/mail-in/<int:mail_id>/read-again")
@permit(access.HANDLE)
def read_again(mail_id: int) -> ResponseReturnValue:
    """Put a mail back among those that are read within a minute."""
    form = ActionForm()
    form.insist()
    with work():
        row = access.mail_known(mail_id)
        check_version(row.version, form.seen_version)
        handling.read_again(row, by=viewer())
    flash(_("The mail is read again within a minute."), "ok")
    return redirect(url_for("mail_in.mail", mail_id=mail_id))


@blueprint.post("/mail-in/<int:mail_id>/ignore")
@permit(access.HANDLE)
def ignore(mail_id: int) -> ResponseReturnValue:
    """Lay a mail aside for good."""
    form = ActionForm()
    form.insist()
    with work():
        row = access.mail_known(mail_id)
        check_version(row.version, form.seen_version)
        handling.ignore(row, by=viewer())
    flash(_("The mail was laid aside; it stays kept."), "ok")
    return redirect(url_for("mail_in.mails"))


@blueprint.post("/mail-in/<int:mail_id>/take")
@permit(access.HANDLE)
def take(mail_id: int) -> ResponseReturnValue:
    """Make a ticket of a mail whose sender nobody knew."""
    form = TakeForm()
    if form.accepted():
        with form.refusals():
            row = access.mail_known(mail_id)
            read = reading.read(store().read(row.raw_key))
            settings: Settings = current_app.extensions["settings"]
            brought = files.take(read.files, megabytes=settings.document_megabytes)
            with work():
                row = access.mail_known(mail_id)
                check_version(row.version, form.seen_version)
                if all(one.id != form.unit.data for one in tickets.open_units()):
                    raise Refusal(_("Please choose the school or group."), field="unit")
                ticket = handling.take(row, read, brought, form.unit.data, by=viewer())
                ticket_id = ticket.id
            flash(_("A ticket was made of the mail; its sender has been told."), "ok")
            return redirect(url_for("tickets.show", ticket_id=ticket_id))
    return _page(mail_id, form)


def _page(mail_id: int, tried: TakeForm | None = None) -> ResponseReturnValue:
    row = access.mail_known(mail_id)
    read = reading.read(store().read(row.raw_key))
    form = tried or TakeForm(formdata=None)
    english = language() == "en"
    form.unit.choices = [
        ("", _("Please choose")),
        *((u.id, u.name_en if english and u.name_en else u.name_th) for u in tickets.open_units()),
    ]
    form.version.data = str(row.version)
    page = render_template(
        "helpdesk/mail_in/mail.html",
        mail=row,
        read=read,
        headers=[(name, read.header(name)) for name in SHOWN_HEADERS if read.header(name)],
        files=queries.files_of(row.id),
        face=MAILS.faces[row.state],
        form=form,
        acts=_acts(row),
        names=MAILS.acts,
    )
    return page, form.status


def _acts(row: IncomingMail) -> set[str]:
    return {one.value for one in Action if MAILS.allows(row.state, one)}
