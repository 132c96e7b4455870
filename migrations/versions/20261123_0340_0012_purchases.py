"""Purchases and budgets.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

TABLES = (
    "budget",
    "purchase",
    "purchase_member",
    "purchase_moment",
    "purchase_order",
    "purchase_delivery",
    "purchase_line",
    "purchase_order_line",
    "purchase_delivery_line",
    "purchase_delivered_item",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("purchase")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("purchase")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('budget',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('project', sa.String(length=200), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('refuses', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_budget_amount')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_budget_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget')),
    sa.UniqueConstraint('unit_id', 'fiscal_year', 'source', 'project', name=op.f('uq_budget_unit_id_fiscal_year_source_project'))
    )
    op.create_index('ix_budget_year', 'budget', ['fiscal_year', 'id'], unique=False)
    op.create_table('purchase',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asker_name', sa.String(length=200), nullable=False),
    sa.Column('asker_position', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('price_source', sa.String(length=300), nullable=False),
    sa.Column('budget_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('method_reason', sa.String(length=500), nullable=False),
    sa.Column('criterion', sa.String(length=300), nullable=False),
    sa.Column('proposals', sa.Text(), nullable=False),
    sa.Column('vat', sa.String(length=10), nullable=False),
    sa.Column('service', sa.JSON(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('spent', sa.BigInteger(), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=500), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('registered', 'rejected', 'cancelled')) = (ended_at IS NOT NULL)", name=op.f('ck_purchase_ended')),
    sa.CheckConstraint("state <> 'rejected' OR ended_why <> ''", name=op.f('ck_purchase_rejected_why')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name=op.f('ck_purchase_approval')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name=op.f('ck_purchase_number')),
    sa.CheckConstraint('total >= 0 AND spent >= 0', name=op.f('ck_purchase_amounts')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_purchase_approval_id')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_purchase_asker_id')),
    sa.ForeignKeyConstraint(['budget_id'], ['budget.id'], name=op.f('fk_purchase_budget_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_purchase_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_purchase_approval_id')),
    sa.UniqueConstraint('number', name=op.f('uq_purchase_number'))
    )
    op.create_index('ix_purchase_asker', 'purchase', ['asker_id', 'id'], unique=False)
    op.create_index('ix_purchase_budget', 'purchase', ['budget_id', 'state'], unique=False)
    op.create_index('ix_purchase_state', 'purchase', ['state', 'id'], unique=False)
    op.create_index('ix_purchase_unit', 'purchase', ['unit_id', 'id'], unique=False)
    op.create_table('purchase_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purchase_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_purchase_member_person_id')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchase.id'], name=op.f('fk_purchase_member_purchase_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_member')),
    sa.UniqueConstraint('purchase_id', 'person_id', name=op.f('uq_purchase_member_purchase_id_person_id'))
    )
    op.create_index(op.f('ix_purchase_member_person_id'), 'purchase_member', ['person_id'], unique=False)
    op.create_table('purchase_moment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purchase_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_purchase_moment_person_id')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchase.id'], name=op.f('fk_purchase_moment_purchase_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_moment'))
    )
    op.create_index(op.f('ix_purchase_moment_person_id'), 'purchase_moment', ['person_id'], unique=False)
    op.create_index('ix_purchase_moment_purchase', 'purchase_moment', ['purchase_id', 'id'], unique=False)
    op.create_table('purchase_order',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purchase_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document', sa.String(length=60), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('ended_why', sa.String(length=300), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'cancelled' OR ended_why <> ''", name=op.f('ck_purchase_order_cancelled_why')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchase.id'], name=op.f('fk_purchase_order_purchase_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_purchase_order_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_order'))
    )
    op.create_index('ix_purchase_order_purchase', 'purchase_order', ['purchase_id', 'id'], unique=False)
    op.create_index(op.f('ix_purchase_order_vendor_id'), 'purchase_order', ['vendor_id'], unique=False)
    op.create_table('purchase_delivery',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('document', sa.String(length=80), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=False),
    sa.Column('accepted_on', sa.Date(), nullable=False),
    sa.Column('warranty_until', sa.Date(), nullable=True),
    sa.Column('committee', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('slip_number', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('accepted_by', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_purchase_delivery_accepted_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['purchase_order.id'], name=op.f('fk_purchase_delivery_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_delivery')),
    sa.UniqueConstraint('number', name=op.f('uq_purchase_delivery_number'))
    )
    op.create_index(op.f('ix_purchase_delivery_accepted_by_id'), 'purchase_delivery', ['accepted_by_id'], unique=False)
    op.create_index('ix_purchase_delivery_order', 'purchase_delivery', ['order_id', 'id'], unique=False)
    op.create_table('purchase_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purchase_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('goes_into', sa.String(length=10), nullable=False),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('approved', sa.BigInteger(), nullable=True),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.Column('standard_price', sa.BigInteger(), nullable=True),
    sa.Column('market_price', sa.BigInteger(), nullable=True),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('spec_item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('over_price_reason', sa.String(length=300), nullable=False),
    sa.CheckConstraint("item_id IS NULL OR goes_into = 'stock'", name=op.f('ck_purchase_line_item')),
    sa.CheckConstraint('approved IS NULL OR approved <= quantity', name=op.f('ck_purchase_line_approved')),
    sa.CheckConstraint('quantity > 0 AND unit_price >= 0', name=op.f('ck_purchase_line_measure')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_purchase_line_class_id')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_purchase_line_item_id')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchase.id'], name=op.f('fk_purchase_line_purchase_id')),
    sa.ForeignKeyConstraint(['spec_item_id'], ['spec_item.id'], name=op.f('fk_purchase_line_spec_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_line')),
    sa.UniqueConstraint('purchase_id', 'position', name=op.f('uq_purchase_line_purchase_id_position'))
    )
    op.create_index(op.f('ix_purchase_line_class_id'), 'purchase_line', ['class_id'], unique=False)
    op.create_index(op.f('ix_purchase_line_item_id'), 'purchase_line', ['item_id'], unique=False)
    op.create_index(op.f('ix_purchase_line_spec_item_id'), 'purchase_line', ['spec_item_id'], unique=False)
    op.create_table('purchase_order_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.Column('received', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0 AND unit_price >= 0', name=op.f('ck_purchase_order_line_measure')),
    sa.CheckConstraint('received >= 0 AND received <= quantity', name=op.f('ck_purchase_order_line_received')),
    sa.ForeignKeyConstraint(['line_id'], ['purchase_line.id'], name=op.f('fk_purchase_order_line_line_id')),
    sa.ForeignKeyConstraint(['order_id'], ['purchase_order.id'], name=op.f('fk_purchase_order_line_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_order_line')),
    sa.UniqueConstraint('order_id', 'line_id', name=op.f('uq_purchase_order_line_order_id_line_id'))
    )
    op.create_index('ix_purchase_order_line_line', 'purchase_order_line', ['line_id'], unique=False)
    op.create_table('purchase_delivery_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('delivery_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('returned', sa.BigInteger(), nullable=False),
    sa.Column('returned_why', sa.String(length=300), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("returned = 0 OR returned_why <> ''", name=op.f('ck_purchase_delivery_line_returned_why')),
    sa.CheckConstraint('quantity > 0 AND returned >= 0 AND returned <= quantity', name=op.f('ck_purchase_delivery_line_measure')),
    sa.ForeignKeyConstraint(['delivery_id'], ['purchase_delivery.id'], name=op.f('fk_purchase_delivery_line_delivery_id')),
    sa.ForeignKeyConstraint(['order_line_id'], ['purchase_order_line.id'], name=op.f('fk_purchase_delivery_line_order_line_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_purchase_delivery_line_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase_delivery_line'))
    )
    op.create_index('ix_purchase_delivery_line_delivery', 'purchase_delivery_line', ['delivery_id', 'id'], unique=False)
    op.create_index('ix_purchase_delivery_line_order', 'purchase_delivery_line', ['order_line_id'], unique=False)
    op.create_index(op.f('ix_purchase_delivery_line_store_id'), 'purchase_delivery_line', ['store_id'], unique=False)
    op.create_table('purchase_delivered_item',
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('delivery_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_purchase_delivered_item_asset_id')),
    sa.ForeignKeyConstraint(['delivery_line_id'], ['purchase_delivery_line.id'], name=op.f('fk_purchase_delivered_item_delivery_line_id')),
    sa.PrimaryKeyConstraint('asset_id', name=op.f('pk_purchase_delivered_item'))
    )
    op.create_index(op.f('ix_purchase_delivered_item_delivery_line_id'), 'purchase_delivered_item', ['delivery_line_id'], unique=False)
