"""Who may read and write articles; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import joinedload

from helpdesk.knowledge.models import Article, ArticleImage
from helpdesk.knowledge.states import Audience, State
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

READ_INTERNAL = permission(
    "helpdesk:article:read",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
)
WRITE = permission("helpdesk:article:write", roles=(Role.TECHNICIAN, Role.ADMIN))
LOAD = permission("helpdesk:article:load", roles=(Role.ADMIN,))


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the articles that somebody may read."""
    if viewer.may(WRITE):
        return true()
    published = Article.state == State.PUBLISHED
    if viewer.may(READ_INTERNAL):
        return published
    return and_(published, Article.audience == Audience.PUBLIC)


def article_read_by(viewer: Viewer, article_id: int) -> Article:
    """Return an article that somebody may read.

    Raises:
        NotFound: there is none, or it is not for this reader.
    """
    found = db.session.scalar(
        select(Article)
        .options(
            joinedload(Article.asset_class),
            joinedload(Article.product_model),
            joinedload(Article.author),
        )
        .where(Article.id == article_id, readable(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such article, or it is not published any more."))
    return found


def image_seen_by(viewer: Viewer, image_id: int) -> ArticleImage:
    """Return a picture of an article that somebody may read.

    Raises:
        NotFound: there is none, or its article is not for this reader.
    """
    found = db.session.scalar(
        select(ArticleImage)
        .join(Article, Article.id == ArticleImage.article_id)
        .where(ArticleImage.id == image_id, readable(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such picture."))
    return found
