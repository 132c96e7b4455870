"""The list of letters with its table, registering, one letter, mending it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.paths import YEAR, whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.letters import access, papers, queries, slots
from office.letters.forms import (
    EditForm,
    FileForm,
    InForm,
    MatterForm,
    NewForm,
    OutForm,
    PassForm,
    WordsForm,
)
from office.letters.models import Letter
from office.letters.queries import Filter
from office.letters.rules import registering
from office.letters.states import (
    BOOKS,
    LETTERS,
    OPEN,
    STEP_WORDS,
    URGENCIES,
    URGENCY_FACES,
    Action,
    Book,
    State,
    Urgency,
)
from office.letters.views import handling, printing  # noqa: F401 - they hang on the blueprint
from office.letters.views.blueprint import blueprint
from office.places import queries as places
from office.places.naming import office_name

__all__ = ["blueprint"]


@blueprint.get("/")
@permit(access.READ)
def letters() -> ResponseReturnValue:
    """List the letters that the viewer may see, the newest first."""
    me, wanted, number = viewer(), wanted_now(), page_number()
    return render_template(
        "office/letters/letters.html",
        page=paged(queries.letters(me, wanted, number), number, queries.PAGE),
        wanted=wanted,
        years=[(one, str(one if language() == "th" else one - 543)) for one in queries.years(me)],
        units=places.choices(me.scope(access.SEE)),
        books=BOOKS,
        faces=LETTERS.faces,
        urgencies=URGENCIES,
        urgency_faces=URGENCY_FACES,
        matter=_matter_of(wanted),
        today=clock.today(),
        open_states=OPEN,
        may_keep=me.may(access.KEEP),
        may_see=me.may(access.SEE),
        print_unit=wanted.unit_id or me.unit_id,
    )


def wanted_now() -> Filter:
    """Return what the address narrows the list to; nonsense narrows nothing."""
    said = request.args
    kind, _dash, matter_id = said.get("matter", "").partition("-")
    states = (*State, queries.UNANSWERED)
    return Filter(
        words=thai.normalize(said.get("q", "").replace("\0", ""))[:100],
        book=said["book"] if said.get("book") in tuple(Book) else "",
        year=whole(said.get("year", ""), digits=YEAR),
        state=said["state"] if said.get("state") in states else "",
        urgency=said["urgency"] if said.get("urgency") in tuple(Urgency) else "",
        unit_id=whole(said.get("unit", "")),
        matter=(kind, int(matter_id)) if whole(matter_id) is not None else None,
    )


def _matter_of(wanted: Filter) -> slots.Matter | None:
    return slots.shown(*wanted.matter, viewer()) if wanted.matter else None


@blueprint.get("/table.<ending>")
@permit(access.READ)
def table(ending: str) -> Response:
    """Send exactly what the list shows, in the columns of the register."""
    rows = queries.all_letters(viewer(), wanted_now())
    name = _("Register of letters")
    return downloads.table(ending, papers.columns(), rows, name=name, plain_name="letters")


@blueprint.route("/new/<book>", methods=["GET", "POST"])
@permit(access.KEEP)
def register(book: str) -> ResponseReturnValue:
    """Register a letter that came in or goes out."""
    if book not in tuple(Book):
        raise NotFound(_("There is no such register."))
    chosen, me = Book(book), viewer()
    form: NewForm = InForm() if chosen == Book.IN else OutForm()
    form.unit_id.choices = places.choices(me.scope(access.KEEP))
    if not form.is_submitted():
        _propose(form, chosen)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = _register(chosen, form)
                here, number = url_for("letters.letter", letter_id=made.id), made.shown_number
                bookkeeping.settle_key(form.act_key, here)
            flash(_("Registered under %(number)s.", number=number), "ok")
            return redirect(here)
    page = render_template(
        "office/letters/register.html",
        form=form,
        book=chosen,
        heading=BOOKS[chosen],
        matter=_matter_of(wanted_now()),
    )
    return page, form.status


def _propose(form: NewForm, book: Book) -> None:
    """Fill in what is likely."""
    me = viewer()
    mine = str(me.unit_id)
    known = [one[0] for one in form.unit_id.choices or ()]
    form.unit_id.data = mine if mine in known else (known[0] if known else "")
    form.dated_on.data = clock.today() if book != Book.IN else None
    form.answers.data = request.args.get("answers", "")[:80]
    form.subject.data = request.args.get("subject", "")[:300]
    if isinstance(form, OutForm) and form.unit_id.data:
        form.code.data = queries.last_code(int(form.unit_id.data))
        form.sender.data = me.unit_name
        form.recipient.data = request.args.get("to", "")[:200]
    else:
        form.recipient.data = me.unit_name


def _register(book: Book, form: NewForm) -> Letter:
    me, unit_id = viewer(), int(form.unit_id.data)
    me.demand(access.KEEP, unit_id)
    typed = (form.answers.data or "").strip()
    answers = None
    if typed:
        answers = queries.letter_named(me, unit_id, typed, came_in=book != Book.IN)
        if answers is None:
            raise Refusal(
                _("No letter is known by “%(typed)s”.", typed=typed[:80]), field="answers"
            )
    made = registering.register(
        book,
        unit_id,
        form.fields(),
        by=me,
        code=(form.code.data or "").strip() if isinstance(form, OutForm) else "",
        answers=answers,
        again=bool(form.again.data) if isinstance(form, InForm) else False,
    )
    matter = _matter_of(wanted_now())
    if matter is not None:
        registering.link(made, matter, by=me)
    return made


@blueprint.get("/<int:letter_id>")
@permit(access.READ)
def letter(letter_id: int) -> ResponseReturnValue:
    """Show a letter with what happened to it, its files and what it belongs to."""
    me, found = viewer(), access.letter_seen(viewer(), letter_id)
    keeps = me.may(access.KEEP, found.unit_id)
    linking = MatterForm(formdata=None)
    linking.kind.choices = [(one.name, one.label) for one in slots.kinds().values()]
    return render_template(
        "office/letters/letter.html",
        letter=found,
        face=LETTERS.faces[State(found.state)],
        book=BOOKS[Book(found.book)],
        urgency=URGENCIES[Urgency(found.urgency)],
        urgency_face=URGENCY_FACES.get(Urgency(found.urgency)),
        entries=_story(found),
        files=queries.files_of(found),
        matters=[
            (one, slots.shown(one.kind, one.matter_id, me)) for one in queries.matters_of(found)
        ],
        kind_labels={one.name: one.label for one in slots.kinds().values()},
        answered=queries.answers_to(found),
        actions=LETTERS.actions(State(found.state)),
        acts=Action,
        late=_is_late(found, clock.today()),
        may_keep=keeps,
        may_handle=access.may_handle(me, found),
        passing=PassForm(formdata=None),
        finishing=WordsForm(formdata=None),
        cancelling=WordsForm(formdata=None),
        filing=FileForm(formdata=None),
        linking=linking,
    )


def _is_late(found: Letter, today: date) -> bool:
    return found.answer_by is not None and found.answer_by < today and found.state in OPEN


def _story(found: Letter) -> list[dict[str, Any]]:
    """Return what happened, the newest first."""
    entries = [
        {
            "at": step.at,
            "text": str(STEP_WORDS[Action(step.act)])
            % {"name": step.person.name if step.person else ""},
            "who": step.by_name,
            "body": step.words,
            "icon": "send" if step.act == Action.PASS else "dot",
        }
        for step in queries.steps_of(found)
    ]
    who = found.registered_by
    text = str(LETTERS.faces[State.REGISTERED].label)
    first = {"at": found.registered_at, "text": text, "icon": "inbox"}
    return [*entries, {**first, "who": who.name if who else ""}]


@blueprint.route("/<int:letter_id>/edit", methods=["GET", "POST"])
@permit(access.KEEP)
def edit(letter_id: int) -> ResponseReturnValue:
    """Mend what was written down of a letter."""
    found = access.letter_seen(viewer(), letter_id, access.KEEP)
    form = EditForm(obj=found, version=str(found.version))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.letter_seen(viewer(), letter_id, access.KEEP)
                check_version(found.version, form.seen_version)
                registering.edit(found, form.fields(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("letters.letter", letter_id=letter_id))
        found = access.letter_seen(viewer(), letter_id, access.KEEP)
        form.stand_at(found.version)
    return render_template("office/letters/edit.html", form=form, letter=found), form.status


@blueprint.get("/register.pdf")
@permit(access.SEE)
def register_paper() -> Response:
    """Print one register of a unit and a year (form 13 or 14)."""
    wanted, me = wanted_now(), viewer()
    unit_id, names = wanted.unit_id or me.unit_id, dict(places.choices())
    if unit_id is None or str(unit_id) not in names or not me.may(access.SEE, unit_id):
        raise NotFound(_("There is no such register."))
    book = Book(wanted.book or Book.IN)
    year = wanted.year or queries.this_year()
    rows = [papers.line_of(one) for one in queries.register(me, unit_id, book, year)]
    unit = names[str(unit_id)].strip()
    made = papers.register(book, year, rows, unit=unit, office=office_name("th"))
    return printing.pdf(made, f"letters-{book}-{year}")
