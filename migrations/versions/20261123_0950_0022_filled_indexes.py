"""Indexes of columns that most rows leave empty hold only the rows that do not.

Revision: 0022
Follows: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

# Name, table, column.
INDEXES = (
    ('ix_asset_model_id', 'asset', 'model_id'),
    ('ix_asset_custodian_id', 'asset', 'custodian_id'),
    ('ix_asset_whole_id', 'asset', 'whole_id'),
    ('ix_asset_import_id', 'asset', 'import_id'),
    ('ix_movement_to_custodian_id', 'movement', 'to_custodian_id'),
    ('ix_ticket_parent_id', 'ticket', 'parent_id'),
    ('ix_ticket_merged_into_id', 'ticket', 'merged_into_id'),
    ('ix_loan_handed_by_id', 'loan', 'handed_by_id'),
    ('ix_loan_line_taken_back_by_id', 'loan_line', 'taken_back_by_id'),
    ('ix_loan_line_handed_in_unit_id', 'loan_line', 'handed_in_unit_id'),
    ('ix_loan_line_handed_in_to_id', 'loan_line', 'handed_in_to_id'),
    ('ix_loan_line_request_line', 'loan_line', 'request_line_id'),
)


def upgrade() -> None:
    """Go up."""
    for name, table, column in INDEXES:
        op.drop_index(name, table_name=table)
        filled = sa.text(f'{column} IS NOT NULL')
        op.create_index(name, table, [column], sqlite_where=filled, postgresql_where=filled)


def downgrade() -> None:
    """Go down."""
    for name, table, column in INDEXES:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, [column])
