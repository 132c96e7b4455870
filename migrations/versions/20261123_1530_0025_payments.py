"""Payments of instalments: when, how much, on which paper, and who wrote it down.

Revision: 0025
Follows: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('purchase_payment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instalment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('document', sa.String(length=80), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('noted_by', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_purchase_payment_amount')),
    sa.CheckConstraint("document <> ''", name=op.f('ck_purchase_payment_document')),
    sa.ForeignKeyConstraint(['instalment_id'], ['purchase_instalment.id'], name=op.f('fk_purchase_payment_instalment_id')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['person.id'], name=op.f('fk_purchase_payment_noted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_payment')),
    sa.UniqueConstraint('instalment_id', name=op.f('uq_purchase_payment_instalment_id'))
    )
    op.create_index(op.f('ix_purchase_payment_noted_by_id'), 'purchase_payment', ['noted_by_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_index(op.f('ix_purchase_payment_noted_by_id'), table_name='purchase_payment')
    op.drop_table('purchase_payment')
