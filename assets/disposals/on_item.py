"""What disposals tell on the page of an item, and the way to propose it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from sqlalchemy import ColumnElement, exists

from assets.disposals import access, queries
from assets.disposals.models import DisposalLine
from assets.disposals.states import CASES, LINES, METHODS, LineState, Method, State
from assets.register.models import Asset
from assets.register.slots import Act, Entry
from assets.register.states import Lifecycle
from kernel import clock
from kernel.access import Viewer
from kernel.i18n import gettext as _


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: it is or was in a case."""
    return exists().where(DisposalLine.asset_id == Asset.id)


def timeline(asset: Asset, viewer: Viewer) -> Iterable[Entry]:
    """Return the cases of an item: when it was proposed, and what became of it."""
    may = viewer.may(access.SEE, asset.owner_unit_id)
    for line in queries.lines_about(asset.id):
        case = line.disposal
        href = url_for("disposals.disposal", disposal_id=case.id) if may else None
        yield Entry(
            at=line.at,
            text=_("Proposed for disposal, case %(number)s", number=case.number),
            who=line.proposed_by_name,
            body="\n".join(part for part in (line.said, line.reference) if part),
            icon="recycle",
            tone="warn",
            href=href,
        )
        if line.state != LineState.LISTED and line.ended_on is not None:
            face = LINES.faces[LineState(line.state)]
            method = METHODS[Method(case.method)] if case.method else ""
            struck = line.state == LineState.STRUCK_OFF
            about = (str(method), case.result_doc) if struck else (line.end_reason,)
            yield Entry(
                at=clock.at(line.ended_on, clock.local(line.at).time().max),
                day_only=True,
                text=f"{face.label} · {case.number}",
                body="\n".join(part for part in about if part),
                icon=face.icon,
                tone=face.tone,
                href=href,
            )


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to propose an item, or to the case it is in, for those who may."""
    there = asset.is_in_register or queries.is_lost_without_papers(asset)
    if not there or asset.lifecycle == Lifecycle.DRAFT:
        return ()
    line = queries.open_line(asset.id) if asset.lifecycle == Lifecycle.PENDING_DISPOSAL else None
    if line is not None:
        if not viewer.may(access.SEE, asset.owner_unit_id):
            return ()
        case = line.disposal
        href = url_for("disposals.disposal", disposal_id=case.id)
        face = CASES.faces[State(case.state)]
        label = _("Disposal %(number)s: %(state)s", number=case.number, state=face.label)
        return (Act(label, href, "recycle"),)
    if not viewer.may(access.PREPARE, asset.owner_unit_id):
        return ()
    href = url_for("disposals.propose", item=asset.id)
    return (Act(_("Propose for disposal"), href, "recycle"),)
