"""Tables of surveys.

A response holds no person, no moment and no number that counts up; its id is random, and SQLite
keeps such rows in the order of that id. An invitation is a row only until it is answered: then it
is deleted, so no row is left whose age could be compared with that of a response. Who answered is
written down for surveys with names only, and the database itself refuses it for anonymous ones:
``SurveyName`` refers to (survey, named), a pair that an anonymous survey does not have.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model
from kernel.i18n import language
from office.people.models import Person


def said(th: str, en: str) -> str:
    """Return the words in the language spoken now, Thai where there are no English ones."""
    return en if language() == "en" and en else th


class Survey(Model):
    """One survey, from draft to closed.

    ``invited`` counts the invitations that were ever made; ``population`` is N of the people the
    sample was drawn from, ``seed`` the words the lot was drawn with. ``previous_id`` is the survey
    it is compared with, the one it was copied from. ``series`` stays the same from year to year.
    """

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("id", "anonymous"),
        Index("ix_survey_list", "state", "id"),
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    title_th: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    intro_th: Mapped[str] = mapped_column(Text, default="")
    intro_en: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    audience: Mapped[str] = mapped_column(String(20), default="everyone")
    anonymous: Mapped[bool] = mapped_column(default=True)
    band: Mapped[str] = mapped_column(String(10), default="usual")
    opened_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    population: Mapped[int] = mapped_column(default=0)
    sample_size: Mapped[int] = mapped_column(default=0)
    seed: Mapped[str] = mapped_column(String(40), default="")
    invited: Mapped[int] = mapped_column(default=0)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    questions: Mapped[list[SurveyQuestion]] = relationship(
        order_by="SurveyQuestion.place", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """The title in the language spoken now."""
        return said(self.title_th, self.title_en)

    @property
    def intro(self) -> str:
        """What stands above the questions, in the language spoken now."""
        return said(self.intro_th, self.intro_en)


class SurveyQuestion(Model):
    """One question; ``choices`` are pairs of Thai and English. ``twin_id`` is last year's."""

    __tablename__ = "survey_question"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    place: Mapped[int]
    section_th: Mapped[str] = mapped_column(String(200), default="")
    section_en: Mapped[str] = mapped_column(String(200), default="")
    aspect_th: Mapped[str] = mapped_column(String(120), default="")
    aspect_en: Mapped[str] = mapped_column(String(120), default="")
    sort: Mapped[str] = mapped_column(String(10))
    text_th: Mapped[str] = mapped_column(String(500))
    text_en: Mapped[str] = mapped_column(String(500), default="")
    choices: Mapped[list[Any]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("survey_question.id"), index=True)

    @property
    def text(self) -> str:
        """The question in the language spoken now."""
        return said(self.text_th, self.text_en)

    @property
    def section(self) -> str:
        """The part of the form it stands in."""
        return said(self.section_th, self.section_en)

    @property
    def aspect(self) -> str:
        """The aspect (ด้าน) that its sub-total belongs to."""
        return said(self.aspect_th, self.aspect_en)

    @property
    def choice_words(self) -> list[str]:
        """The choices in the language spoken now, in their order."""
        return [said(th, en) for th, en in self.choices]


class SurveyUnit(Model):
    """A school or group whose people a survey asks."""

    __tablename__ = "survey_unit"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)


class SurveyInvitation(Model):
    """Somebody who was asked and has not answered; answering deletes the row."""

    __tablename__ = "survey_invitation"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's declaration

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    survey: Mapped[Survey] = relationship()
    person: Mapped[Person] = relationship()


Index(
    "uq_survey_invitation_person",
    SurveyInvitation.survey_id,
    SurveyInvitation.person_id,
    unique=True,
)


class SurveyService(Model):
    """A service that was asked about already: a closed ticket, or a session of a training."""

    __tablename__ = "survey_service"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True)


class SurveyResponse(Model):
    """One filled form: a random id and nothing else."""

    __tablename__ = "survey_response"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's declaration

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)


class SurveyAnswer(Model):
    """The answer to one question: ``figure`` (level, place of the choice, unit, number) or words.

    A question that was left blank has no row (R-E2).
    """

    __tablename__ = "survey_answer"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's declaration

    response_id: Mapped[str] = mapped_column(ForeignKey("survey_response.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("survey_question.id"), primary_key=True, index=True
    )
    figure: Mapped[int | None] = mapped_column(BigId)
    words: Mapped[str] = mapped_column(Text, default="")


class SurveyName(Model):
    """Who gave a response, where the survey asks with names; never for an anonymous one."""

    __tablename__ = "survey_name"
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "anonymous"],
            ["survey.id", "survey.anonymous"],
            name="fk_survey_name_survey_id",
        ),
        CheckConstraint("NOT anonymous", name="named"),
    )

    response_id: Mapped[str] = mapped_column(ForeignKey("survey_response.id"), primary_key=True)
    survey_id: Mapped[int] = mapped_column(index=True)
    anonymous: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class SurveyReport(Model):
    """แบบรายงานสรุปผลการประเมิน (F11): what people write around the figures."""

    __tablename__ = "survey_report"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    number: Mapped[str] = mapped_column(String(40), default="")
    objective: Mapped[str] = mapped_column(Text, default="")
    population: Mapped[str] = mapped_column(Text, default="")
    instrument: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    suggestions: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    survey: Mapped[Survey] = relationship()
