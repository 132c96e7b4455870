"""The list of items finds every page by an index: orders of words are kept, blanks stand in it too.

Revision: 0024
Follows: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kernel import thai

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STEP = 1000
NUMBERED = ["asset_no_sort", "id"]
KEY = sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql")
# The new column, and what it keeps the order of.
KEPT = {
    "brand_sort": "asset.brand",
    "model_sort": "asset.model",
    "note_sort": "asset.note",
    "custodian_sort": "coalesce(person.name_th, asset.custodian_text)",
}
# Held only the rows that have something until now.
WERE_PARTIAL = (
    ("useful_life_years", "IS NOT NULL"),
    ("fund_type", "<> ''"),
    ("acquire_method", "<> ''"),
    ("vendor_name", "<> ''"),
    ("doc_ref", "<> ''"),
)
# Held the column alone.
WERE_PLAIN = (
    ("ix_asset_price", "price"),
    ("ix_asset_acquired", "acquired_on"),
    ("ix_asset_warranty", "warranty_until"),
)
NEW = ("price", "acquired_on", "warranty_until", "next_service_on", "serial_key", *KEPT)


def upgrade() -> None:
    """Go up."""
    for name in KEPT:
        op.add_column("asset", sa.Column(name, KEY, server_default="", nullable=False))
    _keep_orders()
    for name, _term in WERE_PARTIAL:
        op.drop_index(f"ix_asset_{name}_number", table_name="asset")
    for index, _name in WERE_PLAIN:
        op.drop_index(index, table_name="asset")
    for name in (*NEW, *(name for name, _term in WERE_PARTIAL)):
        op.create_index(f"ix_asset_{name}_number", "asset", [name, *NUMBERED])
    op.create_index("ix_asset_place_number", "asset", ["holding_unit_id", "room_id", *NUMBERED])


def _keep_orders() -> None:
    bind = op.get_bind()
    read = ", ".join(f"{source} AS {name}" for name, source in KEPT.items())
    query = (
        f"SELECT asset.id, {read} FROM asset "  # noqa: S608 - our own columns
        "LEFT JOIN person ON person.id = asset.custodian_id "
        "WHERE asset.id > :last ORDER BY asset.id LIMIT :step"
    )
    written = sa.text(
        f"UPDATE asset SET {', '.join(f'{name} = :{name}' for name in KEPT)} WHERE id = :id"  # noqa: S608
    )
    last = 0
    while rows := bind.execute(sa.text(query), {"last": last, "step": STEP}).mappings().all():
        bind.execute(
            written, [{"id": row["id"], **{name: _key(row[name]) for name in KEPT}} for row in rows]
        )
        last = rows[-1]["id"]


def _key(words: str) -> str:
    return thai.sort_key(words[:500])[:200] if words.strip() else ""


def downgrade() -> None:
    """Go down."""
    op.drop_index("ix_asset_place_number", table_name="asset")
    for name in (*NEW, *(name for name, _term in WERE_PARTIAL)):
        op.drop_index(f"ix_asset_{name}_number", table_name="asset")
    for index, name in WERE_PLAIN:
        op.create_index(index, "asset", [name])
    for name, term in WERE_PARTIAL:
        filled = sa.text(f"{name} {term}")
        columns = [name, *NUMBERED]
        index = f"ix_asset_{name}_number"
        op.create_index(index, "asset", columns, sqlite_where=filled, postgresql_where=filled)
    for name in KEPT:
        op.drop_column("asset", name)
