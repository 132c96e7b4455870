"""Surveys and trainings.

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

TABLES = (
    "survey",
    "survey_invitation",
    "survey_question",
    "survey_response",
    "survey_service",
    "survey_unit",
    "survey_answer",
    "survey_name",
    "survey_report",
    "training_course",
    "training_session",
    "training_enrolment",
    "training_attendance",
    "training_certificate",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()


def downgrade() -> None:
    """Go down."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('survey',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('title_th', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('intro_th', sa.Text(), nullable=False),
    sa.Column('intro_en', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('band', sa.String(length=10), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('sample_size', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=40), nullable=False),
    sa.Column('invited', sa.Integer(), nullable=False),
    sa.Column('previous_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f('ck_survey_state')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_survey_made_by_id')),
    sa.ForeignKeyConstraint(['previous_id'], ['survey.id'], name=op.f('fk_survey_previous_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('code', name=op.f('uq_survey_code')),
    sa.UniqueConstraint('id', 'anonymous', name=op.f('uq_survey_id_anonymous'))
    )
    op.create_index('ix_survey_list', 'survey', ['state', 'id'], unique=False)
    op.create_index(op.f('ix_survey_made_by_id'), 'survey', ['made_by_id'], unique=False)
    op.create_index(op.f('ix_survey_previous_id'), 'survey', ['previous_id'], unique=False)
    op.create_table('survey_invitation',
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_survey_invitation_person_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_invitation_survey_id')),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_survey_invitation')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_survey_invitation_person_id'), 'survey_invitation', ['person_id'], unique=False)
    op.create_index(op.f('ix_survey_invitation_survey_id'), 'survey_invitation', ['survey_id'], unique=False)
    op.create_index('uq_survey_invitation_person', 'survey_invitation', ['survey_id', 'person_id'], unique=True)
    op.create_table('survey_question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('section_th', sa.String(length=200), nullable=False),
    sa.Column('section_en', sa.String(length=200), nullable=False),
    sa.Column('aspect_th', sa.String(length=120), nullable=False),
    sa.Column('aspect_en', sa.String(length=120), nullable=False),
    sa.Column('sort', sa.String(length=10), nullable=False),
    sa.Column('text_th', sa.String(length=500), nullable=False),
    sa.Column('text_en', sa.String(length=500), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('twin_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_question_survey_id')),
    sa.ForeignKeyConstraint(['twin_id'], ['survey_question.id'], name=op.f('fk_survey_question_twin_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_question'))
    )
    op.create_index(op.f('ix_survey_question_survey_id'), 'survey_question', ['survey_id'], unique=False)
    op.create_index(op.f('ix_survey_question_twin_id'), 'survey_question', ['twin_id'], unique=False)
    op.create_table('survey_response',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_response_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_response')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_survey_response_survey_id'), 'survey_response', ['survey_id'], unique=False)
    op.create_table('survey_service',
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_service_survey_id')),
    sa.PrimaryKeyConstraint('survey_id', 'kind', 'subject_id', name=op.f('pk_survey_service'))
    )
    op.create_table('survey_unit',
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_unit_survey_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_survey_unit_unit_id')),
    sa.PrimaryKeyConstraint('survey_id', 'unit_id', name=op.f('pk_survey_unit'))
    )
    op.create_index(op.f('ix_survey_unit_unit_id'), 'survey_unit', ['unit_id'], unique=False)
    op.create_table('survey_answer',
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('figure', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['survey_question.id'], name=op.f('fk_survey_answer_question_id')),
    sa.ForeignKeyConstraint(['response_id'], ['survey_response.id'], name=op.f('fk_survey_answer_response_id')),
    sa.PrimaryKeyConstraint('response_id', 'question_id', name=op.f('pk_survey_answer')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_survey_answer_question_id'), 'survey_answer', ['question_id'], unique=False)
    op.create_table('survey_name',
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('NOT anonymous', name=op.f('ck_survey_name_named')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_survey_name_person_id')),
    sa.ForeignKeyConstraint(['response_id'], ['survey_response.id'], name=op.f('fk_survey_name_response_id')),
    sa.ForeignKeyConstraint(['survey_id', 'anonymous'], ['survey.id', 'survey.anonymous'], name='fk_survey_name_survey_id'),
    sa.PrimaryKeyConstraint('response_id', name=op.f('pk_survey_name'))
    )
    op.create_index(op.f('ix_survey_name_person_id'), 'survey_name', ['person_id'], unique=False)
    op.create_index(op.f('ix_survey_name_survey_id'), 'survey_name', ['survey_id'], unique=False)
    op.create_table('survey_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('objective', sa.Text(), nullable=False),
    sa.Column('population', sa.Text(), nullable=False),
    sa.Column('instrument', sa.Text(), nullable=False),
    sa.Column('problems', sa.Text(), nullable=False),
    sa.Column('suggestions', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_survey_report_approval_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_report_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_report')),
    sa.UniqueConstraint('survey_id', name=op.f('uq_survey_report_survey_id'))
    )
    op.create_index(op.f('ix_survey_report_approval_id'), 'survey_report', ['approval_id'], unique=False)
    op.create_table('training_course',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title_th', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('hours > 0', name=op.f('ck_training_course_hours')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_course'))
    )
    op.create_table('training_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('times', sa.String(length=60), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('trainer', sa.String(length=200), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('cancelled_why', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_training_session_days')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_training_session_seats')),
    sa.ForeignKeyConstraint(['course_id'], ['training_course.id'], name=op.f('fk_training_session_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_session'))
    )
    op.create_index(op.f('ix_training_session_course_id'), 'training_session', ['course_id'], unique=False)
    op.create_index('ix_training_session_list', 'training_session', ['state', 'first_day', 'id'], unique=False)
    op.create_table('training_enrolment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('queue', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_training_enrolment_approval_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_training_enrolment_person_id')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_enrolment_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_enrolment')),
    sa.UniqueConstraint('session_id', 'person_id', name=op.f('uq_training_enrolment_session_id_person_id'))
    )
    op.create_index(op.f('ix_training_enrolment_approval_id'), 'training_enrolment', ['approval_id'], unique=False)
    op.create_index(op.f('ix_training_enrolment_person_id'), 'training_enrolment', ['person_id'], unique=False)
    op.create_table('training_attendance',
    sa.Column('enrolment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['training_enrolment.id'], name=op.f('fk_training_attendance_enrolment_id')),
    sa.PrimaryKeyConstraint('enrolment_id', 'day', name=op.f('pk_training_attendance'))
    )
    op.create_table('training_certificate',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enrolment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['training_enrolment.id'], name=op.f('fk_training_certificate_enrolment_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_training_certificate_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_training_certificate_code')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_training_certificate_enrolment_id')),
    sa.UniqueConstraint('number', name=op.f('uq_training_certificate_number'))
    )
    op.create_index(op.f('ix_training_certificate_person_id'), 'training_certificate', ['person_id'], unique=False)
    op.create_index('ix_training_certificate_year', 'training_certificate', ['fiscal_year', 'person_id'], unique=False)
