"""The public page that confirms a paper by its code."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import public
from kernel.errors import NotFound
from office.papers import naming, queries

blueprint = Blueprint("papers", __name__)
LONGEST_CODE = 40


@blueprint.get("/papers/check")
@public
def ask() -> ResponseReturnValue:
    """Ask for the code that stands on a paper."""
    typed = request.args.get("code", "").strip()[:LONGEST_CODE]
    if typed:
        return redirect(url_for("papers.check", code=typed))
    return render_template("office/papers/ask.html", typed="", sentence="")


@blueprint.get("/papers/check/<code>")
@public
def check(code: str) -> ResponseReturnValue:
    """Confirm number, day and signers of a paper, and say where it is void."""
    try:
        paper = queries.paper_of_code(code)
    except NotFound as refusal:
        page = render_template(
            "office/papers/ask.html", typed=code[:LONGEST_CODE], sentence=refusal.message
        )
        return page, refusal.status
    signers = [{**one, "at": datetime.fromisoformat(one["at"])} for one in paper.signers]
    return render_template(
        "office/papers/check.html", paper=paper, facts=naming.facts(paper), signers=signers
    )
