"""Studies of systems and ICT developments.

Revision: 0017
Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

TABLES = (
    "development",
    "study",
    "development_indicator",
    "study_record",
    "study_file",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("development")
    changes.make_search("study")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("development", "study")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('development',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('sort', sa.String(length=8), nullable=False),
    sa.Column('whose', sa.String(length=8), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('system_name', sa.String(length=160), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('written_on', sa.Date(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('budget', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('users', sa.Text(), nullable=False),
    sa.Column('user_count', sa.Integer(), nullable=True),
    sa.Column('benefit', sa.Text(), nullable=False),
    sa.Column('satisfaction', sa.Text(), nullable=False),
    sa.Column('satisfaction_mean', sa.Numeric(precision=3, scale=2), nullable=True),
    sa.Column('satisfaction_n', sa.Integer(), nullable=True),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('obstacles', sa.Text(), nullable=False),
    sa.Column('next_steps', sa.Text(), nullable=False),
    sa.Column('acknowledged_on', sa.Date(), nullable=True),
    sa.Column('cancelled_why', sa.String(length=300), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'acknowledged') = (acknowledged_on IS NOT NULL)", name=op.f('ck_development_acknowledged')),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name=op.f('ck_development_cancelled')),
    sa.CheckConstraint("(state IN ('finished', 'waiting', 'acknowledged')) = (finished_on IS NOT NULL)", name=op.f('ck_development_finished')),
    sa.CheckConstraint("state NOT IN ('waiting', 'acknowledged') OR approval_id IS NOT NULL", name=op.f('ck_development_approval')),
    sa.CheckConstraint('budget >= 0', name=op.f('ck_development_budget')),
    sa.CheckConstraint('edition >= 1', name=op.f('ck_development_edition')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_development_days')),
    sa.CheckConstraint('satisfaction_mean IS NULL OR satisfaction_mean BETWEEN 1 AND 5', name=op.f('ck_development_satisfaction')),
    sa.CheckConstraint('user_count IS NULL OR user_count >= 0', name=op.f('ck_development_users')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_development_approval_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_development_owner_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_development_survey_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_development_system_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_development_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_development')),
    sa.UniqueConstraint('number', name=op.f('uq_development_number'))
    )
    op.create_index('ix_development_acknowledged', 'development', ['acknowledged_on'], unique=False)
    op.create_index(op.f('ix_development_approval_id'), 'development', ['approval_id'], unique=False)
    op.create_index('ix_development_finished', 'development', ['finished_on'], unique=False)
    op.create_index('ix_development_list', 'development', ['unit_id', 'id'], unique=False)
    op.create_index(op.f('ix_development_owner_id'), 'development', ['owner_id'], unique=False)
    op.create_index(op.f('ix_development_survey_id'), 'development', ['survey_id'], unique=False)
    op.create_index(op.f('ix_development_system_id'), 'development', ['system_id'], unique=False)
    op.create_table('study',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('system_name', sa.String(length=160), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('begun_on', sa.Date(), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('recommendation', sa.Text(), nullable=False),
    sa.Column('resources', sa.Text(), nullable=False),
    sa.Column('acknowledged_on', sa.Date(), nullable=True),
    sa.Column('cancelled_why', sa.String(length=300), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'acknowledged') = (acknowledged_on IS NOT NULL)", name=op.f('ck_study_acknowledged')),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name=op.f('ck_study_cancelled')),
    sa.CheckConstraint("state IN ('open', 'cancelled') OR approval_id IS NOT NULL", name=op.f('ck_study_approval')),
    sa.CheckConstraint('edition >= 1', name=op.f('ck_study_edition')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_study_approval_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_study_owner_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_study_system_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_study_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study')),
    sa.UniqueConstraint('number', name=op.f('uq_study_number'))
    )
    op.create_index('ix_study_acknowledged', 'study', ['acknowledged_on'], unique=False)
    op.create_index(op.f('ix_study_approval_id'), 'study', ['approval_id'], unique=False)
    op.create_index('ix_study_list', 'study', ['unit_id', 'id'], unique=False)
    op.create_index(op.f('ix_study_owner_id'), 'study', ['owner_id'], unique=False)
    op.create_index(op.f('ix_study_system_id'), 'study', ['system_id'], unique=False)
    op.create_table('development_indicator',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('development_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('better', sa.String(length=4), nullable=False),
    sa.Column('before', sa.Numeric(precision=14, scale=3), nullable=False),
    sa.Column('target', sa.Numeric(precision=14, scale=3), nullable=False),
    sa.Column('after', sa.Numeric(precision=14, scale=3), nullable=True),
    sa.ForeignKeyConstraint(['development_id'], ['development.id'], name=op.f('fk_development_indicator_development_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_development_indicator'))
    )
    op.create_index('ix_development_indicator', 'development_indicator', ['development_id', 'id'], unique=False)
    op.create_table('study_record',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('study_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('system_name', sa.String(length=160), nullable=False),
    sa.Column('studied_on', sa.Date(), nullable=False),
    sa.Column('recorder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('current_state', sa.Text(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('data_flows', sa.Text(), nullable=False),
    sa.Column('stakeholders', sa.Text(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('gap', sa.Text(), nullable=False),
    sa.Column('proposal', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'finished') = (finished_on IS NOT NULL)", name=op.f('ck_study_record_finished')),
    sa.ForeignKeyConstraint(['recorder_id'], ['person.id'], name=op.f('fk_study_record_recorder_id')),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_study_record_study_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_study_record_system_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study_record'))
    )
    op.create_index('ix_study_record_finished', 'study_record', ['finished_on'], unique=False)
    op.create_index(op.f('ix_study_record_recorder_id'), 'study_record', ['recorder_id'], unique=False)
    op.create_index(op.f('ix_study_record_system_id'), 'study_record', ['system_id'], unique=False)
    op.create_index('uq_study_record_number', 'study_record', ['study_id', 'number'], unique=True)
    op.create_table('study_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('study_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('development_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('caption', sa.String(length=200), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(CASE WHEN study_id IS NULL THEN 0 ELSE 1 END + CASE WHEN record_id IS NULL THEN 0 ELSE 1 END + CASE WHEN development_id IS NULL THEN 0 ELSE 1 END + CASE WHEN report_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_study_file_owner')),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_study_file_added_by_id')),
    sa.ForeignKeyConstraint(['development_id'], ['development.id'], name=op.f('fk_study_file_development_id')),
    sa.ForeignKeyConstraint(['record_id'], ['study_record.id'], name=op.f('fk_study_file_record_id')),
    sa.ForeignKeyConstraint(['report_id'], ['development.id'], name=op.f('fk_study_file_report_id')),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_study_file_study_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study_file'))
    )
    op.create_index(op.f('ix_study_file_added_by_id'), 'study_file', ['added_by_id'], unique=False)
    op.create_index(op.f('ix_study_file_development_id'), 'study_file', ['development_id'], unique=False)
    op.create_index(op.f('ix_study_file_record_id'), 'study_file', ['record_id'], unique=False)
    op.create_index(op.f('ix_study_file_report_id'), 'study_file', ['report_id'], unique=False)
    op.create_index(op.f('ix_study_file_study_id'), 'study_file', ['study_id'], unique=False)
