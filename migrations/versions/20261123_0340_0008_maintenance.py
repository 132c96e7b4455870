"""Maintenance, calendar feeds, the ladder of reminders.

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

TABLES = (
    "maintenance_visit",
    "maintenance_plan",
    "meter_reading",
    "maintenance_item",
    "maintenance_part",
    "maintenance_step",
    "maintenance_occurrence",
    "maintenance_answer",
    "maintenance_photo",
    "feed_address",
    "loan_ladder",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.add_reference('loan_basket', 'terms_request_id', 'loan_request')
    op.create_index('ix_loan_basket_terms_request_id', 'loan_basket', ['terms_request_id'])
    op.create_index('ix_loan_line_out', 'loan_line', ['out_at'])


def downgrade() -> None:
    """Go down."""
    op.drop_index('ix_loan_line_out', table_name='loan_line')
    op.drop_index('ix_loan_basket_terms_request_id', table_name='loan_basket')
    op.drop_column('loan_basket', 'terms_request_id')
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('maintenance_visit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('ticket_number', sa.String(length=40), nullable=False),
    sa.Column('chosen', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_maintenance_visit_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_maintenance_visit_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_visit'))
    )
    op.create_index('ix_maintenance_visit_day', 'maintenance_visit', ['day', 'id'], unique=False)
    op.create_index(op.f('ix_maintenance_visit_person_id'), 'maintenance_visit', ['person_id'], unique=False)
    op.create_index('ix_maintenance_visit_unit', 'maintenance_visit', ['unit_id', 'day'], unique=False)
    op.create_table('maintenance_plan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('counts', sa.String(length=10), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.Column('months', sa.JSON(), nullable=False),
    sa.Column('meter', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=10), nullable=False),
    sa.Column('catch_up', sa.String(length=6), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('tolerance_days', sa.Integer(), nullable=False),
    sa.Column('lead_days', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('caretaker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name_th <> ''", name=op.f('ck_maintenance_plan_name')),
    sa.CheckConstraint('class_id IS NOT NULL OR model_id IS NOT NULL OR unit_id IS NOT NULL OR asset_id IS NOT NULL', name=op.f('ck_maintenance_plan_reach')),
    sa.CheckConstraint('every > 0', name=op.f('ck_maintenance_plan_every')),
    sa.CheckConstraint('tolerance_days >= 0 AND lead_days >= 0', name=op.f('ck_maintenance_plan_days')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_maintenance_plan_asset_id')),
    sa.ForeignKeyConstraint(['caretaker_id'], ['person.id'], name=op.f('fk_maintenance_plan_caretaker_id')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_maintenance_plan_class_id')),
    sa.ForeignKeyConstraint(['model_id'], ['product_model.id'], name=op.f('fk_maintenance_plan_model_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_maintenance_plan_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_plan'))
    )
    op.create_index(op.f('ix_maintenance_plan_asset_id'), 'maintenance_plan', ['asset_id'], unique=False)
    op.create_index(op.f('ix_maintenance_plan_caretaker_id'), 'maintenance_plan', ['caretaker_id'], unique=False)
    op.create_index(op.f('ix_maintenance_plan_class_id'), 'maintenance_plan', ['class_id'], unique=False)
    op.create_index(op.f('ix_maintenance_plan_model_id'), 'maintenance_plan', ['model_id'], unique=False)
    op.create_index(op.f('ix_maintenance_plan_unit_id'), 'maintenance_plan', ['unit_id'], unique=False)
    op.create_table('meter_reading',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meter', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=False),
    sa.Column('replaced', sa.Boolean(), nullable=False),
    sa.Column('client_id', sa.String(length=60), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('value >= 0', name=op.f('ck_meter_reading_value')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_meter_reading_asset_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_meter_reading_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meter_reading')),
    sa.UniqueConstraint('client_id', name=op.f('uq_meter_reading_client_id'))
    )
    op.create_index('ix_meter_reading_asset', 'meter_reading', ['asset_id', 'meter', 'id'], unique=False)
    op.create_index(op.f('ix_meter_reading_by_id'), 'meter_reading', ['by_id'], unique=False)
    op.create_table('maintenance_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('next_due_on', sa.Date(), nullable=True),
    sa.Column('comes_up_on', sa.Date(), nullable=True),
    sa.Column('next_at_meter', sa.Integer(), nullable=True),
    sa.Column('last_done_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_maintenance_item_asset_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['maintenance_plan.id'], name=op.f('fk_maintenance_item_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_item')),
    sa.UniqueConstraint('plan_id', 'asset_id', name=op.f('uq_maintenance_item_plan_id_asset_id'))
    )
    op.create_index('ix_maintenance_item_asset', 'maintenance_item', ['asset_id'], unique=False)
    op.create_index('ix_maintenance_item_due', 'maintenance_item', ['comes_up_on', 'id'], unique=False, sqlite_where=sa.text('comes_up_on IS NOT NULL'), postgresql_where=sa.text('comes_up_on IS NOT NULL'))
    op.create_table('maintenance_part',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('what', sa.String(length=200), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_maintenance_part_quantity')),
    sa.ForeignKeyConstraint(['plan_id'], ['maintenance_plan.id'], name=op.f('fk_maintenance_part_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_part'))
    )
    op.create_index(op.f('ix_maintenance_part_plan_id'), 'maintenance_part', ['plan_id'], unique=False)
    op.create_table('maintenance_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text_th', sa.String(length=200), nullable=False),
    sa.Column('text_en', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('unit_word', sa.String(length=30), nullable=False),
    sa.Column('least', sa.Numeric(precision=14, scale=3), nullable=True),
    sa.Column('most', sa.Numeric(precision=14, scale=3), nullable=True),
    sa.ForeignKeyConstraint(['plan_id'], ['maintenance_plan.id'], name=op.f('fk_maintenance_step_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_step'))
    )
    op.create_index(op.f('ix_maintenance_step_plan_id'), 'maintenance_step', ['plan_id'], unique=False)
    op.create_table('maintenance_occurrence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('visit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('repair_number', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=60), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f('ck_maintenance_occurrence_done')),
    sa.CheckConstraint("(state = 'on_visit') <= (visit_id IS NOT NULL)", name=op.f('ck_maintenance_occurrence_visit')),
    sa.CheckConstraint("state <> 'skipped' OR reason <> ''", name=op.f('ck_maintenance_occurrence_reason')),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_maintenance_occurrence_done_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['maintenance_item.id'], name=op.f('fk_maintenance_occurrence_item_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['maintenance_visit.id'], name=op.f('fk_maintenance_occurrence_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_occurrence')),
    sa.UniqueConstraint('client_id', name=op.f('uq_maintenance_occurrence_client_id')),
    sa.UniqueConstraint('item_id', 'due_on', name=op.f('uq_maintenance_occurrence_item_id_due_on'))
    )
    op.create_index(op.f('ix_maintenance_occurrence_done_by_id'), 'maintenance_occurrence', ['done_by_id'], unique=False)
    op.create_index('ix_maintenance_occurrence_state', 'maintenance_occurrence', ['state', 'planned_on', 'id'], unique=False)
    op.create_index('ix_maintenance_occurrence_visit', 'maintenance_occurrence', ['visit_id'], unique=False)
    op.create_index('uq_maintenance_occurrence_open', 'maintenance_occurrence', ['item_id'], unique=True, sqlite_where=sa.text("state IN ('planned', 'on_visit')"), postgresql_where=sa.text("state IN ('planned', 'on_visit')"))
    op.create_table('maintenance_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('good', sa.Boolean(), nullable=False),
    sa.Column('reading', sa.Numeric(precision=14, scale=3), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('client_id', sa.String(length=60), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_maintenance_answer_by_id')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['maintenance_occurrence.id'], name=op.f('fk_maintenance_answer_occurrence_id')),
    sa.ForeignKeyConstraint(['step_id'], ['maintenance_step.id'], name=op.f('fk_maintenance_answer_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_answer')),
    sa.UniqueConstraint('client_id', name=op.f('uq_maintenance_answer_client_id')),
    sa.UniqueConstraint('occurrence_id', 'step_id', name=op.f('uq_maintenance_answer_occurrence_id_step_id'))
    )
    op.create_index(op.f('ix_maintenance_answer_by_id'), 'maintenance_answer', ['by_id'], unique=False)
    op.create_index(op.f('ix_maintenance_answer_step_id'), 'maintenance_answer', ['step_id'], unique=False)
    op.create_table('maintenance_photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('client_id', sa.String(length=60), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['occurrence_id'], ['maintenance_occurrence.id'], name=op.f('fk_maintenance_photo_occurrence_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_maintenance_photo_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_maintenance_photo')),
    sa.UniqueConstraint('client_id', name=op.f('uq_maintenance_photo_client_id'))
    )
    op.create_index(op.f('ix_maintenance_photo_occurrence_id'), 'maintenance_photo', ['occurrence_id'], unique=False)
    op.create_index(op.f('ix_maintenance_photo_person_id'), 'maintenance_photo', ['person_id'], unique=False)
    op.create_table('feed_address',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_address_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_feed_address'))
    )
    op.create_table('loan_ladder',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('before_days', sa.Integer(), nullable=False),
    sa.Column('after_days', sa.Integer(), nullable=False),
    sa.Column('follow_up_days', sa.Integer(), nullable=False),
    sa.Column('head_days', sa.Integer(), nullable=False),
    sa.Column('director_days', sa.Integer(), nullable=False),
    sa.Column('block_from_days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('after_days BETWEEN 1 AND 3', name=op.f('ck_loan_ladder_after_days')),
    sa.CheckConstraint('before_days BETWEEN 1 AND 14', name=op.f('ck_loan_ladder_before_days')),
    sa.CheckConstraint('block_from_days BETWEEN 1 AND 60', name=op.f('ck_loan_ladder_block_from_days')),
    sa.CheckConstraint('director_days > head_days', name=op.f('ck_loan_ladder_director_days')),
    sa.CheckConstraint('follow_up_days BETWEEN 4 AND 7', name=op.f('ck_loan_ladder_follow_up_days')),
    sa.CheckConstraint('head_days > follow_up_days', name=op.f('ck_loan_ladder_head_days')),
    sa.CheckConstraint('id = 1', name=op.f('ck_loan_ladder_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_ladder'))
    )
