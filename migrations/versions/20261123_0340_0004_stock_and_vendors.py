"""Stock and vendors.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

TABLES = (
    "vendor",
    "stock_item",
    "stock_pack",
    "store",
    "stock_balance",
    "stock_bin",
    "stock_reservation",
    "stock_slip",
    "stock_count",
    "stock_layer",
    "stock_slip_line",
    "stock_count_line",
    "stock_movement",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("vendor")
    changes.make_search("stock_item")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("vendor", "stock_item")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('vendor',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('same_key', sa.String(length=200), nullable=False),
    sa.Column('tax_id', sa.String(length=13), nullable=False),
    sa.Column('phone', sa.String(length=60), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('contact', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=400), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vendor')),
    sa.UniqueConstraint('same_key', name=op.f('uq_vendor_same_key'))
    )
    op.create_index('ix_vendor_name', 'vendor', ['name', 'id'], unique=False)
    op.create_index('uq_vendor_tax_id', 'vendor', ['tax_id'], unique=True, sqlite_where=sa.text("tax_id <> ''"), postgresql_where=sa.text("tax_id <> ''"))
    op.create_table('stock_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('code_key', sa.String(length=30), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('name_sort', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('size', sa.String(length=200), nullable=False),
    sa.Column('supply_class', sa.String(length=16), nullable=False),
    sa.Column('unit_th', sa.String(length=40), nullable=False),
    sa.Column('unit_en', sa.String(length=40), nullable=False),
    sa.Column('whole_only', sa.Boolean(), nullable=False),
    sa.Column('expires', sa.Boolean(), nullable=False),
    sa.Column('reorder_hint', sa.String(length=300), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_item')),
    sa.UniqueConstraint('code_key', name=op.f('uq_stock_item_code_key'))
    )
    op.create_index('ix_stock_item_name', 'stock_item', ['name_sort', 'id'], unique=False)
    op.create_table('stock_pack',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_th', sa.String(length=40), nullable=False),
    sa.Column('name_en', sa.String(length=40), nullable=False),
    sa.Column('factor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('factor > 0', name=op.f('ck_stock_pack_factor')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_pack_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_pack')),
    sa.UniqueConstraint('item_id', 'name_th', name=op.f('uq_stock_pack_item_id_name_th'))
    )
    op.create_table('store',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('keeper_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('orderer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('orderer_id IS NULL OR keeper_id IS NULL OR orderer_id <> keeper_id', name=op.f('ck_store_two_people')),
    sa.ForeignKeyConstraint(['keeper_id'], ['person.id'], name=op.f('fk_store_keeper_id')),
    sa.ForeignKeyConstraint(['orderer_id'], ['person.id'], name=op.f('fk_store_orderer_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_store_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_store')),
    sa.UniqueConstraint('code', name=op.f('uq_store_code'))
    )
    op.create_index(op.f('ix_store_keeper_id'), 'store', ['keeper_id'], unique=False)
    op.create_index(op.f('ix_store_orderer_id'), 'store', ['orderer_id'], unique=False)
    op.create_index(op.f('ix_store_unit_id'), 'store', ['unit_id'], unique=False)
    op.create_table('stock_balance',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('average_value', sa.BigInteger(), nullable=False),
    sa.Column('reserved', sa.BigInteger(), nullable=False),
    sa.Column('minimum', sa.BigInteger(), nullable=False),
    sa.Column('target', sa.BigInteger(), nullable=True),
    sa.Column('told_low_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('minimum >= 0 AND (target IS NULL OR target >= minimum)', name=op.f('ck_stock_balance_minimum_and_target')),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_stock_balance_quantity')),
    sa.CheckConstraint('reserved >= 0 AND reserved <= quantity', name=op.f('ck_stock_balance_reserved')),
    sa.CheckConstraint('value >= 0 AND average_value >= 0', name=op.f('ck_stock_balance_value')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_balance_item_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_balance_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_balance')),
    sa.UniqueConstraint('store_id', 'item_id', name=op.f('uq_stock_balance_store_id_item_id'))
    )
    op.create_index('ix_stock_balance_item', 'stock_balance', ['item_id', 'store_id'], unique=False)
    op.create_table('stock_bin',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('name_key', sa.String(length=60), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_bin_item_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_bin_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_bin')),
    sa.UniqueConstraint('code', name=op.f('uq_stock_bin_code')),
    sa.UniqueConstraint('store_id', 'name_key', name=op.f('uq_stock_bin_store_id_name_key'))
    )
    op.create_index(op.f('ix_stock_bin_item_id'), 'stock_bin', ['item_id'], unique=False)
    op.create_table('stock_reservation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('issued', sa.BigInteger(), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('issued >= 0 AND issued <= quantity', name=op.f('ck_stock_reservation_issued')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_stock_reservation_quantity')),
    sa.CheckConstraint('ticket_id IS NULL OR request_id IS NULL', name=op.f('ck_stock_reservation_one_thing')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_stock_reservation_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_reservation_item_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_reservation_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_reservation'))
    )
    op.create_index(op.f('ix_stock_reservation_by_id'), 'stock_reservation', ['by_id'], unique=False)
    op.create_index('ix_stock_reservation_open', 'stock_reservation', ['store_id', 'item_id'], unique=False, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_index('ix_stock_reservation_request', 'stock_reservation', ['request_id'], unique=False)
    op.create_index('ix_stock_reservation_ticket', 'stock_reservation', ['ticket_id'], unique=False)
    op.create_table('stock_slip',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('posted_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('purpose', sa.String(length=400), nullable=False),
    sa.Column('doc_no', sa.String(length=80), nullable=False),
    sa.Column('doc_on', sa.Date(), nullable=True),
    sa.Column('counterparty', sa.String(length=200), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('signature_key', sa.String(length=80), nullable=False),
    sa.Column('requester_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('requester_name', sa.String(length=200), nullable=False),
    sa.Column('requester_position', sa.String(length=200), nullable=False),
    sa.Column('requester_unit', sa.String(length=200), nullable=False),
    sa.Column('approver_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approver_name', sa.String(length=200), nullable=False),
    sa.Column('approver_position', sa.String(length=200), nullable=False),
    sa.Column('issuer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('issuer_name', sa.String(length=200), nullable=False),
    sa.Column('receiver_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('receiver_name', sa.String(length=200), nullable=False),
    sa.Column('receiver_position', sa.String(length=200), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('purchase_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_name', sa.String(length=200), nullable=False),
    sa.Column('answer', sa.String(length=400), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'transfer') = (to_store_id IS NOT NULL)", name=op.f('ck_stock_slip_transfer')),
    sa.CheckConstraint("kind <> 'issue' OR (requester_name <> '' AND approver_name <> '' AND issuer_name <> '' AND receiver_name <> '')", name=op.f('ck_stock_slip_people_of_an_issue')),
    sa.CheckConstraint("kind NOT IN ('adjustment', 'loss', 'count') OR purpose <> ''", name=op.f('ck_stock_slip_reason')),
    sa.CheckConstraint('to_store_id IS NULL OR to_store_id <> store_id', name=op.f('ck_stock_slip_two_stores')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_stock_slip_approval_id')),
    sa.ForeignKeyConstraint(['approver_id'], ['person.id'], name=op.f('fk_stock_slip_approver_id')),
    sa.ForeignKeyConstraint(['issuer_id'], ['person.id'], name=op.f('fk_stock_slip_issuer_id')),
    sa.ForeignKeyConstraint(['receiver_id'], ['person.id'], name=op.f('fk_stock_slip_receiver_id')),
    sa.ForeignKeyConstraint(['requester_id'], ['person.id'], name=op.f('fk_stock_slip_requester_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_slip_store_id')),
    sa.ForeignKeyConstraint(['to_store_id'], ['store.id'], name=op.f('fk_stock_slip_to_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_slip')),
    sa.UniqueConstraint('number', name=op.f('uq_stock_slip_number'))
    )
    op.create_index(op.f('ix_stock_slip_approval_id'), 'stock_slip', ['approval_id'], unique=False)
    op.create_index(op.f('ix_stock_slip_approver_id'), 'stock_slip', ['approver_id'], unique=False)
    op.create_index(op.f('ix_stock_slip_issuer_id'), 'stock_slip', ['issuer_id'], unique=False)
    op.create_index('ix_stock_slip_kind', 'stock_slip', ['kind', 'id'], unique=False)
    op.create_index('ix_stock_slip_purchase', 'stock_slip', ['purchase_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_receiver', 'stock_slip', ['receiver_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_request', 'stock_slip', ['request_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_requester', 'stock_slip', ['requester_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_store', 'stock_slip', ['store_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_ticket', 'stock_slip', ['ticket_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_to_store', 'stock_slip', ['to_store_id', 'id'], unique=False)
    op.create_table('stock_count',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opened_by_name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('slip_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_stock_count_approval_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_stock_count_opened_by_id')),
    sa.ForeignKeyConstraint(['slip_id'], ['stock_slip.id'], name=op.f('fk_stock_count_slip_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_count_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_count'))
    )
    op.create_index(op.f('ix_stock_count_approval_id'), 'stock_count', ['approval_id'], unique=False)
    op.create_index(op.f('ix_stock_count_opened_by_id'), 'stock_count', ['opened_by_id'], unique=False)
    op.create_index(op.f('ix_stock_count_slip_id'), 'stock_count', ['slip_id'], unique=False)
    op.create_index('ix_stock_count_store', 'stock_count', ['store_id', 'id'], unique=False)
    op.create_index('uq_stock_count_open', 'stock_count', ['store_id'], unique=True, sqlite_where=sa.text("state IN ('open', 'reviewing', 'submitted')"), postgresql_where=sa.text("state IN ('open', 'reviewing', 'submitted')"))
    op.create_table('stock_layer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slip_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=False),
    sa.Column('lot', sa.String(length=60), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('remaining', sa.BigInteger(), nullable=False),
    sa.Column('remaining_value', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_stock_layer_quantity')),
    sa.CheckConstraint('remaining >= 0 AND remaining <= quantity', name=op.f('ck_stock_layer_remaining')),
    sa.CheckConstraint('remaining_value >= 0 AND (remaining > 0 OR remaining_value = 0)', name=op.f('ck_stock_layer_remaining_value')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_layer_item_id')),
    sa.ForeignKeyConstraint(['slip_id'], ['stock_slip.id'], name=op.f('fk_stock_layer_slip_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_layer_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_layer'))
    )
    op.create_index(op.f('ix_stock_layer_expires_on'), 'stock_layer', ['expires_on'], unique=False)
    op.create_index('ix_stock_layer_place', 'stock_layer', ['store_id', 'item_id', 'id'], unique=False)
    op.create_index(op.f('ix_stock_layer_slip_id'), 'stock_layer', ['slip_id'], unique=False)
    op.create_table('stock_slip_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slip_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked', sa.BigInteger(), nullable=False),
    sa.Column('done', sa.BigInteger(), nullable=False),
    sa.Column('said', sa.String(length=60), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('left_after', sa.BigInteger(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.CheckConstraint('asked >= 0 AND done >= 0', name=op.f('ck_stock_slip_line_quantities')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_slip_line_item_id')),
    sa.ForeignKeyConstraint(['slip_id'], ['stock_slip.id'], name=op.f('fk_stock_slip_line_slip_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_slip_line'))
    )
    op.create_index('ix_stock_slip_line_item', 'stock_slip_line', ['item_id', 'id'], unique=False)
    op.create_index('ix_stock_slip_line_slip', 'stock_slip_line', ['slip_id', 'id'], unique=False)
    op.create_table('stock_count_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('count_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('expected', sa.BigInteger(), nullable=False),
    sa.Column('expected_value', sa.BigInteger(), nullable=False),
    sa.Column('counted', sa.BigInteger(), nullable=True),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counted_by_name', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.CheckConstraint('counted IS NULL OR counted >= 0', name=op.f('ck_stock_count_line_counted')),
    sa.ForeignKeyConstraint(['count_id'], ['stock_count.id'], name=op.f('fk_stock_count_line_count_id')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_count_line_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_count_line')),
    sa.UniqueConstraint('count_id', 'item_id', name=op.f('uq_stock_count_line_count_id_item_id'))
    )
    op.create_index(op.f('ix_stock_count_line_item_id'), 'stock_count_line', ['item_id'], unique=False)
    op.create_table('stock_movement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=False),
    sa.Column('store_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slip_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('layer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reverses_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('balance', sa.BigInteger(), nullable=False),
    sa.Column('balance_value', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('(quantity > 0 AND value >= 0) OR (quantity < 0 AND value <= 0)', name=op.f('ck_stock_movement_sign')),
    sa.CheckConstraint('balance >= 0 AND balance_value >= 0', name=op.f('ck_stock_movement_balance')),
    sa.CheckConstraint('quantity <> 0', name=op.f('ck_stock_movement_quantity')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_stock_movement_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_stock_movement_item_id')),
    sa.ForeignKeyConstraint(['layer_id'], ['stock_layer.id'], name=op.f('fk_stock_movement_layer_id')),
    sa.ForeignKeyConstraint(['reverses_id'], ['stock_movement.id'], name=op.f('fk_stock_movement_reverses_id')),
    sa.ForeignKeyConstraint(['slip_id'], ['stock_slip.id'], name=op.f('fk_stock_movement_slip_id')),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_stock_movement_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_movement'))
    )
    op.create_index(op.f('ix_stock_movement_by_id'), 'stock_movement', ['by_id'], unique=False)
    op.create_index('ix_stock_movement_day', 'stock_movement', ['store_id', 'posted_on', 'id'], unique=False)
    op.create_index('ix_stock_movement_item', 'stock_movement', ['item_id', 'id'], unique=False)
    op.create_index(op.f('ix_stock_movement_layer_id'), 'stock_movement', ['layer_id'], unique=False)
    op.create_index('ix_stock_movement_place', 'stock_movement', ['store_id', 'item_id', 'id'], unique=False)
    op.create_index(op.f('ix_stock_movement_reverses_id'), 'stock_movement', ['reverses_id'], unique=False)
    op.create_index('ix_stock_movement_slip', 'stock_movement', ['slip_id', 'id'], unique=False)
