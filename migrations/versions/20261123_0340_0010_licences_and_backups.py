"""Licences, backups, and what is coming.

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

TABLES = (
    "licence",
    "licence_file",
    "licence_term",
    "licence_seat",
    "backup",
    "warranty_notice",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("licence")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("licence")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('licence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('caretaker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contract_no', sa.String(length=80), nullable=False),
    sa.Column('account', sa.String(length=200), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('given_up_on', sa.Date(), nullable=True),
    sa.Column('given_up_why', sa.String(length=300), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(given_up_on IS NULL) = (given_up_why = '')", name=op.f('ck_licence_given_up')),
    sa.CheckConstraint("name <> ''", name=op.f('ck_licence_name')),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_licence_days')),
    sa.CheckConstraint('seats IS NULL OR seats > 0', name=op.f('ck_licence_seats')),
    sa.ForeignKeyConstraint(['caretaker_id'], ['person.id'], name=op.f('fk_licence_caretaker_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_licence_unit_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_licence_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence'))
    )
    op.create_index(op.f('ix_licence_caretaker_id'), 'licence', ['caretaker_id'], unique=False)
    op.create_index('ix_licence_ends', 'licence', ['ends_on', 'id'], unique=False, sqlite_where=sa.text('given_up_on IS NULL'), postgresql_where=sa.text('given_up_on IS NULL'))
    op.create_index('ix_licence_unit', 'licence', ['unit_id', 'ends_on'], unique=False)
    op.create_index(op.f('ix_licence_vendor_id'), 'licence', ['vendor_id'], unique=False)
    op.create_table('licence_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('licence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['licence_id'], ['licence.id'], name=op.f('fk_licence_file_licence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence_file'))
    )
    op.create_index('ix_licence_file_licence', 'licence_file', ['licence_id', 'id'], unique=False)
    op.create_table('licence_term',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('licence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('contract_no', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_licence_term_days')),
    sa.ForeignKeyConstraint(['licence_id'], ['licence.id'], name=op.f('fk_licence_term_licence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence_term'))
    )
    op.create_index('ix_licence_term_licence', 'licence_term', ['licence_id', 'starts_on'], unique=False)
    op.create_table('licence_seat',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('licence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(person_id IS NULL) <> (asset_id IS NULL)', name=op.f('ck_licence_seat_holder')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_licence_seat_asset_id')),
    sa.ForeignKeyConstraint(['licence_id'], ['licence.id'], name=op.f('fk_licence_seat_licence_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_licence_seat_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence_seat'))
    )
    op.create_index('ix_licence_seat_asset_all', 'licence_seat', ['asset_id'], unique=False)
    op.create_index('ix_licence_seat_licence', 'licence_seat', ['licence_id', 'id'], unique=False)
    op.create_index('ix_licence_seat_person_all', 'licence_seat', ['person_id'], unique=False)
    op.create_index('uq_licence_seat_asset', 'licence_seat', ['licence_id', 'asset_id'], unique=True, sqlite_where=sa.text('asset_id IS NOT NULL AND given_back_at IS NULL'), postgresql_where=sa.text('asset_id IS NOT NULL AND given_back_at IS NULL'))
    op.create_index('uq_licence_seat_person', 'licence_seat', ['licence_id', 'person_id'], unique=True, sqlite_where=sa.text('person_id IS NOT NULL AND given_back_at IS NULL'), postgresql_where=sa.text('person_id IS NOT NULL AND given_back_at IS NULL'))
    op.create_table('backup',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rows', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('files', sa.Integer(), nullable=False),
    sa.Column('rehearsed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('size > 0', name=op.f('ck_backup_size')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backup')),
    sa.UniqueConstraint('name', name=op.f('uq_backup_name'))
    )
    op.create_index('ix_backup_made_at', 'backup', ['made_at'], unique=False)
    op.create_table('warranty_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('noticed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_warranty_notice_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_warranty_notice')),
    sa.UniqueConstraint('unit_id', 'ends_on', name=op.f('uq_warranty_notice_unit_id_ends_on'))
    )
