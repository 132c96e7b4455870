"""The list of items finds its first page by an index whatever column it is ordered by.

Revision: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

# Column, and of which rows the index holds it: none given, of all.
ORDERS = (
    ('quantity', ''),
    ('lifecycle', ''),
    ('lendable', ''),
    ('below_threshold', ''),
    ('useful_life_years', 'IS NOT NULL'),
    ('fund_type', "<> ''"),
    ('acquire_method', "<> ''"),
    ('vendor_name', "<> ''"),
    ('doc_ref', "<> ''"),
)


def upgrade() -> None:
    """Go up."""
    for name, term in ORDERS:
        filled = sa.text(f'{name} {term}') if term else None
        columns = [name, 'asset_no_sort', 'id']
        op.create_index(f'ix_asset_{name}_number', 'asset', columns, sqlite_where=filled, postgresql_where=filled)


def downgrade() -> None:
    """Go down."""
    for name, _term in ORDERS:
        op.drop_index(f'ix_asset_{name}_number', table_name='asset')
