"""The page of the audit trail."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from office.bookkeeping import access, actors, queries, words
from office.bookkeeping.forms import AuditForm

blueprint = Blueprint("audit", __name__)

FILTERS = ("actor", "act", "kind", "first", "last")


@blueprint.get("/audit")
@permit(access.AUDIT)
def entries() -> ResponseReturnValue:
    """List what was done, newest first."""
    asked = ((name, request.args.get(name, "").replace("\0", "")) for name in FILTERS)
    form = AuditForm(MultiDict(asked))
    form.act.choices = [("", _("anything")), *_told(queries.acts(), words.act)]
    form.kind.choices = [("", _("anything")), *_told(queries.kinds(), words.kind)]
    form.validate()
    wanted = queries.AuditFilter(
        actor=(form.actor.data or "")[:200],
        act=(form.act.data or "")[:60],
        kind=(form.kind.data or "")[:40],
        subject=_number("subject"),
        first=form.first.data,
        last=form.last.data,
        before=_number("before"),
    )
    rows, older = queries.entries(viewer(), wanted)
    return render_template(
        "office/bookkeeping/entries.html",
        form=form,
        rows=rows,
        called=actors.called(rows),
        older=older,
        wanted=wanted,
        filtered=any(request.args.get(name) for name in (*FILTERS, "subject")),
        words=words,
    )


def _told(names: list[str], tell: words.Tell) -> list[tuple[str, str]]:
    return sorted(((name, tell(name)) for name in names), key=lambda pair: pair[1])


def _number(name: str) -> int | None:
    raw = request.args.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 16 else None
