"""Specifications, price criteria and comparisons of offers.

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

TABLES = (
    "brand_word",
    "criteria_edition",
    "price_criterion",
    "specification",
    "comparison",
    "spec_item",
    "spec_member",
    "comparison_member",
    "offer",
    "requirement",
    "offer_finding",
    "offer_price",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("price_criterion")
    changes.make_search("specification")
    changes.make_search("comparison")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("price_criterion", "specification", "comparison")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('brand_word',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('word', sa.String(length=80), nullable=False),
    sa.Column('same_key', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brand_word')),
    sa.UniqueConstraint('same_key', name=op.f('uq_brand_word_same_key'))
    )
    op.create_table('criteria_edition',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('is_sample', sa.Boolean(), nullable=False),
    sa.Column('replaced_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['criteria_edition.id'], name=op.f('fk_criteria_edition_replaced_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria_edition')),
    sa.UniqueConstraint('name', name=op.f('uq_criteria_edition_name'))
    )
    op.create_index(op.f('ix_criteria_edition_replaced_by_id'), 'criteria_edition', ['replaced_by_id'], unique=False)
    op.create_table('price_criterion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('edition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('item_no', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('page', sa.String(length=20), nullable=False),
    sa.Column('features', sa.Text(), nullable=False),
    sa.Column('superseded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('price > 0', name=op.f('ck_price_criterion_price')),
    sa.ForeignKeyConstraint(['edition_id'], ['criteria_edition.id'], name=op.f('fk_price_criterion_edition_id')),
    sa.ForeignKeyConstraint(['superseded_by_id'], ['price_criterion.id'], name=op.f('fk_price_criterion_superseded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_criterion')),
    sa.UniqueConstraint('edition_id', 'item_no', name=op.f('uq_price_criterion_edition_id_item_no'))
    )
    op.create_index('ix_price_criterion_edition', 'price_criterion', ['edition_id', 'position'], unique=False)
    op.create_index(op.f('ix_price_criterion_superseded_by_id'), 'price_criterion', ['superseded_by_id'], unique=False)
    op.create_table('specification',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_name', sa.String(length=200), nullable=False),
    sa.Column('author_position', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('background', sa.Text(), nullable=False),
    sa.Column('objective', sa.Text(), nullable=False),
    sa.Column('characteristics', sa.Text(), nullable=False),
    sa.Column('qualification', sa.Text(), nullable=False),
    sa.Column('delivery', sa.Text(), nullable=False),
    sa.Column('method', sa.String(length=12), nullable=False),
    sa.Column('price_weight', sa.Integer(), nullable=False),
    sa.Column('median_price', sa.BigInteger(), nullable=True),
    sa.Column('price_source', sa.Text(), nullable=False),
    sa.Column('budget', sa.BigInteger(), nullable=True),
    sa.Column('budget_source', sa.String(length=300), nullable=False),
    sa.Column('instalments', sa.Text(), nullable=False),
    sa.Column('penalty', sa.Text(), nullable=False),
    sa.Column('group_order', sa.String(length=200), nullable=False),
    sa.Column('brand_reason', sa.String(length=500), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=500), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name=op.f('ck_specification_approval')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name=op.f('ck_specification_number')),
    sa.CheckConstraint('price_weight BETWEEN 1 AND 100', name=op.f('ck_specification_price_weight')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_specification_approval_id')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_specification_author_id')),
    sa.ForeignKeyConstraint(['first_id'], ['specification.id'], name=op.f('fk_specification_first_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_specification_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_specification')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_specification_approval_id')),
    sa.UniqueConstraint('first_id', 'edition', name=op.f('uq_specification_first_id_edition')),
    sa.UniqueConstraint('number', name=op.f('uq_specification_number'))
    )
    op.create_index('ix_specification_author', 'specification', ['author_id', 'id'], unique=False)
    op.create_index('ix_specification_state', 'specification', ['state', 'id'], unique=False)
    op.create_index('ix_specification_unit', 'specification', ['unit_id', 'id'], unique=False)
    op.create_table('comparison',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('specification_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_name', sa.String(length=200), nullable=False),
    sa.Column('author_position', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('method', sa.String(length=12), nullable=False),
    sa.Column('price_weight', sa.Integer(), nullable=False),
    sa.Column('recommendation', sa.Text(), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=500), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name=op.f('ck_comparison_approval')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name=op.f('ck_comparison_number')),
    sa.CheckConstraint('price_weight BETWEEN 1 AND 100', name=op.f('ck_comparison_price_weight')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_comparison_approval_id')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_comparison_author_id')),
    sa.ForeignKeyConstraint(['specification_id'], ['specification.id'], name=op.f('fk_comparison_specification_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_comparison_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comparison')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_comparison_approval_id')),
    sa.UniqueConstraint('number', name=op.f('uq_comparison_number'))
    )
    op.create_index('ix_comparison_author', 'comparison', ['author_id', 'id'], unique=False)
    op.create_index('ix_comparison_specification', 'comparison', ['specification_id', 'state'], unique=False)
    op.create_index('ix_comparison_unit', 'comparison', ['unit_id', 'id'], unique=False)
    op.create_table('spec_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('specification_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.Column('criterion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('criterion_text', sa.String(length=600), nullable=False),
    sa.Column('criterion_price', sa.BigInteger(), nullable=True),
    sa.Column('over_price_reason', sa.String(length=500), nullable=False),
    sa.CheckConstraint('criterion_id IS NULL OR criterion_price IS NOT NULL', name=op.f('ck_spec_item_criterion')),
    sa.CheckConstraint('quantity > 0 AND unit_price >= 0', name=op.f('ck_spec_item_measure')),
    sa.ForeignKeyConstraint(['criterion_id'], ['price_criterion.id'], name=op.f('fk_spec_item_criterion_id')),
    sa.ForeignKeyConstraint(['specification_id'], ['specification.id'], name=op.f('fk_spec_item_specification_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spec_item')),
    sa.UniqueConstraint('specification_id', 'position', name=op.f('uq_spec_item_specification_id_position'))
    )
    op.create_index(op.f('ix_spec_item_criterion_id'), 'spec_item', ['criterion_id'], unique=False)
    op.create_table('spec_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('specification_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_spec_member_person_id')),
    sa.ForeignKeyConstraint(['specification_id'], ['specification.id'], name=op.f('fk_spec_member_specification_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spec_member')),
    sa.UniqueConstraint('specification_id', 'person_id', name=op.f('uq_spec_member_specification_id_person_id'))
    )
    op.create_index(op.f('ix_spec_member_person_id'), 'spec_member', ['person_id'], unique=False)
    op.create_table('comparison_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comparison_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['comparison_id'], ['comparison.id'], name=op.f('fk_comparison_member_comparison_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_comparison_member_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comparison_member')),
    sa.UniqueConstraint('comparison_id', 'person_id', name=op.f('uq_comparison_member_comparison_id_person_id'))
    )
    op.create_index(op.f('ix_comparison_member_person_id'), 'comparison_member', ['person_id'], unique=False)
    op.create_table('offer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comparison_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product', sa.String(length=300), nullable=False),
    sa.Column('document', sa.String(length=120), nullable=False),
    sa.Column('offered_on', sa.Date(), nullable=True),
    sa.Column('score', sa.BigInteger(), nullable=True),
    sa.Column('chosen', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('score IS NULL OR score >= 0', name=op.f('ck_offer_score')),
    sa.ForeignKeyConstraint(['comparison_id'], ['comparison.id'], name=op.f('fk_offer_comparison_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_offer_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer')),
    sa.UniqueConstraint('comparison_id', 'position', name=op.f('uq_offer_comparison_id_position'))
    )
    op.create_index('ix_offer_vendor', 'offer', ['vendor_id'], unique=False)
    op.create_index('uq_offer_chosen', 'offer', ['comparison_id'], unique=True, sqlite_where=sa.text('chosen'), postgresql_where=sa.text('chosen'))
    op.create_table('requirement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=500), nullable=False),
    sa.Column('operator', sa.String(length=16), nullable=False),
    sa.Column('amount', sa.String(length=200), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('mandatory', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['spec_item.id'], name=op.f('fk_requirement_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement')),
    sa.UniqueConstraint('item_id', 'position', name=op.f('uq_requirement_item_id_position'))
    )
    op.create_table('offer_finding',
    sa.Column('offer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('requirement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('result', sa.String(length=12), nullable=False),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('page', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_offer_finding_offer_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_offer_finding_requirement_id')),
    sa.PrimaryKeyConstraint('offer_id', 'requirement_id', name=op.f('pk_offer_finding'))
    )
    op.create_index(op.f('ix_offer_finding_requirement_id'), 'offer_finding', ['requirement_id'], unique=False)
    op.create_table('offer_price',
    sa.Column('offer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('unit_price >= 0', name=op.f('ck_offer_price_unit_price')),
    sa.ForeignKeyConstraint(['item_id'], ['spec_item.id'], name=op.f('fk_offer_price_item_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_offer_price_offer_id')),
    sa.PrimaryKeyConstraint('offer_id', 'item_id', name=op.f('pk_offer_price'))
    )
    op.create_index(op.f('ix_offer_price_item_id'), 'offer_price', ['item_id'], unique=False)
