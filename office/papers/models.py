"""The table of papers that were handed out, so that anybody who holds one can check it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment
from kernel.i18n import language


class IssuedPaper(Model):
    """One paper with its code, what it is called, and who signed it.

    ``title_th`` names the form ("ใบยืมพัสดุ"), never a person: everybody who has the code reads it.
    ``signers`` holds names and positions as they stand on the paper; ``content_hash`` is the
    SHA-256 of what was signed.
    """

    __tablename__ = "issued_paper"
    __table_args__ = (
        Index("ix_issued_paper_number", "kind", "number"),
        CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="void_reason"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))
    title_th: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    content_hash: Mapped[str] = mapped_column(String(64))
    signers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    void_reason: Mapped[str] = mapped_column(String(300), default="")

    @property
    def title(self) -> str:
        """What the form is called in the language spoken now."""
        return self.title_en if language() == "en" and self.title_en else self.title_th

    @property
    def shown_code(self) -> str:
        """The code in groups of four, as it is printed and read aloud."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
