"""When planned work begins: until then the clock of its ticket stands still.

Revision: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up; jobs that stand there keep the deadlines they have."""
    op.add_column('ticket', sa.Column('begins_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go down."""
    op.drop_column('ticket', 'begins_at')
