"""The list of items in the order of book values: they are kept beside the cards, by an index.

The timetable counts them in its first round after this; until then the list counts them itself.

Revision: 0031
Follows: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEY = sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "asset_worth_day",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("convention", sa.String(length=1), nullable=False),
        sa.Column("told_by", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_asset_worth_day_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_worth_day")),
    )
    op.create_table(
        "asset_worth",
        sa.Column("asset_id", ID, autoincrement=False, nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=True),
        sa.Column("asset_no_sort", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_asset_worth_asset_id")
        ),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_asset_worth")),
    )
    op.execute(
        "INSERT INTO asset_worth (asset_id, asset_no_sort) SELECT id, asset_no_sort FROM asset"
    )
    columns = ["net", "asset_no_sort", "asset_id"]
    op.create_index("ix_asset_worth_net_number", "asset_worth", columns)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE asset_worth SET (autovacuum_vacuum_scale_factor = 0.01)")


def downgrade() -> None:
    """Go down."""
    op.drop_table("asset_worth")
    op.drop_table("asset_worth_day")
