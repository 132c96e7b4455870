"""The processes of the manual: programmes.

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

TABLES = (
    "process_text",
    "programme",
    "programme_activity",
    "programme_indicator",
    "programme_member",
    "programme_notice",
    "programme_report",
    "programme_step",
    "programme_log",
    "programme_reader",
    "programme_log_file",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("programme")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("programme")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('process_text',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('process_no', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('definitions', sa.Text(), nullable=False),
    sa.Column('refs', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('process_no BETWEEN 1 AND 9', name=op.f('ck_process_text_process_no')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_process_text_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_text')),
    sa.UniqueConstraint('process_no', 'edition', name=op.f('uq_process_text_process_no_edition'))
    )
    op.create_index(op.f('ix_process_text_made_by_id'), 'process_text', ['made_by_id'], unique=False)
    op.create_table('programme',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('process_no', sa.Integer(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('objective', sa.Text(), nullable=False),
    sa.Column('targets', sa.Text(), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('budget', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_no', sa.String(length=40), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=True),
    sa.Column('copied_from_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(order_no = '') = (ordered_on IS NULL)", name=op.f('ck_programme_ordered')),
    sa.CheckConstraint("state NOT IN ('proposed', 'running', 'closed') OR approval_id IS NOT NULL", name=op.f('ck_programme_approval')),
    sa.CheckConstraint('budget >= 0', name=op.f('ck_programme_budget')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_programme_days')),
    sa.CheckConstraint('process_no BETWEEN 1 AND 9', name=op.f('ck_programme_process_no')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_programme_approval_id')),
    sa.ForeignKeyConstraint(['copied_from_id'], ['programme.id'], name=op.f('fk_programme_copied_from_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_programme_owner_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_programme_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme'))
    )
    op.create_index(op.f('ix_programme_approval_id'), 'programme', ['approval_id'], unique=False)
    op.create_index(op.f('ix_programme_copied_from_id'), 'programme', ['copied_from_id'], unique=False)
    op.create_index('ix_programme_owner', 'programme', ['owner_id', 'id'], unique=False)
    op.create_index('ix_programme_unit', 'programme', ['unit_id', 'id'], unique=False)
    op.create_index('ix_programme_year', 'programme', ['fiscal_year', 'process_no', 'id'], unique=False)
    op.create_table('programme_activity',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('responsible_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('budget', sa.BigInteger(), nullable=False),
    sa.Column('spent', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('told_days', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f('ck_programme_activity_done')),
    sa.CheckConstraint('budget >= 0 AND spent >= 0', name=op.f('ck_programme_activity_money')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_programme_activity_days')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_activity_programme_id')),
    sa.ForeignKeyConstraint(['responsible_id'], ['person.id'], name=op.f('fk_programme_activity_responsible_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_activity'))
    )
    op.create_index('ix_programme_activity', 'programme_activity', ['programme_id', 'starts_on', 'id'], unique=False)
    op.create_index('ix_programme_activity_due', 'programme_activity', ['state', 'ends_on'], unique=False)
    op.create_index(op.f('ix_programme_activity_responsible_id'), 'programme_activity', ['responsible_id'], unique=False)
    op.create_table('programme_indicator',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('target', sa.BigInteger(), nullable=False),
    sa.Column('result', sa.BigInteger(), nullable=True),
    sa.Column('evidence', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_indicator_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_indicator'))
    )
    op.create_index('ix_programme_indicator', 'programme_indicator', ['programme_id', 'id'], unique=False)
    op.create_table('programme_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('duty', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('acting', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_programme_member_person_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_member_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_member')),
    sa.UniqueConstraint('programme_id', 'person_id', name=op.f('uq_programme_member_programme_id_person_id'))
    )
    op.create_index('ix_programme_member_person', 'programme_member', ['person_id', 'programme_id'], unique=False)
    op.create_index('uq_programme_member_chair', 'programme_member', ['programme_id'], unique=True, sqlite_where=sa.text("duty = 'chair'"), postgresql_where=sa.text("duty = 'chair'"))
    op.create_table('programme_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_notice_programme_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_programme_notice_sent_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_notice'))
    )
    op.create_index('ix_programme_notice', 'programme_notice', ['programme_id', 'id'], unique=False)
    op.create_index(op.f('ix_programme_notice_sent_by_id'), 'programme_notice', ['sent_by_id'], unique=False)
    op.create_table('programme_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('problems', sa.Text(), nullable=False),
    sa.Column('suggestions', sa.Text(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'draft') OR approval_id IS NOT NULL", name=op.f('ck_programme_report_approval')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_programme_report_approval_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_programme_report_made_by_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_report_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_report')),
    sa.UniqueConstraint('programme_id', 'edition', name=op.f('uq_programme_report_programme_id_edition'))
    )
    op.create_index(op.f('ix_programme_report_approval_id'), 'programme_report', ['approval_id'], unique=False)
    op.create_index(op.f('ix_programme_report_made_by_id'), 'programme_report', ['made_by_id'], unique=False)
    op.create_table('programme_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('title_th', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('doc_no', sa.String(length=60), nullable=False),
    sa.Column('responsible_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file_media', sa.String(length=100), nullable=False),
    sa.Column('told_days', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f('ck_programme_step_done')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_step_programme_id')),
    sa.ForeignKeyConstraint(['responsible_id'], ['person.id'], name=op.f('fk_programme_step_responsible_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_step')),
    sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_programme_step_programme_id_number'))
    )
    op.create_index('ix_programme_step_due', 'programme_step', ['state', 'due_on'], unique=False)
    op.create_index(op.f('ix_programme_step_responsible_id'), 'programme_step', ['responsible_id'], unique=False)
    op.create_table('programme_log',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("words <> ''", name=op.f('ck_programme_log_words')),
    sa.ForeignKeyConstraint(['activity_id'], ['programme_activity.id'], name=op.f('fk_programme_log_activity_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_programme_log_made_by_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_log_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_log'))
    )
    op.create_index('ix_programme_log', 'programme_log', ['programme_id', 'on_day', 'id'], unique=False)
    op.create_index(op.f('ix_programme_log_activity_id'), 'programme_log', ['activity_id'], unique=False)
    op.create_index(op.f('ix_programme_log_made_by_id'), 'programme_log', ['made_by_id'], unique=False)
    op.create_table('programme_reader',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['notice_id'], ['programme_notice.id'], name=op.f('fk_programme_reader_notice_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_programme_reader_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_reader')),
    sa.UniqueConstraint('notice_id', 'person_id', name=op.f('uq_programme_reader_notice_id_person_id'))
    )
    op.create_index('ix_programme_reader_person', 'programme_reader', ['person_id', 'notice_id'], unique=False)
    op.create_table('programme_log_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['programme_log.id'], name=op.f('fk_programme_log_file_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_log_file'))
    )
    op.create_index(op.f('ix_programme_log_file_entry_id'), 'programme_log_file', ['entry_id'], unique=False)
