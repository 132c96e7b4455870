"""Tables of knowledge: articles, what they said before, their pictures, whether they helped."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.catalogue.models import AssetClass, ProductModel
from helpdesk.knowledge.states import Audience, State
from kernel.db import BigId, Model, Moment
from kernel.i18n import language
from kernel.search import searchable
from office.people.models import Person

IS_PUBLISHED = text("state = 'published'")


class Article(Model):
    """What to do about one trouble, in Thai and if possible in English, as Markdown.

    ``tags`` are words people use for the trouble, parted by commas; a report that holds one is
    about this article. ``review_on`` is the day by which somebody looks whether it is still true.
    ``ticket_id`` is the ticket it was made from; tickets belong to a room above, so it is a plain
    number. ``helped`` and ``not_helped`` count the votes.
    """

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_state", "state", "id"),
        Index(
            "ix_article_review",
            "review_on",
            sqlite_where=IS_PUBLISHED,
            postgresql_where=IS_PUBLISHED,
        ),
        CheckConstraint("helped >= 0 AND not_helped >= 0", name="votes"),
        CheckConstraint("state <> 'published' OR review_on IS NOT NULL", name="review"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    audience: Mapped[Audience] = mapped_column(String(10), default=Audience.PUBLIC)
    title_th: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(160), default="")
    body_th: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[str] = mapped_column(String(400), default="")
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    product_model_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"), index=True)
    starter: Mapped[str | None] = mapped_column(String(40), unique=True)
    ticket_id: Mapped[int | None] = mapped_column(BigId)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_on: Mapped[date | None]
    review_on: Mapped[date | None]
    helped: Mapped[int] = mapped_column(default=0)
    not_helped: Mapped[int] = mapped_column(default=0)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    asset_class: Mapped[AssetClass | None] = relationship()
    product_model: Mapped[ProductModel | None] = relationship()
    author: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def title(self) -> str:
        """The title in the language spoken now, else in Thai."""
        return self.title_en if language() == "en" and self.title_en else self.title_th

    @property
    def body(self) -> str:
        """The text in the language spoken now, else in Thai."""
        return self.body_en if language() == "en" and self.body_en else self.body_th

    @property
    def spoken(self) -> str:
        """The language that ``body`` is in."""
        return "en" if language() == "en" and self.body_en else "th"

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/knowledge/{self.id}"

    def review_is_due(self, today: date) -> bool:
        """Tell whether somebody should look whether it is still true."""
        return self.state == State.PUBLISHED and (self.review_on or today) <= today


searchable(Article.__table__, "search_key")


class ArticleVersion(Model):
    """What an article said after one change, and who made it; never changed."""

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")
    title_th: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(160), default="")
    body_th: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(String(200), default="")


class ArticleImage(Model):
    """A cleaned picture of an article; its text names it as ``picture:ID``."""

    __tablename__ = "article_image"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)


class ArticleVote(Model):
    """Whether an article helped one reader; ``voter`` is a person, or a browser by its own key."""

    __tablename__ = "article_vote"
    __table_args__ = (
        UniqueConstraint("article_id", "voter"),
        Index("ix_article_vote_remarks", "article_id", "helped", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    voter: Mapped[str] = mapped_column(String(64))
    helped: Mapped[bool]
    remark: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(Moment)
