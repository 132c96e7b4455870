"""Asking on the own page, the list, one request, preparing, refusing, erasing by two people."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from helpdesk.privacy_requests import access, copying, erasing, queries
from helpdesk.privacy_requests.forms import AskForm, EnterForm, WordsForm
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.rules import asking, reminding
from helpdesk.privacy_requests.states import KINDS, TABLES, Action, Kind
from kernel import thai
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.sending import send_kept
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.privacy.slots import Subject

blueprint = Blueprint("privacy_requests", __name__, url_prefix="/privacy/requests")
MOST_A_DAY = 5
DAY = 86_400


@blueprint.get("/mine")
@permit(access.ASK)
def mine() -> ResponseReturnValue:
    """Show what the viewer asked for, and offer to ask."""
    return render_template(
        "helpdesk/privacy_requests/mine.html",
        rows=queries.mine(viewer()),
        kinds=KINDS,
        faces=TABLES[Kind.COPY].faces,
        form=AskForm(formdata=None),
    )


@blueprint.post("/mine/<any(copy,erase):kind>")
@permit(access.ASK)
def ask(kind: str) -> ResponseReturnValue:
    """Ask; a copy is prepared at once, for who is signed in is recognised."""
    form, here = AskForm(), url_for("privacy_requests.mine")
    form.insist()
    me = viewer()
    with work():
        bookkeeping.count_try(
            f"privacy:{me.id}",
            most=MOST_A_DAY,
            seconds=DAY,
            sentence=_("That is enough for one day. Please come back tomorrow."),
        )
    key = (
        _prepared(queries.subject_of_person(db.session.get_one(Person, me.id)))
        if kind == Kind.COPY
        else ""
    )
    with work():
        earlier = bookkeeping.spend_key(form.act_key, here)
        if earlier is not None:
            return redirect(earlier)
        made = asking.ask(Kind(kind), form.words.data or "", by=me)
        if key:
            asking.answer_copy(made, key, by=me)
        else:
            reminding.tell_asked(made)
    if key:
        flash(_("Your copy is ready. It is kept here for 30 days."), "ok")
    else:
        flash(_("Your request is %(number)s. We answer within 30 days.", number=made.number), "ok")
    return redirect(here)


def _prepared(subject: Subject) -> str:
    """Put the copy of a subject into the store and return its key."""
    parts = copying.collect(subject)
    words = copying.page_words(subject)
    page = render_template("helpdesk/privacy_requests/copy.html", parts=parts, **words)
    return store().put(copying.archive(subject, page, parts), "zip")


@blueprint.get("/")
@permit(access.SEE)
def requests() -> ResponseReturnValue:
    """List the requests, the next due first."""
    number = page_number()
    return render_template(
        "helpdesk/privacy_requests/requests.html",
        page=paged(queries.requests(viewer(), number), number, queries.PAGE),
        kinds=KINDS,
        faces=TABLES[Kind.COPY].faces,
        may_handle=viewer().may(access.HANDLE),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.HANDLE)
def enter() -> ResponseReturnValue:
    """Write down what a guest, or somebody who has left, asks."""
    form = EnterForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = _entered(form)
                here = url_for("privacy_requests.request_page", request_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The request is written down as %(number)s.", number=made.number), "ok")
            return redirect(here)
    return render_template("helpdesk/privacy_requests/enter.html", form=form), form.status


def _entered(form: EnterForm) -> PrivacyRequest:
    kind, typed = Kind(form.kind.data), form.contact.data or ""
    recognised, words = form.recognised.data or "", form.words.data or ""
    gone = _who_left(typed)
    if gone is not None:
        return asking.ask_for_person(kind, gone, recognised, words, by=viewer())
    return asking.ask_for_guest(kind, typed, recognised, words, by=viewer())


def _who_left(typed: str) -> Person | None:
    """Return the one person of that name who works here no more."""
    name = thai.normalize(typed)
    same = (Person.name_th == name) | (func.lower(Person.name_en) == name.lower())
    query = select(Person).where(same, Person.left_on.is_not(None)).limit(2)
    found = db.session.scalars(query).all()
    return found[0] if len(found) == 1 else None


@blueprint.get("/<int:request_id>")
@permit(access.ASK)
def request_page(request_id: int) -> ResponseReturnValue:
    """Show a request, and for an erasure what goes and what stays."""
    found, me = access.request_seen(viewer(), request_id), viewer()
    handles, decides = me.may(access.HANDLE), me.may(access.DECIDE)
    kind = Kind(found.kind)
    erases = kind == Kind.ERASE and found.is_open and me.may(access.SEE)
    open_to = {
        Action.CARRY_OUT: decides and me.id not in (found.proposed_by_id, found.person_id),
    }
    return render_template(
        "helpdesk/privacy_requests/request.html",
        one=found,
        kind=KINDS[kind],
        face=TABLES[kind].faces[found.state],
        preview=erasing.preview(found) if erases else None,
        acts=[act for act in TABLES[kind].actions(found.state) if open_to.get(act, handles)],
        verbs=TABLES[kind].acts,
        refusing=WordsForm(formdata=None, version=str(found.version)),
        may_see=me.may(access.SEE),
        may_fetch=bool(found.file_key) and (handles or found.person_id == me.id),
    )


@blueprint.post("/<int:request_id>/prepare")
@permit(access.HANDLE)
def prepare(request_id: int) -> ResponseReturnValue:
    """Prepare the copy of a guest or of somebody who has left."""
    form = ActionForm()
    form.insist()
    key = _prepared(queries.subject_of(access.request_seen(viewer(), request_id)))
    with work():
        asking.answer_copy(access.request_seen(viewer(), request_id), key, by=viewer())
    flash(_("The copy is ready. Hand it over only to the person it is about."), "ok")
    return redirect(url_for("privacy_requests.request_page", request_id=request_id))


@blueprint.get("/<int:request_id>/copy.zip")
@permit(access.ASK)
def fetch(request_id: int) -> Response:
    """Send a prepared copy to the person it is about, or to who hands it over.

    Raises:
        NotFound: it is not there any more, or the viewer only reads requests.
    """
    found, me = access.request_seen(viewer(), request_id), viewer()
    if not found.file_key or not (me.may(access.HANDLE) or found.person_id == me.id):
        raise NotFound(_("There is no such file."))
    name = f"personal-data-{found.id}.zip"
    return send_kept(found.file_key, media="application/zip", name=name, inline=False)


@blueprint.post("/<int:request_id>/refuse")
@permit(access.HANDLE)
def refuse(request_id: int) -> ResponseReturnValue:
    """Refuse with the ground."""
    form = WordsForm()
    form.insist()
    with work():
        found = access.request_seen(viewer(), request_id)
        check_version(found.version, form.seen_version)
        asking.refuse(found, form.words.data or "", by=viewer())
    flash(_("Refused. Send the person the ground in writing."), "ok")
    return redirect(url_for("privacy_requests.request_page", request_id=request_id))


@blueprint.post("/<int:request_id>/<any(propose,take_back):act>")
@permit(access.HANDLE)
def propose(request_id: int, act: str) -> ResponseReturnValue:
    """Propose to erase, or take the proposal back."""
    ActionForm().insist()
    with work():
        found = access.request_seen(viewer(), request_id)
        if act == Action.PROPOSE:
            asking.propose(found, by=viewer())
            reminding.tell_proposed(found)
        else:
            asking.take_back(found, by=viewer())
    flash(_("Saved."), "ok")
    return redirect(url_for("privacy_requests.request_page", request_id=request_id))


@blueprint.post("/<int:request_id>/carry_out")
@permit(access.DECIDE)
def carry_out(request_id: int) -> ResponseReturnValue:
    """Erase; the second of two people."""
    ActionForm().insist()
    with work():
        count = asking.carry_out(access.request_seen(viewer(), request_id), by=viewer())
    flash(_("Erased: %(count)s places were changed.", count=count), "ok")
    return redirect(url_for("privacy_requests.request_page", request_id=request_id))
