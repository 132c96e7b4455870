"""What several pages of the room need: what was asked of a list, choices, files, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, current_app, request

from helpdesk.access_rights import queries as systems
from helpdesk.programmes import files
from helpdesk.programmes.files import Kept
from helpdesk.studies import access, papers
from helpdesk.studies.forms import AboutSystem
from helpdesk.studies.models import Development, Study, StudyRecord
from helpdesk.studies.papers import Head
from helpdesk.studies.queries import Filter
from helpdesk.studies.rules.filing import MOST_FILES
from kernel import clock
from kernel.access import viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.sending import disposition
from office.approvals import papers as signatures
from office.approvals.models import Approval
from office.approvals.snapshot import read
from office.papers.queries import valid_paper
from office.people.models import Person
from office.places import queries as places
from office.places.models import Unit
from office.places.naming import office_name

LONGEST_NUMBER = 12


def wanted(states: Sequence[str], sorts: Sequence[str] = ()) -> Filter:
    """Return what a list is narrowed to, out of the address; nonsense asks for everything."""
    said = request.args
    state, sort = said.get("state", ""), said.get("sort", "")
    return Filter(
        words=said.get("q", "").strip()[:100],
        state=state if state in states else "",
        unit_id=_number(said.get("unit", "")),
        system_id=_number(said.get("system", "")),
        sort=sort if sort in sorts else "",
    )


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else None


def offer(form: Any, unit: Unit | None) -> None:  # noqa: ANN401 - StudyForm or WorkForm
    """Fill the choices of a form: the units that the viewer writes for, and the present one."""
    offered = places.choices(viewer().scope(access.WRITE))
    if unit is not None and str(unit.id) not in dict(offered):
        offered.append((str(unit.id), unit.name))
    form.unit_id.choices = offered
    offer_systems(form)


def offer_systems(form: AboutSystem) -> None:
    """Fill the choices of systems; retired ones are studied too."""
    form.offer_systems(systems.systems(retired=True))


def name_of(person: Person) -> str:
    """Return how a form names a person."""
    return person.username or person.name_th


def system_shown(thing: Study | StudyRecord | Development) -> str:
    """Return the name of the system in the language spoken, of the register or as it was typed."""
    return thing.system.name if thing.system is not None else thing.system_name


def about(thing: Study | StudyRecord | Development) -> dict[str, object]:
    """Return what a form shows of the system of a thing."""
    return {"system_id": thing.system_id or 0, "system_name": thing.system_name}


def kept_files() -> list[Kept]:
    """Return the files that were sent, kept in the store; refuses what is no photo or document."""
    settings = current_app.extensions["settings"]
    return [
        files.keep(
            one,
            photo_megabytes=settings.photo_megabytes,
            document_megabytes=settings.document_megabytes,
        )
        for one in sent_files("files")[: MOST_FILES + 1]
    ]


def paper(content: Mapping[str, Any], approval: Approval | None = None) -> Response:
    """Send a form as PDF.

    Args:
        content: what it says.
        approval: whose signatures it carries; None for a paper to be signed by hand.
    """
    signed = signatures.signatures(approval) if approval is not None else []
    number = str(content["number"])
    head = Head(
        office=office_name("th"),
        base_url=current_app.extensions["settings"].base_url,
        sent_on=clock.local(approval.submitted_at).date() if approval is not None else None,
        places=signatures.places(approval) if approval is not None else (),
        comments=[one.words for one in signed if one.words],
        issued=valid_paper(approval.kind, number) if approval is not None else None,
        pictures=_pictures([one["key"] for one in content["photos"]]),
    )
    made = papers.pdf(content, head)
    answer = Response(made, content_type="application/pdf")
    name = f"{content['form']} {number}".replace("/", "-")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def signed_paper(approval: Approval) -> Response:
    """Send a report as PDF as it was sent, with the signatures given so far."""
    return paper(read(approval.snapshot), approval)


def edition_of(editions: Sequence[Approval], approval_id: int) -> Approval:
    """Return one of the editions of a report.

    Raises:
        NotFound: it is none of them.
    """
    for one in editions:
        if one.id == approval_id:
            return one
    raise NotFound(_("There is no such report."))


def _pictures(keys: Sequence[str]) -> dict[str, bytes]:
    found = {}
    for key in keys:
        try:
            found[key] = store().read(key)
        except NotFound:
            continue
    return found
