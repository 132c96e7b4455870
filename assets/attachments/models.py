"""The table of attachments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.attachments.states import KINDS, Kind
from assets.catalogue.models import ProductModel
from assets.register.models import Asset
from kernel.db import BigId, Model, Moment
from kernel.documents import JPEG, PDF

THERE = "removed_at IS NULL"


def _index(name: str, holder: str, *columns: str, unique: bool = False) -> Index:
    there = text(f"{holder} IS NOT NULL AND {THERE}")
    return Index(name, holder, *columns, unique=unique, sqlite_where=there, postgresql_where=there)


class Attachment(Model):
    """A photo or document of one item or of one model.

    ``title`` is a photo's caption, or a document's title. ``name`` is the file's name at the
    sender's, with the ending of what it really is. After a removed one's file was tidied away
    both keys are empty.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("(asset_id IS NULL) <> (product_id IS NULL)", name="holder"),
        CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in Kind)})", name="kind"),
        CheckConstraint(f"key <> '' OR NOT ({THERE})", name="key"),
        CheckConstraint(f"({THERE}) = (removed_why = '')", name="removed"),
        # The same photo sent twice to one item, also at once, is there once.
        _index("uq_attachment_asset_key", "asset_id", "key", "kind", unique=True),
        _index("uq_attachment_product_key", "product_id", "key", "kind", unique=True),
        Index("ix_attachment_asset", "asset_id", "position", "id"),
        Index("ix_attachment_product", "product_id", "position", "id"),
        Index(
            "ix_attachment_removed",
            "removed_at",
            sqlite_where=text("removed_at IS NOT NULL AND key <> ''"),
            postgresql_where=text("removed_at IS NOT NULL AND key <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"))
    kind: Mapped[Kind] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    dated_on: Mapped[date | None]
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    media: Mapped[str] = mapped_column(String(100))
    size: Mapped[int | None] = mapped_column(BigId)
    pages: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_by_name: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    asset: Mapped[Asset | None] = relationship()
    product: Mapped[ProductModel | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def is_photo(self) -> bool:
        """Whether it is one of the photos, not a document."""
        return self.kind == Kind.PHOTO

    @property
    def is_pdf(self) -> bool:
        """Whether a browser's viewer shows it."""
        return self.media == PDF

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture."""
        return self.media == JPEG

    @property
    def kind_word(self) -> str:
        """The kind in the language spoken now."""
        return str(KINDS[Kind(self.kind)])

    @property
    def shown(self) -> str:
        """What lists call it: its title, else its kind."""
        return self.title or (self.kind_word if self.is_photo else self.name)
