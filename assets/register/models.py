"""Tables of the register, and the facts that can be told from one card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from assets.catalogue.models import AssetClass, ProductModel
from assets.register.states import (
    Condition,
    HoldKind,
    ImportState,
    Lifecycle,
    MoveCause,
    Standing,
)
from kernel import thai
from kernel.db import BigId, Model, Moment, Money, filled_index, sort_text
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Room, Unit


def _order_of(text_column: str) -> Callable[[Any], str]:
    """Return what an INSERT without the class below keeps as the order of a text."""

    def made(context: Any) -> str:  # noqa: ANN401 - SQLAlchemy's context of an INSERT
        return sort_key_of(context.get_current_parameters().get(text_column) or "")

    return made


def _sorted(text_column: str) -> Mapped[str]:
    return mapped_column(sort_text(200), default=_order_of(text_column), server_default=text("''"))


def sort_key_of(words: str) -> str:
    """Return the order of a text as a Thai dictionary has it, "" of one that says nothing."""
    return thai.sort_key(words[:LONGEST_SORTED])[:200] if words.strip() else ""


# 200,000 names cannot be put in the order of a Thai dictionary for every page: it is kept.
SORT_KEYS = {"name": "name_sort", "brand": "brand_sort", "model": "model_sort", "note": "note_sort"}
CUSTODIAN_SORT = "custodian_sort"
LONGEST_SORTED = 500
# What the list is ordered by through an index, then by number: its pages cost the same at any size.
NUMBERED = ("asset_no_sort", "id")
ORDERED = (
    *("quantity", "lifecycle", "lendable", "below_threshold", "useful_life_years", "price"),
    *("acquired_on", "warranty_until", "next_service_on", "fund_type", "acquire_method"),
    *("vendor_name", "doc_ref", "serial_key"),
    *("brand_sort", "model_sort", "note_sort", CUSTODIAN_SORT, "obstacle_sort"),
)


class Asset(Model):
    """One item, or a small lot of like items counted together, with its register card.

    ``brand`` and ``model`` are what the card says; ``model_id`` leads to the record they are of.
    ``whole_id`` is the set an item is a part of, one level deep. ``below_threshold`` is the
    standing in force; ``standing_override`` is a person's decision about it, with its reason.

    ``asset_no`` is NULL where the office has not given a number yet. ``asset_no_key`` compares
    numbers; it is unique per owning unit. ``owner_unit`` has it in its books, ``holding_unit``
    has it in the house. ``search_key`` holds every word people look for it by.
    """

    __tablename__ = "asset"
    __table_args__ = (
        filled_index("ix_asset_model_id", "model_id"),
        filled_index("ix_asset_custodian_id", "custodian_id"),
        filled_index("ix_asset_whole_id", "whole_id"),
        filled_index("ix_asset_import_id", "import_id"),
        UniqueConstraint("owner_unit_id", "asset_no_key"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("price IS NULL OR price >= 0", name="price"),
        CheckConstraint("whole_id IS NULL OR whole_id <> id", name="whole"),
        Index("ix_asset_number", "asset_no_sort", "id"),
        Index("ix_asset_name", "name_sort", "asset_no_sort", "id"),
        Index("ix_asset_owner_number", "owner_unit_id", "asset_no_sort", "id"),
        Index("ix_asset_holding_number", "holding_unit_id", "asset_no_sort", "id"),
        Index("ix_asset_room_number", "room_id", "asset_no_sort", "id"),
        Index("ix_asset_class_number", "class_id", "asset_no_sort", "id"),
        Index("ix_asset_condition_number", "condition", "asset_no_sort", "id"),
        *(Index(f"ix_asset_{name}_number", name, *NUMBERED) for name in ORDERED),
        Index("ix_asset_place_number", "holding_unit_id", "room_id", *NUMBERED),
        # The year at a glance counts every item by these, within the units of its reader.
        Index("ix_asset_standings", "lifecycle", "condition", "holding_unit_id", "owner_unit_id"),
        Index(
            "ix_asset_service_date",
            "next_service_on",
            sqlite_where=text("next_service_on IS NOT NULL"),
            postgresql_where=text("next_service_on IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_no: Mapped[str | None] = mapped_column(String(60))
    asset_no_key: Mapped[str | None] = mapped_column(String(60), index=True)
    asset_no_sort: Mapped[str] = mapped_column(sort_text(200), default="~")
    name: Mapped[str] = mapped_column(String(500))
    name_sort: Mapped[str] = _sorted("name")
    description: Mapped[str] = mapped_column(Text, default="")
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"))
    class_text: Mapped[str] = mapped_column(String(200), default="")
    brand: Mapped[str] = mapped_column(String(120), default="")
    model: Mapped[str] = mapped_column(String(120), default="")
    brand_sort: Mapped[str] = _sorted("brand")
    model_sort: Mapped[str] = _sorted("model")
    model_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"))
    serial_no: Mapped[str] = mapped_column(String(120), default="")
    serial_key: Mapped[str] = mapped_column(String(120), default="", index=True)
    quantity: Mapped[int] = mapped_column(default=1)
    unit_word: Mapped[str] = mapped_column(String(40), default="")
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    holding_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    custodian_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    custodian_text: Mapped[str] = mapped_column(String(200), default="")
    # Kept by ``register.custodians``: the name may stand in another table.
    custodian_sort: Mapped[str] = mapped_column(
        sort_text(200), default="", server_default=text("''")
    )
    # Kept by ``register.in_step``: why it is not available, NULL where it is.
    obstacle_sort: Mapped[str | None] = mapped_column(sort_text(20))
    acquired_on: Mapped[date | None]
    price: Mapped[Decimal | None] = mapped_column(Money)
    fund_type: Mapped[str] = mapped_column(String(20), default="")
    acquire_method: Mapped[str] = mapped_column(String(20), default="")
    vendor_name: Mapped[str] = mapped_column(String(200), default="")
    vendor_address: Mapped[str] = mapped_column(String(400), default="")
    vendor_phone: Mapped[str] = mapped_column(String(60), default="")
    doc_ref: Mapped[str] = mapped_column(String(120), default="")
    useful_life_years: Mapped[int | None]
    dep_rate: Mapped[Decimal | None] = mapped_column(Money)
    warranty_until: Mapped[date | None]
    next_service_on: Mapped[date | None]
    below_threshold: Mapped[bool] = mapped_column(default=False)
    standing_override: Mapped[Standing | None] = mapped_column(String(12))
    standing_reason: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    whole_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    moves_with_set: Mapped[bool] = mapped_column(default=True, server_default=true())
    lifecycle: Mapped[Lifecycle] = mapped_column(String(20), default=Lifecycle.IN_SERVICE)
    condition: Mapped[Condition] = mapped_column(String(20), default=Condition.GOOD)
    lendable: Mapped[bool] = mapped_column(default=True)
    accessories: Mapped[str] = mapped_column(String(400), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    note_sort: Mapped[str] = _sorted("note")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    photo_key: Mapped[str] = mapped_column(String(80), default="")
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))
    search_key: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    asset_class: Mapped[AssetClass | None] = relationship()
    product: Mapped[ProductModel | None] = relationship()
    whole: Mapped[Asset | None] = relationship(remote_side="Asset.id", foreign_keys=whole_id)
    owner_unit: Mapped[Unit] = relationship(foreign_keys=owner_unit_id)
    holding_unit: Mapped[Unit] = relationship(foreign_keys=holding_unit_id)
    room: Mapped[Room | None] = relationship()
    custodian: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @validates(*SORT_KEYS)
    def _keep_order(self, column: str, words: str) -> str:
        setattr(self, SORT_KEYS[column], sort_key_of(words or ""))
        return words

    @property
    def is_in_register(self) -> bool:
        """The item has not been struck off, handed over for good, or lost."""
        return self.lifecycle in (Lifecycle.DRAFT, Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL)


searchable(Asset.__table__, "search_key")


class EarlierNumber(Model):
    """A number that an item carried before; found by search, never given again (R-N2)."""

    __tablename__ = "earlier_number"
    __table_args__ = (UniqueConstraint("asset_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    number: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(60), index=True)


class Hold(Model):
    """Something that keeps an item from being available until it ends.

    ``reference`` is the number people know: of the loan, of the ticket. An item has at most one
    open hold of a kind and reference, and at most one open loan.
    """

    __tablename__ = "hold"
    __table_args__ = (
        Index(
            "uq_hold_open",
            "asset_id",
            "kind",
            "reference",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_hold_open_loan",
            "asset_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND kind = 'loan'"),
            postgresql_where=text("ended_at IS NULL AND kind = 'loan'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[HoldKind] = mapped_column(String(12))
    reference: Mapped[str] = mapped_column(String(40))
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class RegisterImport(Model):
    """One file brought into the register, from upload to the last row written.

    ``mapping`` says how each sheet's headings were read or chosen; ``problem`` is the code and the
    values of a sentence (`words.problem_text`). ``touched_at`` is the heart of the thread at work:
    one that has not beaten for a minute is dead. One import at a time writes for a unit.
    """

    __tablename__ = "register_import"
    __table_args__ = (
        Index(
            "uq_register_import_writing",
            "unit_id",
            unique=True,
            sqlite_where=text("state = 'applying'"),
            postgresql_where=text("state = 'applying'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    file_key: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[ImportState] = mapped_column(String(12), default=ImportState.PLANNING)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    take_over: Mapped[bool] = mapped_column(default=False)
    touched_at: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    by: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class ImportRow(Model):
    """What became, or would become, of one row of a sheet.

    ``differs`` tells a known item of which the file says something else than the register, not
    only more. ``taken`` are the fields that a person chose to take from the file; None is the
    rule: what the register leaves blank is filled.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_order", "import_id", "id"),
        Index("ix_import_row_outcome", "import_id", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"))
    sheet: Mapped[str] = mapped_column(String(120))
    row: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(60), default="")
    cell: Mapped[str] = mapped_column(String(12), default="")
    asset_number: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    quantity: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    differs: Mapped[bool] = mapped_column(default=False, server_default=false())
    taken: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class ServiceNotice(Model):
    """That people were told of one step of one service date of an item, so never again."""

    __tablename__ = "service_notice"
    __table_args__ = (
        UniqueConstraint("asset_id", "service_on", "step"),
        Index("ix_service_notice_day", "noticed_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    service_on: Mapped[date]
    step: Mapped[str] = mapped_column(String(10))
    noticed_on: Mapped[date]


class Movement(Model):
    """One change of the place of an item or of the person in charge; a row is never changed.

    Names stand beside the ids as they were on that day: rooms are renamed, people leave. A person
    who is not in the list of people has a name only.
    """

    __tablename__ = "movement"
    __table_args__ = (
        filled_index("ix_movement_to_custodian_id", "to_custodian_id"),
        Index("ix_movement_asset", "asset_id", "id"),
        Index("ix_movement_at", "at", "id"),
        Index("ix_movement_from_unit", "from_unit_id", "at", "id"),
        Index("ix_movement_to_unit", "to_unit_id", "at", "id"),
        Index("ix_movement_cause", "cause", "at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    cause: Mapped[MoveCause] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_unit_name: Mapped[str] = mapped_column(String(200))
    to_unit_name: Mapped[str] = mapped_column(String(200))
    from_room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    to_room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    from_room_name: Mapped[str] = mapped_column(String(120), default="")
    to_room_name: Mapped[str] = mapped_column(String(120), default="")
    from_custodian_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    to_custodian_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_custodian_name: Mapped[str] = mapped_column(String(200), default="")
    to_custodian_name: Mapped[str] = mapped_column(String(200), default="")
    reference: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(String(400), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")

    @property
    def changes_place(self) -> bool:
        """The room or the holding unit changed."""
        return (self.from_unit_id, self.from_room_id) != (self.to_unit_id, self.to_room_id)

    @property
    def changes_custodian(self) -> bool:
        """The person in charge changed."""
        return (self.from_custodian_id, self.from_custodian_name) != (
            self.to_custodian_id,
            self.to_custodian_name,
        )
