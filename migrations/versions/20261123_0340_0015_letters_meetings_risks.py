"""Letters, meetings with their minutes, risks of internal control.

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

TABLES = (
    "letter_series",
    "letter",
    "letter_file",
    "letter_matter",
    "letter_step",
    "meeting",
    "agenda_item",
    "meeting_person",
    "meeting_task",
    "risk_table",
    "risk",
    "risk_component",
    "risk_follow_up",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("letter")
    changes.make_search("meeting")
    changes.make_search("risk")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("letter", "meeting", "risk")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('letter_series',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('book', sa.String(length=10), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_letter_series_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_series')),
    sa.UniqueConstraint('unit_id', 'book', 'year', name=op.f('uq_letter_series_unit_id_book_year'))
    )
    op.create_table('letter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('book', sa.String(length=10), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('letter_no', sa.String(length=80), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('sender', sa.String(length=200), nullable=False),
    sa.Column('recipient', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('urgency', sa.String(length=8), nullable=False),
    sa.Column('enclosures', sa.String(length=500), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('answers_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('holder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.String(length=500), nullable=False),
    sa.Column('cancelled_why', sa.String(length=300), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('registered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name=op.f('ck_letter_cancelled')),
    sa.CheckConstraint("state <> 'done' OR outcome <> ''", name=op.f('ck_letter_done')),
    sa.CheckConstraint("state <> 'passed' OR holder_id IS NOT NULL", name=op.f('ck_letter_holder')),
    sa.CheckConstraint("subject <> ''", name=op.f('ck_letter_subject')),
    sa.CheckConstraint('number > 0', name=op.f('ck_letter_number')),
    sa.ForeignKeyConstraint(['answers_id'], ['letter.id'], name=op.f('fk_letter_answers_id')),
    sa.ForeignKeyConstraint(['holder_id'], ['person.id'], name=op.f('fk_letter_holder_id')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_letter_registered_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_letter_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('unit_id', 'book', 'year', 'number', name=op.f('uq_letter_unit_id_book_year_number'))
    )
    op.create_index('ix_letter_answer_by', 'letter', ['answer_by', 'id'], unique=False, sqlite_where=sa.text("state IN ('registered', 'passed') AND answer_by IS NOT NULL"), postgresql_where=sa.text("state IN ('registered', 'passed') AND answer_by IS NOT NULL"))
    op.create_index(op.f('ix_letter_answers_id'), 'letter', ['answers_id'], unique=False)
    op.create_index(op.f('ix_letter_holder_id'), 'letter', ['holder_id'], unique=False)
    op.create_index('ix_letter_list', 'letter', ['unit_id', 'book', 'year', 'number'], unique=False)
    op.create_index('ix_letter_no', 'letter', ['letter_no'], unique=False)
    op.create_index(op.f('ix_letter_registered_by_id'), 'letter', ['registered_by_id'], unique=False)
    op.create_table('letter_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_file_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_file'))
    )
    op.create_index('ix_letter_file_letter', 'letter_file', ['letter_id', 'id'], unique=False)
    op.create_table('letter_matter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('matter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_matter_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_matter')),
    sa.UniqueConstraint('letter_id', 'kind', 'matter_id', name=op.f('uq_letter_matter_letter_id_kind_matter_id'))
    )
    op.create_index('ix_letter_matter', 'letter_matter', ['kind', 'matter_id', 'letter_id'], unique=False)
    op.create_table('letter_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('act', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(act = 'passed') = (person_id IS NOT NULL)", name=op.f('ck_letter_step_person')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_step_letter_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_step_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_step'))
    )
    op.create_index('ix_letter_step_letter', 'letter_step', ['letter_id', 'id'], unique=False)
    op.create_index('ix_letter_step_person', 'letter_step', ['person_id', 'letter_id'], unique=False)
    op.create_table('meeting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.String(length=200), nullable=False),
    sa.Column('session_no', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('previous_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('adopted_how', sa.String(length=10), nullable=True),
    sa.Column('corrections', sa.Text(), nullable=False),
    sa.Column('cancelled_why', sa.String(length=300), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'adopted') = (adopted_on IS NOT NULL)", name=op.f('ck_meeting_adopted')),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name=op.f('ck_meeting_cancelled')),
    sa.CheckConstraint("state NOT IN ('held', 'circulated', 'adopted') OR began_at IS NOT NULL", name=op.f('ck_meeting_began')),
    sa.CheckConstraint('began_at IS NULL OR ended_at > began_at', name=op.f('ck_meeting_held')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_meeting_span')),
    sa.CheckConstraint('session_no > 0', name=op.f('ck_meeting_session_no')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_meeting_owner_id')),
    sa.ForeignKeyConstraint(['previous_id'], ['meeting.id'], name=op.f('fk_meeting_previous_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_meeting_programme_id')),
    sa.ForeignKeyConstraint(['request_id'], ['loan_request.id'], name=op.f('fk_meeting_request_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_meeting_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('unit_id', 'body', 'year', 'session_no', name=op.f('uq_meeting_unit_id_body_year_session_no'))
    )
    op.create_index(op.f('ix_meeting_owner_id'), 'meeting', ['owner_id'], unique=False)
    op.create_index(op.f('ix_meeting_previous_id'), 'meeting', ['previous_id'], unique=False)
    op.create_index(op.f('ix_meeting_programme_id'), 'meeting', ['programme_id'], unique=False)
    op.create_index(op.f('ix_meeting_request_id'), 'meeting', ['request_id'], unique=False)
    op.create_index('ix_meeting_starts', 'meeting', ['starts_at', 'id'], unique=False)
    op.create_index('ix_meeting_unit', 'meeting', ['unit_id', 'starts_at'], unique=False)
    op.create_table('agenda_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('section', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('resolution', sa.Text(), nullable=False),
    sa.CheckConstraint("title <> ''", name=op.f('ck_agenda_item_title')),
    sa.CheckConstraint('section > 0 AND place >= 0', name=op.f('ck_agenda_item_number')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
    sa.UniqueConstraint('meeting_id', 'section', 'place', name=op.f('uq_agenda_item_meeting_id_section_place'))
    )
    op.create_table('meeting_person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('duty', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=300), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply', sa.String(length=10), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('presence', sa.String(length=10), nullable=False),
    sa.Column('deputy', sa.String(length=200), nullable=False),
    sa.Column('remark', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(presence = 'deputy') = (deputy <> '')", name=op.f('ck_meeting_person_deputy')),
    sa.CheckConstraint("name <> ''", name=op.f('ck_meeting_person_name')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_person_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_person_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_person')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_meeting_person_meeting_id_person_id'))
    )
    op.create_index('ix_meeting_person_person', 'meeting_person', ['person_id', 'meeting_id'], unique=False)
    op.create_index('uq_meeting_person_chair', 'meeting_person', ['meeting_id'], unique=True, sqlite_where=sa.text("duty = 'chair'"), postgresql_where=sa.text("duty = 'chair'"))
    op.create_table('meeting_task',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('what', sa.String(length=500), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('done_words', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(done_on IS NULL) = (done_words = '')", name=op.f('ck_meeting_task_done')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_meeting_task_item_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_task_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_task_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_task'))
    )
    op.create_index(op.f('ix_meeting_task_item_id'), 'meeting_task', ['item_id'], unique=False)
    op.create_index('ix_meeting_task_meeting', 'meeting_task', ['meeting_id', 'id'], unique=False)
    op.create_index('ix_meeting_task_open', 'meeting_task', ['due_on', 'id'], unique=False, sqlite_where=sa.text('done_on IS NULL'), postgresql_where=sa.text('done_on IS NULL'))
    op.create_index('ix_meeting_task_person', 'meeting_task', ['person_id', 'done_on', 'due_on'], unique=False)
    op.create_table('risk_table',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('signer', sa.String(length=200), nullable=False),
    sa.Column('signer_position', sa.String(length=200), nullable=False),
    sa.Column('copied_from_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_risk_table_closed')),
    sa.ForeignKeyConstraint(['copied_from_id'], ['risk_table.id'], name=op.f('fk_risk_table_copied_from_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_risk_table_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_table')),
    sa.UniqueConstraint('unit_id', 'fiscal_year', name=op.f('uq_risk_table_unit_id_fiscal_year'))
    )
    op.create_index(op.f('ix_risk_table_copied_from_id'), 'risk_table', ['copied_from_id'], unique=False)
    op.create_index('ix_risk_table_year', 'risk_table', ['fiscal_year', 'unit_id'], unique=False)
    op.create_table('risk',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('table_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('objective', sa.Text(), nullable=False),
    sa.Column('danger', sa.Text(), nullable=False),
    sa.Column('control', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=8), nullable=False),
    sa.Column('assessment', sa.Text(), nullable=False),
    sa.Column('likelihood', sa.Integer(), nullable=False),
    sa.Column('impact', sa.Integer(), nullable=False),
    sa.Column('remaining', sa.Text(), nullable=False),
    sa.Column('treatment', sa.String(length=8), nullable=False),
    sa.Column('improvement', sa.Text(), nullable=False),
    sa.Column('responsible_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("objective <> '' AND danger <> ''", name=op.f('ck_risk_words')),
    sa.CheckConstraint("treatment = 'accept' OR (improvement <> '' AND due_on IS NOT NULL AND responsible_id IS NOT NULL)", name=op.f('ck_risk_treatment')),
    sa.CheckConstraint('likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5', name=op.f('ck_risk_weights')),
    sa.ForeignKeyConstraint(['responsible_id'], ['person.id'], name=op.f('fk_risk_responsible_id')),
    sa.ForeignKeyConstraint(['table_id'], ['risk_table.id'], name=op.f('fk_risk_table_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk')),
    sa.UniqueConstraint('table_id', 'place', name=op.f('uq_risk_table_id_place'))
    )
    op.create_index('ix_risk_due', 'risk', ['due_on', 'id'], unique=False, sqlite_where=sa.text('done_on IS NULL AND due_on IS NOT NULL'), postgresql_where=sa.text('done_on IS NULL AND due_on IS NOT NULL'))
    op.create_index('ix_risk_responsible', 'risk', ['responsible_id', 'done_on', 'due_on'], unique=False)
    op.create_table('risk_component',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('table_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('finding', sa.Text(), nullable=False),
    sa.CheckConstraint('number BETWEEN 1 AND 5', name=op.f('ck_risk_component_number')),
    sa.ForeignKeyConstraint(['table_id'], ['risk_table.id'], name=op.f('fk_risk_component_table_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_component')),
    sa.UniqueConstraint('table_id', 'number', name=op.f('uq_risk_component_table_id_number'))
    )
    op.create_table('risk_follow_up',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('risk_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('progress', sa.String(length=12), nullable=False),
    sa.Column('likelihood', sa.Integer(), nullable=False),
    sa.Column('impact', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5', name=op.f('ck_risk_follow_up_weights')),
    sa.CheckConstraint('quarter BETWEEN 1 AND 4', name=op.f('ck_risk_follow_up_quarter')),
    sa.ForeignKeyConstraint(['risk_id'], ['risk.id'], name=op.f('fk_risk_follow_up_risk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_follow_up')),
    sa.UniqueConstraint('risk_id', 'quarter', name=op.f('uq_risk_follow_up_risk_id_quarter'))
    )
