"""Tables of labels: tags and where they were, print runs, own papers, printers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from assets.labels.calibration import Fit
from assets.labels.geometry import Layout
from assets.labels.states import Kind, Line, Reason, RunKind
from assets.register.models import Asset
from kernel.db import BigId, Model, Moment
from office.people.models import Person
from office.places.models import Room, Unit


class Hundredths(TypeDecorator[float]):
    """A length in mm or a size in points; stored in whole hundredths, so that it stays as typed."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return hundredths."""
        return None if value is None else round(float(value) * 100)

    def process_result_value(self, value: Any, dialect: Dialect) -> float | None:  # noqa: ARG002, ANN401
        """Return millimetres or points."""
        return None if value is None else int(value) / 100


class Tag(Model):
    """One label with its random code; blank until it is claimed for an item, never used again.

    A tag stands for an item or for a room. Each may have had several, one at a time in use. A room
    has its first when its label is printed; it is not claimed. ``batch`` names the print run of
    blank labels; ``retired_for`` says why it is not in use any more.
    """

    __tablename__ = "tag"
    __table_args__ = (
        CheckConstraint("asset_id IS NULL OR room_id IS NULL", name="one_thing"),
        Index(
            "uq_tag_room_in_use",
            "room_id",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    batch: Mapped[str] = mapped_column(String(40), default="", index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_for: Mapped[Reason | None] = mapped_column(String(20))
    retired_note: Mapped[str] = mapped_column(String(200), default="", server_default="")

    asset: Mapped[Asset | None] = relationship()
    room: Mapped[Room | None] = relationship()

    @property
    def is_blank(self) -> bool:
        """It stands for nothing yet."""
        return self.asset_id is None and self.room_id is None


class TagMove(Model):
    """That a label was found on another item than it stood for, and was made to stand for that."""

    __tablename__ = "tag_move"
    __table_args__ = (
        CheckConstraint("from_asset_id <> to_asset_id", name="another_item"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), index=True)
    from_asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    to_asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(200))

    tag: Mapped[Tag] = relationship()


class LabelLayout(Model):
    """A paper of the office's own; the shipped ones lie in ``shipped``.

    ``unit_id`` is who may change it; everybody who prints may use it. ``lines`` are the words on
    the label, by their names, with spaces between.
    """

    __tablename__ = "label_layout"
    __table_args__ = (
        CheckConstraint("columns > 0 AND rows > 0", name="places"),
        Index("ix_label_layout_used", "retired_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[Kind] = mapped_column(String(10))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    page_width: Mapped[float] = mapped_column(Hundredths)
    page_height: Mapped[float] = mapped_column(Hundredths)
    columns: Mapped[int]
    rows: Mapped[int]
    label_width: Mapped[float] = mapped_column(Hundredths)
    label_height: Mapped[float] = mapped_column(Hundredths)
    margin_left: Mapped[float] = mapped_column(Hundredths)
    margin_top: Mapped[float] = mapped_column(Hundredths)
    gap_x: Mapped[float] = mapped_column(Hundredths)
    gap_y: Mapped[float] = mapped_column(Hundredths)
    qr: Mapped[float] = mapped_column(Hundredths)
    padding: Mapped[float] = mapped_column(Hundredths)
    font: Mapped[float] = mapped_column(Hundredths)
    lines: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def layout(self) -> Layout:
        """The paper as it is printed on."""
        return Layout(
            key=f"own-{self.id}",
            kind=Kind(self.kind),
            page=(self.page_width, self.page_height),
            columns=self.columns,
            rows=self.rows,
            label=(self.label_width, self.label_height),
            qr=self.qr,
            padding=self.padding,
            font=self.font,
            origin=(self.margin_left, self.margin_top),
            gap=(self.gap_x, self.gap_y),
            lines=tuple(Line(line) for line in self.lines.split()),
            name=self.name,
        )


class LabelPrinter(Model):
    """A printer and how the drawing is fitted to it; ``unit_id`` is who may change it.

    Offsets are in tenths of a millimetre, right and down; scales in hundredths of a per cent.
    """

    __tablename__ = "label_printer"
    __table_args__ = (
        CheckConstraint("offset_x BETWEEN -100 AND 100", name="offset_x"),
        CheckConstraint("offset_y BETWEEN -100 AND 100", name="offset_y"),
        CheckConstraint("scale_x BETWEEN 9000 AND 11200", name="scale_x"),
        CheckConstraint("scale_y BETWEEN 9000 AND 11200", name="scale_y"),
        Index("ix_label_printer_used", "retired_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[Kind] = mapped_column(String(10))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    offset_x: Mapped[int] = mapped_column(default=0)
    offset_y: Mapped[int] = mapped_column(default=0)
    scale_x: Mapped[int] = mapped_column(default=10_000)
    scale_y: Mapped[int] = mapped_column(default=10_000)
    created_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def fit(self) -> Fit:
        """What is done to the drawing."""
        return Fit(
            self.offset_x / 10, self.offset_y / 10, self.scale_x / 10_000, self.scale_y / 10_000
        )


class PrintRun(Model):
    """Labels that were printed together: who, when, on what paper, for which printer.

    ``paper`` keeps the layout as it was, so that the same run comes out the same again. ``about``
    says in words what was chosen. ``again_of_id`` is the run that was repeated.
    """

    __tablename__ = "label_run"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        Index("ix_label_run_unit", "unit_id", "id"),
        Index("ix_label_run_by", "by_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[RunKind] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    paper: Mapped[dict[str, Any]] = mapped_column(JSON)
    printer_id: Mapped[int | None] = mapped_column(ForeignKey("label_printer.id"))
    start: Mapped[int] = mapped_column(default=0)
    count: Mapped[int]
    about: Mapped[str] = mapped_column(String(300), default="")
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("label_run.id"))

    by: Mapped[Person | None] = relationship()
    unit: Mapped[Unit] = relationship()
    printer: Mapped[LabelPrinter | None] = relationship()

    @property
    def layout(self) -> Layout:
        """The paper as it was when the run was made."""
        return Layout.of_plain(self.paper)

    @property
    def fit(self) -> Fit:
        """What is done to the drawing for the printer, as it is fitted now."""
        return self.printer.fit if self.printer else Fit()


class PrintRunLine(Model):
    """One label of a print run, in its order from 0."""

    __tablename__ = "label_run_line"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("label_run.id"))
    position: Mapped[int]
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), index=True)
