"""The gallery as a page, each of its papers as PDF and as a small picture."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from helpdesk.gallery import pictures
from helpdesk.gallery.collection import every, sample_of
from kernel.access import permit
from kernel.i18n import language
from kernel.sending import disposition
from office.papers import access

blueprint = Blueprint("gallery", __name__)
A_DAY = 86_400


@blueprint.get("/papers/samples")
@permit(access.SEE)
def gallery() -> ResponseReturnValue:
    """Show all papers under their headings."""
    shown = sorted(every().values(), key=lambda one: _place(str(one.group)))
    groups = [(name, list(some)) for name, some in groupby(shown, key=lambda one: str(one.group))]
    return render_template("helpdesk/gallery/gallery.html", groups=groups, language=language())


def _place(group: str) -> int:
    """Return which heading comes when: the order in which they are met first."""
    return list(dict.fromkeys(str(one.group) for one in every().values())).index(group)


@blueprint.get("/papers/samples/<code>.pdf")
@permit(access.SEE)
def paper(code: str) -> Response:
    """Send a sample as PDF; ``?paper=en`` for the bilingual one."""
    sample = sample_of(code)
    wanted = "en" if request.args.get("paper") == "en" else "th"
    answer = Response(sample.printed(wanted), content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{code}-{wanted}.pdf", inline=True)
    return answer


@blueprint.get("/papers/samples/<code>.png")
@permit(access.SEE)
def picture(code: str) -> Response:
    """Send the first page of a sample as a small picture, in the language of the reader."""
    wanted = "en" if request.args.get("paper") == "en" else "th"
    answer = Response(pictures.picture(sample_of(code), wanted), content_type="image/png")
    answer.cache_control.private = True
    answer.cache_control.max_age = A_DAY
    return answer
