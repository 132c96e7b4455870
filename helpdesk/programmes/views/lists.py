"""The nine processes, one of them with its words, and the list of programmes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access, queries
from helpdesk.programmes.forms import WordsForm
from helpdesk.programmes.queries import Filter
from helpdesk.programmes.rules import drafting
from helpdesk.programmes.shipped import process_of, processes
from helpdesk.programmes.states import PROGRAMMES, State
from helpdesk.programmes.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.thai import fiscal_year
from kernel.work import work

# The endpoints where the forms are filled in that have a room of their own.
FORM_PAGES = {
    "F01": "requests.mine",
    "F02": "tickets.mine",
    "F03": "loans.things",
    "F04": "requests.mine",
    "F07": "cards.mine",
    "F08": "cards.mine",
    "F09": "figures.advice",
    "F10": "surveys.mine",
    "F12": "studies.studies",
    "F13": "access_rights.mine",
    "F14": "studies.studies",
    "F15": "developments.developments",
    "F16": "developments.developments",
}
LONGEST_NUMBER = 6


@blueprint.get("/")
@permit(access.READ)
def programme_list() -> ResponseReturnValue:
    """List the programmes that the viewer may see."""
    number, wanted = page_number(), _wanted()
    found = paged(queries.programmes(viewer(), wanted, number), number, queries.A_PAGE)
    return render_template(
        "helpdesk/programmes/list.html",
        page=found,
        wanted=wanted,
        done=queries.steps_done([one.id for one in found.rows]),
        faces=PROGRAMMES.faces,
        processes=processes(),
        year=fiscal_year(clock.today()),
        may_begin=bool(viewer().scope(access.BEGIN)),
    )


def _wanted() -> Filter:
    state = request.args.get("state", "")
    return Filter(
        query=request.args.get("q", "").strip()[:100],
        year=_number("year"),
        process_no=_number("process"),
        state=state if state in tuple(State) else "",
    )


def _number(name: str) -> int:
    said = request.args.get(name, "")
    return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else 0


@blueprint.get("/processes")
@permit(access.READ)
def process_list() -> ResponseReturnValue:
    """Show the nine processes of the manual."""
    year = fiscal_year(clock.today())
    return render_template(
        "helpdesk/programmes/processes.html",
        processes=processes(),
        counts=queries.counts_of_year(viewer(), year),
        year=year,
    )


@blueprint.route("/processes/<int:number>", methods=["GET", "POST"])
@permit(access.READ)
def process(number: int) -> ResponseReturnValue:
    """Show one process; administrators write newer definitions and references."""
    shown = process_of(number)
    newest = queries.newest_text(number)
    definitions = newest.definitions if newest else shown.definitions
    references = newest.refs if newest else shown.reference_lines
    edition = newest.edition if newest else 0
    known = {"definitions": definitions, "references": references, "version": str(edition)}
    form = WordsForm(data=None if request.method == "POST" else known)
    if form.is_submitted():
        viewer().demand(access.WORDS)
    if form.accepted():
        with form.refusals():
            with work():
                drafting.write_words(
                    shown,
                    form.definitions.data or "",
                    form.references.data or "",
                    seen_edition=form.seen_version,
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("programmes.process", number=number))
        form.stand_at(edition)
    page = render_template(
        "helpdesk/programmes/process.html",
        process=shown,
        newest=newest,
        definitions=definitions,
        references=references,
        form=form,
        form_pages=FORM_PAGES,
        may_edit=viewer().may(access.WORDS),
        may_begin=bool(viewer().scope(access.BEGIN)),
    )
    return page, form.status
