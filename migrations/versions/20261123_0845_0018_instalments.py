"""Instalments of specifications and orders.

Revision: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('spec_instalment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('specification_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('percent', sa.BigInteger(), nullable=False),
    sa.Column('delivers', sa.String(length=500), nullable=False),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.CheckConstraint('days IS NULL OR days > 0', name=op.f('ck_spec_instalment_days')),
    sa.CheckConstraint('percent > 0 AND percent <= 10000', name=op.f('ck_spec_instalment_percent')),
    sa.ForeignKeyConstraint(['specification_id'], ['specification.id'], name=op.f('fk_spec_instalment_specification_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spec_instalment')),
    sa.UniqueConstraint('specification_id', 'position', name=op.f('uq_spec_instalment_specification_id_position'))
    )
    op.create_table('purchase_instalment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('percent', sa.BigInteger(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('delivers', sa.String(length=500), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_purchase_instalment_amount')),
    sa.CheckConstraint('percent IS NULL OR (percent > 0 AND percent <= 10000)', name=op.f('ck_purchase_instalment_percent')),
    sa.ForeignKeyConstraint(['order_id'], ['purchase_order.id'], name=op.f('fk_purchase_instalment_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_instalment')),
    sa.UniqueConstraint('order_id', 'position', name=op.f('uq_purchase_instalment_order_id_position'))
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table('purchase_instalment')
    op.drop_table('spec_instalment')
