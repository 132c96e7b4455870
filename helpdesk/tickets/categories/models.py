"""Tables of categories, their questions, and the answers that stand on tickets."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.tickets.categories.states import QuestionKind
from kernel.db import BigId, Model
from kernel.i18n import language


class TicketCategory(Model):
    """What a ticket can be about; tickets carry ``code``, which never changes."""

    __tablename__ = "ticket_category"
    __table_args__ = (CheckConstraint("code <> '' AND name_th <> ''", name="named"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    hint_th: Mapped[str] = mapped_column(String(300), default="")
    hint_en: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    questions: Mapped[list[CategoryQuestion]] = relationship(
        order_by="CategoryQuestion.position", back_populates="category"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class CategoryQuestion(Model):
    """One short question that a category asks; ``choices`` are pairs of Thai and English."""

    __tablename__ = "ticket_category_question"
    __table_args__ = (
        Index("ix_ticket_category_question_category", "category_id", "position"),
        CheckConstraint("text_th <> ''", name="text"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("ticket_category.id"))
    code: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[QuestionKind] = mapped_column(String(10), default=QuestionKind.TEXT)
    text_th: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200), default="")
    choices: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    category: Mapped[TicketCategory] = relationship(back_populates="questions")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def text(self) -> str:
        """The question in the language spoken now, Thai where there is no English one."""
        return self.text_en if language() == "en" and self.text_en else self.text_th


class TicketAnswer(Model):
    """An answer of a reporter, with the question as it was put that day.

    The words are kept, not the choice: whoever reworded or retired a question later changes
    nothing of what was answered.
    """

    __tablename__ = "ticket_answer"
    __table_args__ = (UniqueConstraint("ticket_id", "question_code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    question_code: Mapped[str] = mapped_column(String(30))
    question_th: Mapped[str] = mapped_column(String(200))
    question_en: Mapped[str] = mapped_column(String(200), default="")
    value_th: Mapped[str] = mapped_column(String(400))
    value_en: Mapped[str] = mapped_column(String(400), default="")

    @property
    def question(self) -> str:
        """The question in the language spoken now, Thai where there is no English one."""
        return self.question_en if language() == "en" and self.question_en else self.question_th

    @property
    def value(self) -> str:
        """The answer in the language spoken now."""
        return self.value_en if language() == "en" and self.value_en else self.value_th
