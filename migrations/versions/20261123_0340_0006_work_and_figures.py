"""Work on tickets, mail that comes in, figures.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

TABLES = (
    "checklist",
    "saved_reply",
    "checklist_step",
    "outside_repair",
    "repair_replacement",
    "repair_replacement_plan",
    "repair_signature",
    "repair_spell",
    "ticket_link",
    "repair_cost",
    "mailbox_mark",
    "incoming_mail",
    "mail_file",
    "advice_topic",
    "figure_cursor",
    "operation_summary",
    "consultation",
    "ticket_figure",
    "ticket_figure_symptom",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()


def downgrade() -> None:
    """Go down."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('checklist',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('required', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_checklist_class_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist'))
    )
    op.create_index(op.f('ix_checklist_category'), 'checklist', ['category'], unique=False)
    op.create_index(op.f('ix_checklist_class_id'), 'checklist', ['class_id'], unique=False)
    op.create_table('saved_reply',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_saved_reply_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_reply'))
    )
    op.create_index('ix_saved_reply_owner', 'saved_reply', ['owner_id', 'name'], unique=False)
    op.create_table('checklist_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('checklist_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text_th', sa.String(length=200), nullable=False),
    sa.Column('text_en', sa.String(length=200), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('done_by_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(done_at IS NULL) = (done_by_name = '')", name=op.f('ck_checklist_step_done')),
    sa.ForeignKeyConstraint(['checklist_id'], ['checklist.id'], name=op.f('fk_checklist_step_checklist_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_checklist_step_done_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_checklist_step_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_step')),
    sa.UniqueConstraint('ticket_id', 'checklist_id', 'position', name=op.f('uq_checklist_step_ticket_id_checklist_id_position'))
    )
    op.create_table('outside_repair',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('expected_on', sa.Date(), nullable=False),
    sa.Column('condition_out', sa.String(length=400), nullable=False),
    sa.Column('accessories', sa.String(length=400), nullable=False),
    sa.Column('quoted', sa.BigInteger(), nullable=True),
    sa.Column('quote_no', sa.String(length=60), nullable=False),
    sa.Column('quoted_on', sa.Date(), nullable=True),
    sa.Column('cover_why', sa.String(length=300), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('back_on', sa.Date(), nullable=True),
    sa.Column('works', sa.Boolean(), nullable=True),
    sa.Column('back_note', sa.String(length=400), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=True),
    sa.Column('receipt_no', sa.String(length=60), nullable=False),
    sa.Column('warranty_until', sa.Date(), nullable=True),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'back') = (back_on IS NOT NULL)", name=op.f('ck_outside_repair_back')),
    sa.CheckConstraint('expected_on >= sent_on', name=op.f('ck_outside_repair_expected')),
    sa.CheckConstraint('paid IS NULL OR paid >= 0', name=op.f('ck_outside_repair_paid')),
    sa.CheckConstraint('quoted IS NULL OR quoted >= 0', name=op.f('ck_outside_repair_quoted')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_outside_repair_approval_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_outside_repair_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_outside_repair_ticket_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_outside_repair_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_repair')),
    sa.UniqueConstraint('number', name=op.f('uq_outside_repair_number'))
    )
    op.create_index('ix_outside_repair_expected', 'outside_repair', ['state', 'expected_on', 'id'], unique=False)
    op.create_index('ix_outside_repair_ticket', 'outside_repair', ['ticket_id', 'id'], unique=False)
    op.create_index('ix_outside_repair_vendor', 'outside_repair', ['vendor_id', 'id'], unique=False)
    op.create_index('uq_outside_repair_away', 'outside_repair', ['ticket_id'], unique=True, sqlite_where=sa.text("state <> 'back'"), postgresql_where=sa.text("state <> 'back'"))
    op.create_table('repair_replacement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('loan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_repair_replacement_loan_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_replacement_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_replacement')),
    sa.UniqueConstraint('loan_id', name=op.f('uq_repair_replacement_loan_id'))
    )
    op.create_index(op.f('ix_repair_replacement_ticket_id'), 'repair_replacement', ['ticket_id'], unique=False)
    op.create_table('repair_replacement_plan',
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_repair_replacement_plan_officer_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_replacement_plan_ticket_id')),
    sa.PrimaryKeyConstraint('officer_id', name=op.f('pk_repair_replacement_plan'))
    )
    op.create_index(op.f('ix_repair_replacement_plan_ticket_id'), 'repair_replacement_plan', ['ticket_id'], unique=False)
    op.create_table('repair_signature',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(way = 'drawn') = (file_key <> '')", name=op.f('ck_repair_signature_drawing')),
    sa.CheckConstraint("way = 'drawn' OR person_id IS NOT NULL", name=op.f('ck_repair_signature_card')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_repair_signature_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_repair_signature_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_signature_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_signature'))
    )
    op.create_index(op.f('ix_repair_signature_ticket_id'), 'repair_signature', ['ticket_id'], unique=False)
    op.create_table('repair_spell',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes IS NOT NULL OR started_at IS NOT NULL', name=op.f('ck_repair_spell_started')),
    sa.CheckConstraint('minutes IS NULL OR minutes BETWEEN 0 AND 1440', name=op.f('ck_repair_spell_minutes')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_repair_spell_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_spell_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_spell'))
    )
    op.create_index('ix_repair_spell_person', 'repair_spell', ['person_id', 'on_day'], unique=False)
    op.create_index('ix_repair_spell_ticket', 'repair_spell', ['ticket_id', 'id'], unique=False)
    op.create_index('uq_repair_spell_running', 'repair_spell', ['person_id'], unique=True, sqlite_where=sa.text('minutes IS NULL'), postgresql_where=sa.text('minutes IS NULL'))
    op.create_table('ticket_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('ticket_id < other_id', name=op.f('ck_ticket_link_order')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_ticket_link_by_id')),
    sa.ForeignKeyConstraint(['other_id'], ['ticket.id'], name=op.f('fk_ticket_link_other_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_link_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_link')),
    sa.UniqueConstraint('ticket_id', 'other_id', name=op.f('uq_ticket_link_ticket_id_other_id'))
    )
    op.create_index(op.f('ix_ticket_link_other_id'), 'ticket_link', ['other_id'], unique=False)
    op.create_table('repair_cost',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('what', sa.String(length=200), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('receipt_no', sa.String(length=60), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outside_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('stock_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cover_why', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('struck_why', sa.String(length=300), nullable=False),
    sa.CheckConstraint("(struck_at IS NULL) = (struck_why = '')", name=op.f('ck_repair_cost_struck')),
    sa.CheckConstraint('amount >= 0 OR stock_line_id IS NOT NULL', name=op.f('ck_repair_cost_amount')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_repair_cost_by_id')),
    sa.ForeignKeyConstraint(['outside_id'], ['outside_repair.id'], name=op.f('fk_repair_cost_outside_id')),
    sa.ForeignKeyConstraint(['stock_line_id'], ['stock_slip_line.id'], name=op.f('fk_repair_cost_stock_line_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_cost_ticket_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_repair_cost_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_cost')),
    sa.UniqueConstraint('stock_line_id', name=op.f('uq_repair_cost_stock_line_id'))
    )
    op.create_index(op.f('ix_repair_cost_outside_id'), 'repair_cost', ['outside_id'], unique=False)
    op.create_index('ix_repair_cost_ticket', 'repair_cost', ['ticket_id', 'id'], unique=False)
    op.create_table('mailbox_mark',
    sa.Column('mailbox', sa.String(length=64), nullable=False),
    sa.Column('epoch', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_uid', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('mailbox', name=op.f('pk_mailbox_mark'))
    )
    op.create_table('incoming_mail',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_key', sa.String(length=64), nullable=False),
    sa.Column('raw_key', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sender', sa.String(length=254), nullable=False),
    sa.Column('sender_name', sa.String(length=120), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('ticket', 'reply')) = (ticket_id IS NOT NULL)", name=op.f('ck_incoming_mail_ticket')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_incoming_mail_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incoming_mail')),
    sa.UniqueConstraint('message_key', name=op.f('uq_incoming_mail_message_key'))
    )
    op.create_index('ix_incoming_mail_new', 'incoming_mail', ['id'], unique=False, sqlite_where=sa.text("state = 'stored'"), postgresql_where=sa.text("state = 'stored'"))
    op.create_index('ix_incoming_mail_state', 'incoming_mail', ['state', 'id'], unique=False)
    op.create_index(op.f('ix_incoming_mail_ticket_id'), 'incoming_mail', ['ticket_id'], unique=False)
    op.create_table('mail_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=140), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('remark', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['incoming_mail.id'], name=op.f('fk_mail_file_mail_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_mail_file_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_file'))
    )
    op.create_index(op.f('ix_mail_file_mail_id'), 'mail_file', ['mail_id'], unique=False)
    op.create_index('ix_mail_file_ticket', 'mail_file', ['ticket_id', 'id'], unique=False)
    op.create_table('advice_topic',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advice_topic')),
    sa.UniqueConstraint('code', name=op.f('uq_advice_topic_code'))
    )
    op.create_table('figure_cursor',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('walked_to', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('walk_ends', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('audit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_figure_cursor_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figure_cursor'))
    )
    op.create_table('operation_summary',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('problems', sa.Text(), nullable=False),
    sa.Column('suggestions', sa.Text(), nullable=False),
    sa.Column('changed_by', sa.String(length=200), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_operation_summary_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operation_summary')),
    sa.UniqueConstraint('code', name=op.f('uq_operation_summary_code'))
    )
    op.create_table('consultation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.String(length=30), nullable=False),
    sa.Column('result', sa.String(length=12), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_consultation_minutes')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_consultation_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_consultation_ticket_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_consultation_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sa.UniqueConstraint('ticket_id', name=op.f('uq_consultation_ticket_id'))
    )
    op.create_index('ix_consultation_month', 'consultation', ['month', 'unit_id', 'id'], unique=False)
    op.create_table('ticket_figure',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('assignee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('product_model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('category', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('priority', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=False),
    sa.Column('opened_month', sa.Integer(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('ended_month', sa.Integer(), nullable=True),
    sa.Column('resolved_month', sa.Integer(), nullable=True),
    sa.Column('response_minutes', sa.Integer(), nullable=True),
    sa.Column('response_met', sa.Boolean(), nullable=True),
    sa.Column('resolution_minutes', sa.Integer(), nullable=True),
    sa.Column('resolution_met', sa.Boolean(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('seen_version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_ticket_figure_asset_id')),
    sa.ForeignKeyConstraint(['assignee_id'], ['person.id'], name=op.f('fk_ticket_figure_assignee_id')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_ticket_figure_class_id')),
    sa.ForeignKeyConstraint(['product_model_id'], ['product_model.id'], name=op.f('fk_ticket_figure_product_model_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_ticket_figure_room_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_figure_ticket_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_ticket_figure_unit_id')),
    sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_ticket_figure'))
    )
    op.create_index('ix_ticket_figure_asset', 'ticket_figure', ['asset_id', 'opened_month'], unique=False)
    op.create_index('ix_ticket_figure_ended', 'ticket_figure', ['ended_month', 'unit_id', 'resolved_month', 'resolution_minutes', 'resolution_met'], unique=False)
    op.create_index('ix_ticket_figure_opened', 'ticket_figure', ['opened_month', 'unit_id', 'ended_month'], unique=False)
    op.create_table('ticket_figure_symptom',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('symptom_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['symptom_id'], ['symptom.id'], name=op.f('fk_ticket_figure_symptom_symptom_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_figure_symptom_ticket_id')),
    sa.PrimaryKeyConstraint('ticket_id', 'symptom_id', name=op.f('pk_ticket_figure_symptom'))
    )
    op.create_index('ix_ticket_figure_symptom_symptom', 'ticket_figure_symptom', ['symptom_id', 'ticket_id'], unique=False)
