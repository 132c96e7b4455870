"""Pages of those who read: the list, one article, its pictures, whether it helped."""

from __future__ import annotations

import secrets

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import queries as catalogue
from helpdesk.knowledge import access, queries, rules
from helpdesk.knowledge.forms import VoteForm
from helpdesk.knowledge.models import Article
from helpdesk.knowledge.states import ARTICLE, State
from helpdesk.knowledge.text import excerpt_of, page_of, tags_in
from helpdesk.knowledge.views.blueprint import blueprint
from kernel import clock
from kernel.access import Viewer, public, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

BROWSER = "knowledge_reader"
MOST_VOTES, WINDOW = 60, 3600


@blueprint.get("/knowledge")
@public
def articles() -> ResponseReturnValue:
    """List the articles somebody may read."""
    asked = request.args
    said = asked.get("class", "")
    writes = viewer().may(access.WRITE)
    filters = queries.Filters(
        words=asked.get("q", "").strip()[:100],
        state=asked.get("state", "")[:12] if writes else "",
        audience=asked.get("audience", "")[:10] if writes else "",
        class_id=int(said) if said.isdecimal() and len(said) < 10 else None,
        tag=asked.get("tag", "").strip()[:60],
    )
    number = page_number()
    return render_template(
        "helpdesk/knowledge/articles.html",
        page=paged(queries.articles(viewer(), filters, number), number, queries.PAGE),
        filters=filters,
        classes=catalogue.classes(retired=False),
        faces=ARTICLE.faces,
        writes=writes,
        may_load=viewer().may(access.LOAD),
        today=clock.today(),
        excerpt_of=excerpt_of,
        form=ActionForm(),
    )


@blueprint.get("/knowledge/<int:article_id>")
@public
def article(article_id: int) -> ResponseReturnValue:
    """Show an article to read."""
    found = access.article_read_by(viewer(), article_id)
    return _page(found, VoteForm())


def _page(found: Article, form: VoteForm) -> ResponseReturnValue:
    writes = viewer().may(access.WRITE)
    voter = _voter(viewer(), make=False)
    return (
        render_template(
            "helpdesk/knowledge/article.html",
            article=found,
            text=page_of(found.body, request.script_root),
            face=ARTICLE.faces[found.state],
            published=found.state == State.PUBLISHED,
            acts=[(one, ARTICLE.acts[one]) for one in ARTICLE.actions(found.state)],
            review_due=found.review_is_due(clock.today()),
            tags=tags_in(found.tags),
            writes=writes,
            versions=queries.versions_of(found.id) if writes else (),
            remarks=queries.remarks_on(found.id) if writes else (),
            voted=queries.vote_of(found.id, voter) if voter else None,
            form=form,
            act=ActionForm(version=str(found.version)),
        ),
        form.status,
    )


@blueprint.post("/knowledge/<int:article_id>/helped")
@public
def helped(article_id: int) -> ResponseReturnValue:
    """Note that an article solved the trouble; once for each person or browser."""
    return _vote(article_id, solved=True)


@blueprint.post("/knowledge/<int:article_id>/not-helped")
@public
def not_helped(article_id: int) -> ResponseReturnValue:
    """Note that an article did not help, and what was missing."""
    return _vote(article_id, solved=False)


def _vote(article_id: int, *, solved: bool) -> ResponseReturnValue:
    found = access.article_read_by(viewer(), article_id)
    form = VoteForm()
    if not form.accepted():
        return _page(found, form)
    sentence = _("That were very many votes from one place. Please try again in an hour.")
    with work():
        bookkeeping.count_try(
            f"article vote:{request.remote_addr}",
            most=MOST_VOTES,
            seconds=WINDOW,
            sentence=sentence,
        )
    voter = _voter(viewer(), make=True)
    with form.refusals():
        with work():
            rules.vote(
                access.article_read_by(viewer(), article_id),
                voter,
                helped=solved,
                remark=form.remark.data or "",
            )
        flash(
            _("Thank you. It is good to hear that it helped.")
            if solved
            else _("Thank you. The technicians will read this."),
            "ok",
        )
        return redirect(url_for("knowledge.article", article_id=article_id))
    return _page(access.article_read_by(viewer(), article_id), form)


def _voter(who: Viewer, *, make: bool) -> str:
    """Return who votes: the person, else this browser by a key of its own."""
    if who.id is not None:
        return f"p:{who.id}"
    known = session.get(BROWSER)
    if known is None and make:
        known = session[BROWSER] = secrets.token_urlsafe(16)
    return f"b:{known}" if known else ""


@blueprint.get("/knowledge/pictures/<int:image_id>.jpg", defaults={"size": "whole"})
@blueprint.get("/knowledge/pictures/<int:image_id>/<size>.jpg")
@public
def picture(image_id: int, size: str) -> ResponseReturnValue:
    """Send a picture of an article that somebody may read."""
    found = access.image_seen_by(viewer(), image_id)
    if size not in ("whole", "small"):
        raise NotFound(_("There is no such picture."))
    key = found.key if size == "whole" else found.thumbnail_key
    answer = Response(store().read(key), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
