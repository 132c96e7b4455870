"""The register of a day: page, workbook and volumes of the paper."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from assets.values import access, columns, papers
from assets.values.queries import books, cards
from assets.values.queries.books import PAGE, Book, Figures, Line, Wanted
from assets.values.views import asked
from assets.values.views.blueprint import blueprint
from assets.values.words import CONVENTIONS, UNTOLD
from kernel import downloads
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged

SMALLEST = 4
MOST_PARTS = 1000


@blueprint.get("/values")
@permit(access.SEE)
def register() -> ResponseReturnValue:
    """Show the register of a day: capital items, or those below the threshold."""
    found, number = asked.asked(), page_number()
    wanted = found.wanted
    figures = books.figures(viewer(), wanted)
    return render_template(
        "assets/values/register.html",
        asked=found,
        wanted=wanted,
        page=paged(books.page(viewer(), wanted, number), number, PAGE),
        figures=figures,
        volumes=_volumes(figures.items, papers.MOST_ROWS),
        card_files=_volumes(figures.items, cards.MOST)[:MOST_PARTS],
        tabs=asked.tabs((wanted.book or Book.CAPITAL).value),
        groups=asked.groups(found),
        shortcuts=asked.shortcuts(),
        books_of=asked.books_of(found),
        convention=CONVENTIONS[wanted.convention],
        untold=UNTOLD,
        files=asked.files("values.register_file"),
        card_lines=asked.address("values.cards_file", ending="xlsx"),
        paper=lambda endpoint, part: asked.address(endpoint, part=part),
        spoken=columns.spoken,
        then_named=columns.then_named,
    )


def _volumes(items: int, most: int) -> list[int]:
    return list(range(1, max(-(-items // most), 1) + 1))


@blueprint.get("/values/register.<ending>")
@permit(access.SEE)
def register_file(ending: str) -> ResponseReturnValue:
    """Hand out the register of a day as a workbook or as CSV, of any length."""
    wanted = asked.asked().wanted
    day = wanted.on.isoformat()
    name = _("Low-value items") if wanted.book == Book.LOW else _("Capital items")
    lines = books.lines(viewer(), wanted)
    plain = f"{(wanted.book or Book.CAPITAL).value}-{day}"
    return downloads.table(
        ending, columns.of_lines(), lines, name=f"{name} {day}", plain_name=plain
    )


@blueprint.get("/values/register.pdf")
@permit(access.SEE)
def register_paper() -> ResponseReturnValue:
    """Print one volume of the register of a day: 2,000 lines, its sums carried forward."""
    found, part = asked.asked(), part_asked()
    wanted = found.wanted
    total = books.figures(viewer(), wanted)
    parts = len(_volumes(total.items, papers.MOST_ROWS))
    if part > parts:
        raise NotFound(_("The register of this day has fewer volumes."))
    brought, lines = _volume(wanted, part)
    content = papers.register(
        wanted,
        lines,
        books_of=asked.books_of(found, "th"),
        part=part,
        parts=parts,
        brought=brought,
        total=total,
    )
    return pdf(content, f"register-{wanted.on.isoformat()}-{part}")


def _volume(wanted: Wanted, part: int) -> tuple[Figures, list[Line]]:
    """Return the sums of the volumes before, and the lines of this one."""
    brought, before = Figures(), (part - 1) * papers.MOST_ROWS
    if before:
        for line in books.lines(viewer(), wanted, limit=before):
            brought.add(line.worth)
    return brought, list(books.lines(viewer(), wanted, offset=before, limit=papers.MOST_ROWS))


def part_asked() -> int:
    """Return the volume that the address asks for, from 1."""
    raw = request.args.get("part", "1")
    return max(int(raw), 1) if raw.isdecimal() and len(raw) < SMALLEST else 1


def pdf(content: bytes, name: str) -> Response:
    """Return a paper as the browser shows it."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)
