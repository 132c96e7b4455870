"""Pages of the desk: home."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from helpdesk.desk import access, queries
from kernel.access import permit, viewer

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
@permit(access.HOME)
def home() -> ResponseReturnValue:
    """Show what waits for the person."""
    return render_template("helpdesk/desk/home.html")


@blueprint.get("/find")
@permit(access.HOME)
def find() -> ResponseReturnValue:
    """Go to what was scanned or typed, or list what it may mean."""
    typed = request.args.get("q", "").strip()
    hits = queries.find(typed, viewer()) if typed else []
    if len(hits) == 1 and hits[0].exact:
        return redirect(hits[0].address)
    return render_template("helpdesk/desk/find.html", typed=typed, hits=hits)
