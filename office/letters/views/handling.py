"""What is done to a letter: passing on, finishing, cancelling, its files and matters."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.sending import send_kept
from kernel.taking import take_one_document
from kernel.work import work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping
from office.letters import access, queries, slots
from office.letters.forms import FileForm, MatterForm, PassForm, WordsForm
from office.letters.rules import handling, registering
from office.letters.views.blueprint import blueprint


def _here(letter_id: int) -> str:
    return url_for("letters.letter", letter_id=letter_id)


@blueprint.post("/<int:letter_id>/pass")
@permit(access.READ)
def pass_on(letter_id: int) -> ResponseReturnValue:
    """Pass a letter on to somebody."""
    form, here = PassForm(), _here(letter_id)
    form.insist()
    person = person_named(form.person.data or "")
    if person is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=(form.person.data or "")[:80],
            ),
            field="person",
        )
    name = person.name
    with work():
        if bookkeeping.spend_key(form.act_key, here) is None:
            found = access.letter_handled(viewer(), letter_id)
            handling.pass_on(found, person, form.words.data or "", by=viewer())
    flash(_("The letter is passed on to %(name)s.", name=name), "ok")
    return redirect(here)


@blueprint.post("/<int:letter_id>/finish")
@permit(access.READ)
def finish(letter_id: int) -> ResponseReturnValue:
    """Write down what was done about a letter."""
    form = WordsForm()
    form.insist()
    with work():
        found = access.letter_handled(viewer(), letter_id)
        handling.finish(found, form.words.data or "", by=viewer())
    flash(_("The letter is done."), "ok")
    return redirect(_here(letter_id))


@blueprint.post("/<int:letter_id>/reopen")
@permit(access.KEEP)
def reopen(letter_id: int) -> ResponseReturnValue:
    """Open a letter again."""
    ActionForm().insist()
    with work():
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        handling.reopen(found, by=viewer())
    flash(_("The letter is open again."), "ok")
    return redirect(_here(letter_id))


@blueprint.post("/<int:letter_id>/cancel")
@permit(access.KEEP)
def cancel(letter_id: int) -> ResponseReturnValue:
    """Cancel the number of a letter."""
    form = WordsForm()
    form.insist()
    with work():
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        handling.cancel(found, form.words.data or "", by=viewer())
    flash(_("The number is cancelled and stays in the register."), "ok")
    return redirect(_here(letter_id))


@blueprint.post("/<int:letter_id>/matters")
@permit(access.KEEP)
def link(letter_id: int) -> ResponseReturnValue:
    """Say what a letter belongs to."""
    form = MatterForm()
    known = slots.kinds()
    form.kind.choices = [(one.name, one.label) for one in known.values()]
    form.insist()
    typed = form.typed.data or ""
    matter = known[form.kind.data].find(typed, viewer())
    if matter is None:
        raise Refusal(_("Nothing is known by “%(typed)s”.", typed=typed[:80]), field="typed")
    with work():
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        registering.link(found, matter, by=viewer())
    flash(_("The letter belongs to “%(title)s” now.", title=matter.title), "ok")
    return redirect(_here(letter_id) + "#matters")


@blueprint.post("/<int:letter_id>/matters/<int:link_id>/drop")
@permit(access.KEEP)
def unlink(letter_id: int, link_id: int) -> ResponseReturnValue:
    """Take a letter out of a matter."""
    ActionForm().insist()
    with work():
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        for one in queries.matters_of(found):
            if one.id == link_id:
                registering.unlink(found, one, by=viewer())
    flash(_("Taken out."), "ok")
    return redirect(_here(letter_id) + "#matters")


@blueprint.post("/<int:letter_id>/files")
@permit(access.KEEP)
def add_file(letter_id: int) -> ResponseReturnValue:
    """Add the scanned letter or an enclosure."""
    FileForm().insist()
    access.letter_seen(viewer(), letter_id, access.KEEP)
    kept = take_one_document("file")
    with work():
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        registering.add_file(found, kept, by=viewer())
    flash(_("The file is kept."), "ok")
    return redirect(_here(letter_id) + "#files")


@blueprint.get("/<int:letter_id>/files/<int:file_id>")
@permit(access.READ)
def file(letter_id: int, file_id: int) -> Response:
    """Send a file of a letter to whoever may see the letter."""
    kept = access.file_of(access.letter_seen(viewer(), letter_id), file_id)
    return send_kept(kept.key, media=kept.media, name=kept.name, inline=False)


@blueprint.post("/<int:letter_id>/files/<int:file_id>/drop")
@permit(access.KEEP)
def drop_file(letter_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file out."""
    ActionForm().insist()
    with work():
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        registering.drop_file(found, access.file_of(found, file_id), by=viewer())
    flash(_("The file is taken out."), "ok")
    return redirect(_here(letter_id) + "#files")
