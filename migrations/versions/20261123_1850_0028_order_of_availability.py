"""The list of items in the order of availability: the reason is kept with the item, by an index.

Revision: 0028
Follows: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql")
HELD = (
    ("loan", "on_loan"),
    ("repair", "in_repair"),
    ("maintenance", "in_maintenance"),
    ("transit", "in_transit"),
    ("count", "being_counted"),
)
FILL = """
UPDATE asset SET obstacle_sort = CASE
  WHEN lifecycle IN ('disposed', 'transferred_out', 'lost', 'cancelled') THEN 'gone'
  WHEN lifecycle = 'draft' THEN 'draft'
  {held}
  WHEN lifecycle = 'pending_disposal' THEN 'awaiting_disposal'
  WHEN condition IN ('damaged', 'worn_out', 'missing') THEN 'not_usable'
END
"""


def upgrade() -> None:
    """Go up."""
    op.add_column("asset", sa.Column("obstacle_sort", KEY, nullable=True))
    held = "\n  ".join(
        f"WHEN EXISTS (SELECT 1 FROM hold WHERE hold.asset_id = asset.id "  # noqa: S608 - our words
        f"AND hold.kind = '{kind}' AND hold.ended_at IS NULL) THEN '{reason}'"
        for kind, reason in HELD
    )
    op.execute(FILL.format(held=held))
    columns = ["obstacle_sort", "asset_no_sort", "id"]
    op.create_index("ix_asset_obstacle_sort_number", "asset", columns)


def downgrade() -> None:
    """Go down."""
    op.drop_index("ix_asset_obstacle_sort_number", table_name="asset")
    op.drop_column("asset", "obstacle_sort")
