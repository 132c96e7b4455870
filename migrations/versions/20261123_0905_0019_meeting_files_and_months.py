"""Files of meetings; sums of the figures of tickets by month and unit.

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

from migrations.changes import ID

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

COUNTS = (
    "came",
    "ended",
    "resolution_of",
    "resolution_met",
    "rated_1",
    "rated_2",
    "rated_3",
    "rated_4",
    "rated_5",
)


def upgrade() -> None:
    """Go up; the months are summed from the tickets that are counted already."""
    op.create_table('meeting_file',
    sa.Column('id', ID, nullable=False),
    sa.Column('meeting_id', ID, nullable=False),
    sa.Column('item_id', ID, nullable=True),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('caption', sa.String(length=200), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', ID, nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_meeting_file_added_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_meeting_file_item_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_file_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_file')),
    )
    op.create_index('ix_meeting_file_meeting', 'meeting_file', ['meeting_id', 'id'])
    op.create_index(op.f('ix_meeting_file_item_id'), 'meeting_file', ['item_id'])
    op.create_index(op.f('ix_meeting_file_added_by_id'), 'meeting_file', ['added_by_id'])
    op.create_table('ticket_month',
    sa.Column('month', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('unit_id', ID, autoincrement=False, nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
    sa.Column('cost', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_ticket_month_unit_id')),
    sa.PrimaryKeyConstraint('month', 'unit_id', name=op.f('pk_ticket_month')),
    )
    op.create_index(op.f('ix_ticket_month_unit_id'), 'ticket_month', ['unit_id'])
    _sum_months()


def downgrade() -> None:
    """Go down."""
    op.drop_table('ticket_month')
    op.drop_table('meeting_file')


def _sum_months() -> None:
    names = (*COUNTS, "cost")
    rated = ", ".join(f"SUM(CASE WHEN rating = {level} THEN 1 ELSE 0 END)" for level in range(1, 6))
    op.execute(f"""
        INSERT INTO ticket_month (month, unit_id, {", ".join(names)})
        SELECT month, unit_id, {", ".join(f"SUM({name})" for name in names)} FROM (
            SELECT opened_month AS month, unit_id, COUNT(*) AS came,
                {", ".join(f"0 AS {name}" for name in names[1:])}
            FROM ticket_figure GROUP BY opened_month, unit_id
            UNION ALL
            SELECT ended_month, unit_id, 0, COUNT(*),
                SUM(CASE WHEN resolution_met IS NULL THEN 0 ELSE 1 END),
                SUM(CASE WHEN resolution_met THEN 1 ELSE 0 END), {rated}, SUM(COALESCE(cost, 0))
            FROM ticket_figure WHERE ended_month IS NOT NULL GROUP BY ended_month, unit_id
        ) AS counted GROUP BY month, unit_id
    """)
