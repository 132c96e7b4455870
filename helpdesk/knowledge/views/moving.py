"""The acts on an article: publish, withdraw, retire, reopen, review; loading the shipped ones."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from helpdesk.knowledge import access, rules, starters
from helpdesk.knowledge.models import Article
from helpdesk.knowledge.views.blueprint import blueprint
from kernel.access import Viewer, permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import check_version, work


@blueprint.post("/knowledge/<int:article_id>/publish")
@permit(access.WRITE)
def publish(article_id: int) -> ResponseReturnValue:
    """Let its readers read it."""
    return _act(article_id, rules.publish, _("The article is published."))


@blueprint.post("/knowledge/<int:article_id>/withdraw")
@permit(access.WRITE)
def withdraw(article_id: int) -> ResponseReturnValue:
    """Take it back into a draft."""
    return _act(
        article_id, rules.withdraw, _("The article is a draft again; nobody else reads it.")
    )


@blueprint.post("/knowledge/<int:article_id>/retire")
@permit(access.WRITE)
def retire(article_id: int) -> ResponseReturnValue:
    """Put it away."""
    return _act(
        article_id, rules.retire, _("The article is retired; nobody is offered it any more.")
    )


@blueprint.post("/knowledge/<int:article_id>/reopen")
@permit(access.WRITE)
def reopen(article_id: int) -> ResponseReturnValue:
    """Make a draft of it again."""
    return _act(article_id, rules.reopen, _("The article is a draft again; nobody else reads it."))


@blueprint.post("/knowledge/<int:article_id>/review")
@permit(access.WRITE)
def review(article_id: int) -> ResponseReturnValue:
    """Say that it is still true."""
    return _act(article_id, rules.review, _("Noted: the article is still true."))


def _act(article_id: int, rule: Callable[..., None], sentence: str) -> ResponseReturnValue:
    form = ActionForm()
    form.insist()
    with work():
        found: Article = access.article_read_by(viewer(), article_id)
        check_version(found.version, form.seen_version)
        rule(found, by=viewer())
    flash(sentence, "ok")
    return redirect(url_for("knowledge.article", article_id=article_id))


@blueprint.post("/knowledge/starters")
@permit(access.LOAD)
def load() -> ResponseReturnValue:
    """Load the shipped articles that are not there yet."""
    ActionForm().insist()
    by: Viewer = viewer()
    with work():
        count = len(starters.load(by=by))
    if count:
        flash(
            ngettext("%(number)s article was loaded.", "%(number)s articles were loaded.", count),
            "ok",
        )
    else:
        flash(_("All shipped articles are there already."), "info")
    return redirect(url_for("knowledge.articles"))
