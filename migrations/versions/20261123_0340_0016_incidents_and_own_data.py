"""Security incidents, requests about own data.

Revision: 0016
Follows: 0015
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

TABLES = (
    "incident",
    "incident_measure",
    "incident_moment",
    "incident_system",
    "incident_ticket",
    "privacy_request",
)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("incident")


def downgrade() -> None:
    """Go down."""
    changes.drop_search("incident")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('incident',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('story', sa.Text(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('known_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reported_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('handler_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('gravity', sa.String(length=10), nullable=False),
    sa.Column('risk', sa.String(length=8), nullable=False),
    sa.Column('systems_text', sa.String(length=300), nullable=False),
    sa.Column('data_kinds', sa.String(length=500), nullable=False),
    sa.Column('people_kinds', sa.String(length=300), nullable=False),
    sa.Column('people_count', sa.Integer(), nullable=False),
    sa.Column('records_count', sa.Integer(), nullable=False),
    sa.Column('consequences', sa.Text(), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('lessons', sa.Text(), nullable=False),
    sa.Column('dismissed_why', sa.String(length=400), nullable=False),
    sa.Column('notice_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('notified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('notice_reference', sa.String(length=120), nullable=False),
    sa.Column('late_why', sa.String(length=400), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_how', sa.String(length=300), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(notice_due_at IS NOT NULL) = (risk IN ('some', 'high'))", name=op.f('ck_incident_notice_due')),
    sa.CheckConstraint("state <> 'closed' OR lessons <> ''", name=op.f('ck_incident_lessons')),
    sa.CheckConstraint("state <> 'dismissed' OR dismissed_why <> ''", name=op.f('ck_incident_dismissed')),
    sa.CheckConstraint("title <> ''", name=op.f('ck_incident_title')),
    sa.CheckConstraint('known_at >= found_at', name=op.f('ck_incident_known')),
    sa.CheckConstraint('people_count >= 0 AND records_count >= 0', name=op.f('ck_incident_counts')),
    sa.ForeignKeyConstraint(['handler_id'], ['person.id'], name=op.f('fk_incident_handler_id')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['person.id'], name=op.f('fk_incident_reported_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident')),
    sa.UniqueConstraint('number', name=op.f('uq_incident_number'))
    )
    op.create_index('ix_incident_due', 'incident', ['notice_due_at'], unique=False, sqlite_where=sa.text('notice_due_at IS NOT NULL AND notified_at IS NULL'), postgresql_where=sa.text('notice_due_at IS NOT NULL AND notified_at IS NULL'))
    op.create_index(op.f('ix_incident_handler_id'), 'incident', ['handler_id'], unique=False)
    op.create_index('ix_incident_reporter', 'incident', ['reported_by_id', 'id'], unique=False)
    op.create_index('ix_incident_state', 'incident', ['state', 'id'], unique=False)
    op.create_table('incident_measure',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('incident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('what', sa.String(length=400), nullable=False),
    sa.Column('responsible_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.CheckConstraint("what <> ''", name=op.f('ck_incident_measure_what')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_measure_incident_id')),
    sa.ForeignKeyConstraint(['responsible_id'], ['person.id'], name=op.f('fk_incident_measure_responsible_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_measure'))
    )
    op.create_index('ix_incident_measure_due', 'incident_measure', ['due_on'], unique=False, sqlite_where=sa.text('done_on IS NULL'), postgresql_where=sa.text('done_on IS NULL'))
    op.create_index('ix_incident_measure_incident', 'incident_measure', ['incident_id', 'id'], unique=False)
    op.create_index(op.f('ix_incident_measure_responsible_id'), 'incident_measure', ['responsible_id'], unique=False)
    op.create_table('incident_moment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('incident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_incident_moment_by_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_moment_incident_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_moment'))
    )
    op.create_index('ix_incident_moment_incident', 'incident_moment', ['incident_id', 'id'], unique=False)
    op.create_table('incident_system',
    sa.Column('incident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('system_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_system_incident_id')),
    sa.ForeignKeyConstraint(['system_id'], ['information_system.id'], name=op.f('fk_incident_system_system_id')),
    sa.PrimaryKeyConstraint('incident_id', 'system_id', name=op.f('pk_incident_system'))
    )
    op.create_index(op.f('ix_incident_system_system_id'), 'incident_system', ['system_id'], unique=False)
    op.create_table('incident_ticket',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('incident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_ticket_incident_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_incident_ticket_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_ticket')),
    sa.UniqueConstraint('incident_id', 'ticket_id', name=op.f('uq_incident_ticket_incident_id_ticket_id'))
    )
    op.create_index(op.f('ix_incident_ticket_ticket_id'), 'incident_ticket', ['ticket_id'], unique=False)
    op.create_table('privacy_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contact', sa.String(length=254), nullable=False),
    sa.Column('recognised', sa.String(length=300), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('entered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=500), nullable=False),
    sa.Column('replaced', sa.Integer(), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('file_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("person_id IS NOT NULL OR contact <> '' OR state = 'done'", name=op.f('ck_privacy_request_subject')),
    sa.CheckConstraint("state <> 'refused' OR answer <> ''", name=op.f('ck_privacy_request_refused')),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> proposed_by_id', name=op.f('ck_privacy_request_two')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_privacy_request_decided_by_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_privacy_request_entered_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_privacy_request_person_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_privacy_request_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_privacy_request')),
    sa.UniqueConstraint('number', name=op.f('uq_privacy_request_number'))
    )
    op.create_index('ix_privacy_request_due', 'privacy_request', ['due_on'], unique=False, sqlite_where=sa.text("state IN ('asked', 'proposed')"), postgresql_where=sa.text("state IN ('asked', 'proposed')"))
    op.create_index('ix_privacy_request_person', 'privacy_request', ['person_id', 'id'], unique=False)
    op.create_index('ix_privacy_request_state', 'privacy_request', ['state', 'due_on', 'id'], unique=False)
    op.create_index('uq_privacy_request_open', 'privacy_request', ['person_id', 'kind'], unique=True, sqlite_where=sa.text("person_id IS NOT NULL AND state IN ('asked', 'proposed')"), postgresql_where=sa.text("person_id IS NOT NULL AND state IN ('asked', 'proposed')"))
