"""Requests and access rights.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

TABLES = (
    "request_kind",
    "request_kind_edition",
    "service_request",
    "request_file",
    "request_material_line",
    "request_moment",
    "request_ticket",
    "information_system",
    "access_review",
    "system_card",
    "system_link",
    "system_person",
    "system_risk",
    "access_right",
    "system_request",
    "access_review_line",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("service_request")
    changes.make_search("access_right")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("service_request", "access_right")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('request_kind',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=30), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('handling_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['handling_unit_id'], ['unit.id'], name=op.f('fk_request_kind_handling_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_kind')),
    sa.UniqueConstraint('key', name=op.f('uq_request_kind_key'))
    )
    op.create_index(op.f('ix_request_kind_handling_unit_id'), 'request_kind', ['handling_unit_id'], unique=False)
    op.create_table('request_kind_edition',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('intro_th', sa.String(length=500), nullable=False),
    sa.Column('intro_en', sa.String(length=500), nullable=False),
    sa.Column('paper_text', sa.Text(), nullable=False),
    sa.Column('series', sa.String(length=12), nullable=False),
    sa.Column('route', sa.String(length=16), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("name_th <> '' AND series <> ''", name=op.f('ck_request_kind_edition_complete')),
    sa.ForeignKeyConstraint(['kind_id'], ['request_kind.id'], name=op.f('fk_request_kind_edition_kind_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_request_kind_edition_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_kind_edition')),
    sa.UniqueConstraint('kind_id', 'edition', name=op.f('uq_request_kind_edition_kind_id_edition'))
    )
    op.create_index(op.f('ix_request_kind_edition_made_by_id'), 'request_kind_edition', ['made_by_id'], unique=False)
    op.create_table('service_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('edition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asker_name', sa.String(length=200), nullable=False),
    sa.Column('asker_position', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handling_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=500), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('closed', 'rejected', 'cancelled')) = (ended_at IS NOT NULL)", name=op.f('ck_service_request_ended')),
    sa.CheckConstraint("state <> 'rejected' OR ended_why <> ''", name=op.f('ck_service_request_rejected_why')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name=op.f('ck_service_request_approval')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name=op.f('ck_service_request_number')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_service_request_approval_id')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_service_request_asker_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['request_kind_edition.id'], name=op.f('fk_service_request_edition_id')),
    sa.ForeignKeyConstraint(['handling_unit_id'], ['unit.id'], name=op.f('fk_service_request_handling_unit_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_service_request_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_request')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_service_request_approval_id')),
    sa.UniqueConstraint('number', name=op.f('uq_service_request_number'))
    )
    op.create_index('ix_service_request_asker', 'service_request', ['asker_id', 'id'], unique=False)
    op.create_index(op.f('ix_service_request_edition_id'), 'service_request', ['edition_id'], unique=False)
    op.create_index('ix_service_request_handling', 'service_request', ['handling_unit_id', 'state', 'id'], unique=False)
    op.create_index('ix_service_request_kind', 'service_request', ['kind', 'id'], unique=False)
    op.create_index('ix_service_request_state', 'service_request', ['state', 'id'], unique=False)
    op.create_index('ix_service_request_unit', 'service_request', ['unit_id', 'id'], unique=False)
    op.create_table('request_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['service_request.id'], name=op.f('fk_request_file_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_file'))
    )
    op.create_index('ix_request_file_request', 'request_file', ['request_id', 'id'], unique=False)
    op.create_table('request_material_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('typed', sa.String(length=40), nullable=False),
    sa.Column('requested', sa.BigInteger(), nullable=True),
    sa.Column('approved', sa.BigInteger(), nullable=True),
    sa.Column('issued', sa.BigInteger(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('reservation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('approved IS NULL OR (approved >= 0 AND requested IS NOT NULL AND approved <= requested)', name=op.f('ck_request_material_line_approved')),
    sa.CheckConstraint('issued >= 0 AND (issued = 0 OR (approved IS NOT NULL AND issued <= approved))', name=op.f('ck_request_material_line_issued')),
    sa.CheckConstraint('requested IS NULL OR requested > 0', name=op.f('ck_request_material_line_requested')),
    sa.ForeignKeyConstraint(['item_id'], ['stock_item.id'], name=op.f('fk_request_material_line_item_id')),
    sa.ForeignKeyConstraint(['request_id'], ['service_request.id'], name=op.f('fk_request_material_line_request_id')),
    sa.ForeignKeyConstraint(['reservation_id'], ['stock_reservation.id'], name=op.f('fk_request_material_line_reservation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_material_line')),
    sa.UniqueConstraint('request_id', 'item_id', name=op.f('uq_request_material_line_request_id_item_id'))
    )
    op.create_index('ix_request_material_line_item', 'request_material_line', ['item_id'], unique=False)
    op.create_index(op.f('ix_request_material_line_reservation_id'), 'request_material_line', ['reservation_id'], unique=False)
    op.create_table('request_moment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_request_moment_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['service_request.id'], name=op.f('fk_request_moment_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_moment'))
    )
    op.create_index(op.f('ix_request_moment_person_id'), 'request_moment', ['person_id'], unique=False)
    op.create_index('ix_request_moment_request', 'request_moment', ['request_id', 'id'], unique=False)
    op.create_table('request_ticket',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('part', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['service_request.id'], name=op.f('fk_request_ticket_request_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_request_ticket_ticket_id')),
    sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_request_ticket'))
    )
    op.create_index(op.f('ix_request_ticket_request_id'), 'request_ticket', ['request_id'], unique=False)
    op.create_table('information_system',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name_th', sa.String(length=160), nullable=False),
    sa.Column('name_en', sa.String(length=160), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('review_months', sa.Integer(), nullable=False),
    sa.Column('longest_months', sa.Integer(), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('longest_months BETWEEN 1 AND 120', name=op.f('ck_information_system_longest_months')),
    sa.CheckConstraint('review_months BETWEEN 1 AND 60', name=op.f('ck_information_system_review_months')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_information_system_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_information_system')),
    sa.UniqueConstraint('code', name=op.f('uq_information_system_code'))
    )
    op.create_index(op.f('ix_information_system_unit_id'), 'information_system', ['unit_id'], unique=False)
    op.create_table('access_review',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('opened_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_access_review_opened_by_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_access_review_system_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_review'))
    )
    op.create_index(op.f('ix_access_review_system_id'), 'access_review', ['system_id'], unique=False)
    op.create_index('uq_access_review_open', 'access_review', ['system_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('system_card',
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('whose', sa.String(length=8), nullable=False),
    sa.Column('criticality', sa.String(length=8), nullable=False),
    sa.Column('data_held', sa.Text(), nullable=False),
    sa.Column('personal_data', sa.Boolean(), nullable=False),
    sa.Column('data_kinds', sa.JSON(), nullable=False),
    sa.Column('users', sa.Text(), nullable=False),
    sa.Column('decides', sa.String(length=200), nullable=False),
    sa.Column('platform', sa.String(length=200), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("criticality IN ('low', 'medium', 'high', 'vital')", name=op.f('ck_system_card_criticality')),
    sa.CheckConstraint("whose IN ('office', 'school', 'obec', 'other')", name=op.f('ck_system_card_whose')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_system_card_system_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_system_card_vendor_id')),
    sa.PrimaryKeyConstraint('system_id', name=op.f('pk_system_card'))
    )
    op.create_index(op.f('ix_system_card_vendor_id'), 'system_card', ['vendor_id'], unique=False)
    op.create_table('system_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('other_name', sa.String(length=160), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.CheckConstraint("(other_id IS NULL) = (other_name <> '')", name=op.f('ck_system_link_other')),
    sa.CheckConstraint('other_id IS NULL OR other_id <> system_id', name=op.f('ck_system_link_itself')),
    sa.ForeignKeyConstraint(['other_id'], ['information_system.id'], name=op.f('fk_system_link_other_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_system_link_system_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_system_link'))
    )
    op.create_index(op.f('ix_system_link_other_id'), 'system_link', ['other_id'], unique=False)
    op.create_index(op.f('ix_system_link_system_id'), 'system_link', ['system_id'], unique=False)
    op.create_table('system_person',
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('part', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_system_person_person_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_system_person_system_id')),
    sa.PrimaryKeyConstraint('system_id', 'person_id', 'part', name=op.f('pk_system_person'))
    )
    op.create_index(op.f('ix_system_person_person_id'), 'system_person', ['person_id'], unique=False)
    op.create_table('system_risk',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('risk', sa.String(length=300), nullable=False),
    sa.Column('likelihood', sa.Integer(), nullable=False),
    sa.Column('impact', sa.Integer(), nullable=False),
    sa.Column('treatment', sa.String(length=8), nullable=False),
    sa.Column('plan', sa.String(length=500), nullable=False),
    sa.CheckConstraint("risk <> ''", name=op.f('ck_system_risk_risk')),
    sa.CheckConstraint('impact BETWEEN 1 AND 5', name=op.f('ck_system_risk_impact')),
    sa.CheckConstraint('likelihood BETWEEN 1 AND 5', name=op.f('ck_system_risk_likelihood')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_system_risk_system_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_system_risk'))
    )
    op.create_index(op.f('ix_system_risk_system_id'), 'system_risk', ['system_id'], unique=False)
    op.create_table('access_right',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('level', sa.String(length=8), nullable=False),
    sa.Column('account', sa.String(length=120), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('granted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('told_days', sa.Integer(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('revoked_why', sa.String(length=300), nullable=False),
    sa.Column('switched_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('switched_off_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(revoked_at IS NULL) = (revoked_why = '')", name=op.f('ck_access_right_revoked_why')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_access_right_days')),
    sa.CheckConstraint('granted_by_id <> person_id', name=op.f('ck_access_right_two_people')),
    sa.CheckConstraint('switched_off_at IS NULL OR revoked_at IS NOT NULL', name=op.f('ck_access_right_switched_off')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['person.id'], name=op.f('fk_access_right_granted_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_access_right_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['service_request.id'], name=op.f('fk_access_right_request_id')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['person.id'], name=op.f('fk_access_right_revoked_by_id')),
    sa.ForeignKeyConstraint(['switched_off_by_id'], ['person.id'], name=op.f('fk_access_right_switched_off_by_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_access_right_system_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_access_right_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_right'))
    )
    op.create_index('ix_access_right_ends', 'access_right', ['ends_on'], unique=False, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
    op.create_index(op.f('ix_access_right_granted_by_id'), 'access_right', ['granted_by_id'], unique=False)
    op.create_index('ix_access_right_on', 'access_right', ['system_id'], unique=False, sqlite_where=sa.text('revoked_at IS NOT NULL AND switched_off_at IS NULL'), postgresql_where=sa.text('revoked_at IS NOT NULL AND switched_off_at IS NULL'))
    op.create_index('ix_access_right_person', 'access_right', ['person_id', 'id'], unique=False)
    op.create_index(op.f('ix_access_right_request_id'), 'access_right', ['request_id'], unique=False)
    op.create_index('ix_access_right_system', 'access_right', ['system_id', 'id'], unique=False)
    op.create_index(op.f('ix_access_right_unit_id'), 'access_right', ['unit_id'], unique=False)
    op.create_index('uq_access_right_in_force', 'access_right', ['system_id', 'person_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
    op.create_table('system_request',
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['service_request.id'], name=op.f('fk_system_request_request_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_system_request_system_id')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_system_request'))
    )
    op.create_index(op.f('ix_system_request_system_id'), 'system_request', ['system_id'], unique=False)
    op.create_table('access_review_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('right_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('verdict', sa.String(length=8), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_access_review_line_decided_by_id')),
    sa.ForeignKeyConstraint(['right_id'], ['access_right.id'], name=op.f('fk_access_review_line_right_id')),
    sa.ForeignKeyConstraint(['round_id'], ['access_review.id'], name=op.f('fk_access_review_line_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_review_line')),
    sa.UniqueConstraint('round_id', 'right_id', name=op.f('uq_access_review_line_round_id_right_id'))
    )
    op.create_index(op.f('ix_access_review_line_right_id'), 'access_review_line', ['right_id'], unique=False)
