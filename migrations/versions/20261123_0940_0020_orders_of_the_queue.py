"""One index for every order of the queue.

It begins as the index of the views did, which it takes the place of, and holds what else the queue
is ordered by: at a million tickets the open ones lie too far apart to be read for it.

Revision: 0020
Follows: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

IS_OPEN = sa.text('next_due_at IS NOT NULL')
VIEWS = ['unit_id', 'assignee_id', 'state', 'next_due_at']
ORDERS = [*VIEWS, 'priority', 'category', 'room_id', 'opened_at', 'state_since', 'id']


def upgrade() -> None:
    """Go up."""
    op.create_index('ix_ticket_orders', 'ticket', ORDERS, unique=False, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.drop_index('ix_ticket_views', table_name='ticket')


def downgrade() -> None:
    """Go down."""
    op.create_index('ix_ticket_views', 'ticket', VIEWS, unique=False, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.drop_index('ix_ticket_orders', table_name='ticket')
