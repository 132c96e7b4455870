"""The year at a glance counts all items by where they stand and how they are, from an index.

Revision: 0027
Follows: 0025
"""

from alembic import op

revision = '0027'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_index('ix_asset_standings', 'asset', ['lifecycle', 'condition', 'holding_unit_id', 'owner_unit_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_index('ix_asset_standings', table_name='asset')
