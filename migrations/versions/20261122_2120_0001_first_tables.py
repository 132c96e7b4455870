"""The first tables, the search inside Thai words, and the guard of the audit trail.

Revision: 0001
Follows: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


SEARCHED = ("person", "asset", "ticket")

POSTGRESQL_GUARD = (
    """CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$""",
    """CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only()""",
)
SQLITE_GUARD = (
    """CREATE TRIGGER audit_entry_guard_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END""",
    """CREATE TRIGGER audit_entry_guard_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END""",
)
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE {table}_fts
    USING fts5(search_key, content='{table}', content_rowid='id', tokenize='trigram')""",
    """CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_fts(rowid, search_key) VALUES (new.id, new.search_key); END""",
    """CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_fts({table}_fts, rowid, search_key)
    VALUES ('delete', old.id, old.search_key); END""",
    """CREATE TRIGGER {table}_fts_update AFTER UPDATE OF search_key ON {table}
    WHEN old.search_key IS NOT new.search_key BEGIN
    INSERT INTO {table}_fts({table}_fts, rowid, search_key)
    VALUES ('delete', old.id, old.search_key);
    INSERT INTO {table}_fts(rowid, search_key) VALUES (new.id, new.search_key); END""",
)


def _make_search_and_guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table in SEARCHED:
            op.execute(
                f"CREATE INDEX ix_{table}_search_key_trgm ON {table} "
                "USING gin (search_key gin_trgm_ops)"
            )
        for statement in POSTGRESQL_GUARD:
            op.execute(statement)
        return
    for table in SEARCHED:
        for statement in SQLITE_SEARCH:
            op.execute(statement.format(table=table))
    for statement in SQLITE_GUARD:
        op.execute(statement)


def _remove_search_and_guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_guard ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_is_append_only()")
        return
    for table in SEARCHED:
        op.execute(f"DROP TABLE {table}_fts")


def upgrade() -> None:
    """Go up."""
    op.create_table('asset_class',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('icon', sa.String(length=40), nullable=False),
    sa.Column('useful_life_years', sa.Integer(), nullable=True),
    sa.Column('loan_days', sa.Integer(), nullable=False),
    sa.Column('lendable', sa.Boolean(), nullable=False),
    sa.Column('service_months', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['asset_class.id'], name=op.f('fk_asset_class_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asset_class')),
    sa.UniqueConstraint('code', name=op.f('uq_asset_class_code'))
    )
    with op.batch_alter_table('asset_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_asset_class_parent_id'), ['parent_id'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('act', sa.String(length=60), nullable=False),
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('request_id', sa.String(length=32), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_act', ['act', 'id'], unique=False)
        batch_op.create_index('ix_audit_entry_actor', ['actor_id', 'id'], unique=False)
        batch_op.create_index('ix_audit_entry_at', ['at'], unique=False)
        batch_op.create_index('ix_audit_entry_subject', ['subject_kind', 'subject_id', 'id'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('job_run',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('job', sa.String(length=60), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('holder', sa.String(length=80), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_run')),
    sa.UniqueConstraint('job', 'due_at', name=op.f('uq_job_run_job_due_at'))
    )
    with op.batch_alter_table('job_run', schema=None) as batch_op:
        batch_op.create_index('ix_job_run_started', ['job', 'started_at'], unique=False)
        batch_op.create_index('uq_job_run_running', ['job'], unique=True, sqlite_where=sa.text("outcome = 'running'"), postgresql_where=sa.text("outcome = 'running'"))

    op.create_table('lease',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('holder', sa.String(length=80), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lease'))
    )
    op.create_table('number_series',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'fiscal_year', name=op.f('pk_number_series'))
    )
    op.create_table('opening_hours',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.CheckConstraint('opens < closes', name=op.f('ck_opening_hours_span')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_opening_hours_weekday')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_hours')),
    sa.UniqueConstraint('weekday', name=op.f('uq_opening_hours_weekday'))
    )
    op.create_table('tally',
    sa.Column('bucket', sa.String(length=120), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('bucket', name=op.f('pk_tally'))
    )
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tally_since'), ['since'], unique=False)

    op.create_table('unit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('size', sa.String(length=20), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('office', 'group', 'school')", name=op.f('ck_unit_kind')),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('code', name=op.f('uq_unit_code'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index('ix_unit_path', ['path'], unique=False)

    op.create_table('used_key',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('result', sa.String(length=400), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_used_key'))
    )
    with op.batch_alter_table('used_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_used_key_at'), ['at'], unique=False)

    op.create_table('building',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=120), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_building_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_building')),
    sa.UniqueConstraint('unit_id', 'name_key', name=op.f('uq_building_unit_id_name_key'))
    )
    op.create_table('closed_day',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name_th', sa.String(length=300), nullable=False),
    sa.Column('name_en', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("source IN ('holiday', 'office', 'special')", name=op.f('ck_closed_day_source')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_closed_day_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_day'))
    )
    with op.batch_alter_table('closed_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_closed_day_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_closed_day_office', ['day'], unique=True, sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.create_index('uq_closed_day_unit', ['day', 'unit_id'], unique=True, sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))

    op.create_table('person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('card_code', sa.String(length=20), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name_th <> ''", name=op.f('ck_person_name')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_person_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('card_code', name=op.f('uq_person_card_code'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_person_email', ['email'], unique=True, sqlite_where=sa.text("email <> ''"), postgresql_where=sa.text("email <> ''"))
        batch_op.create_index('uq_person_username', ['username'], unique=True, sqlite_where=sa.text("username <> ''"), postgresql_where=sa.text("username <> ''"))

    op.create_table('symptom',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('text_th', sa.String(length=80), nullable=False),
    sa.Column('text_en', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_symptom_class_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_symptom'))
    )
    with op.batch_alter_table('symptom', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_symptom_class_id'), ['class_id'], unique=False)

    op.create_table('loan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('lending_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('borrower_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('borrower_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('official', sa.Boolean(), nullable=False),
    sa.Column('place_kind', sa.String(length=20), nullable=False),
    sa.Column('approved_by_text', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('out_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("place_kind IN ('inside', 'outside', 'other_agency')", name=op.f('ck_loan_place_kind')),
    sa.CheckConstraint("purpose <> ''", name=op.f('ck_loan_purpose')),
    sa.CheckConstraint('handed_by_id IS NULL OR handed_by_id <> borrower_id', name=op.f('ck_loan_two_people')),
    sa.CheckConstraint('official', name=op.f('ck_loan_official')),
    sa.ForeignKeyConstraint(['borrower_id'], ['person.id'], name=op.f('fk_loan_borrower_id')),
    sa.ForeignKeyConstraint(['borrower_unit_id'], ['unit.id'], name=op.f('fk_loan_borrower_unit_id')),
    sa.ForeignKeyConstraint(['handed_by_id'], ['person.id'], name=op.f('fk_loan_handed_by_id')),
    sa.ForeignKeyConstraint(['lending_unit_id'], ['unit.id'], name=op.f('fk_loan_lending_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan')),
    sa.UniqueConstraint('number', name=op.f('uq_loan_number'))
    )
    with op.batch_alter_table('loan', schema=None) as batch_op:
        batch_op.create_index('ix_loan_borrower', ['borrower_id', 'id'], unique=False)
        batch_op.create_index('ix_loan_borrower_unit', ['borrower_unit_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loan_handed_by_id'), ['handed_by_id'], unique=False)
        batch_op.create_index('ix_loan_lending_unit', ['lending_unit_id', 'id'], unique=False)

    op.create_table('loan_basket',
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('borrower_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('borrower_before_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('last_scan', sa.String(length=10), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('official', sa.Boolean(), nullable=False),
    sa.Column('place_kind', sa.String(length=20), nullable=False),
    sa.Column('approved_by_text', sa.String(length=200), nullable=False),
    sa.Column('due', sa.String(length=10), nullable=False),
    sa.Column('due_text', sa.String(length=60), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('said_tone', sa.String(length=6), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("mode IN ('lend', 'take_back')", name=op.f('ck_loan_basket_mode')),
    sa.ForeignKeyConstraint(['borrower_before_id'], ['person.id'], name=op.f('fk_loan_basket_borrower_before_id')),
    sa.ForeignKeyConstraint(['borrower_id'], ['person.id'], name=op.f('fk_loan_basket_borrower_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_loan_basket_owner_id')),
    sa.PrimaryKeyConstraint('owner_id', name=op.f('pk_loan_basket'))
    )
    with op.batch_alter_table('loan_basket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_loan_basket_borrower_before_id'), ['borrower_before_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loan_basket_borrower_id'), ['borrower_id'], unique=False)

    op.create_table('outgoing_message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=400), nullable=False),
    sa.Column('dedupe_key', sa.String(length=120), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_error', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("person_id IS NOT NULL OR address <> ''", name=op.f('ck_outgoing_message_recipient')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outgoing_message_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outgoing_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_outgoing_message_dedupe_key'))
    )
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.create_index('ix_outgoing_message_due', ['state', 'next_try_at'], unique=False)
        batch_op.create_index('ix_outgoing_message_person', ['person_id', 'id'], unique=False)
        batch_op.create_index('ix_outgoing_message_state', ['state', 'id'], unique=False)
        batch_op.create_index('ix_outgoing_message_unread', ['person_id'], unique=False, sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))

    op.create_table('password_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_password_link_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_link')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_password_link_secret_hash'))
    )
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_password_link_person_id'), ['person_id'], unique=False)

    op.create_table('register_import',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('rows_total', sa.Integer(), nullable=False),
    sa.Column('rows_done', sa.Integer(), nullable=False),
    sa.Column('take_over', sa.Boolean(), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_register_import_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_register_import_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_import'))
    )
    with op.batch_alter_table('register_import', schema=None) as batch_op:
        batch_op.create_index('uq_register_import_writing', ['unit_id'], unique=True, sqlite_where=sa.text("state = 'applying'"), postgresql_where=sa.text("state = 'applying'"))

    op.create_table('role_grant',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_role_grant_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index('uq_role_grant_office', ['person_id', 'role'], unique=True, sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.create_index('uq_role_grant_unit', ['person_id', 'role', 'unit_id'], unique=True, sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))

    op.create_table('room',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('building_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=120), nullable=False),
    sa.Column('floor', sa.String(length=20), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_room_building_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_room_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room')),
    sa.UniqueConstraint('unit_id', 'name_key', name=op.f('uq_room_unit_id_name_key'))
    )
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_building_id'), ['building_id'], unique=False)

    op.create_table('asset',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_no', sa.String(length=60), nullable=True),
    sa.Column('asset_no_key', sa.String(length=60), nullable=True),
    sa.Column('asset_no_sort', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.String(length=500), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('class_text', sa.String(length=200), nullable=False),
    sa.Column('brand', sa.String(length=120), nullable=False),
    sa.Column('model', sa.String(length=120), nullable=False),
    sa.Column('serial_no', sa.String(length=120), nullable=False),
    sa.Column('serial_key', sa.String(length=120), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('owner_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('holding_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('custodian_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('custodian_text', sa.String(length=200), nullable=False),
    sa.Column('acquired_on', sa.Date(), nullable=True),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('fund_type', sa.String(length=20), nullable=False),
    sa.Column('acquire_method', sa.String(length=20), nullable=False),
    sa.Column('vendor_name', sa.String(length=200), nullable=False),
    sa.Column('vendor_address', sa.String(length=400), nullable=False),
    sa.Column('vendor_phone', sa.String(length=60), nullable=False),
    sa.Column('doc_ref', sa.String(length=120), nullable=False),
    sa.Column('useful_life_years', sa.Integer(), nullable=True),
    sa.Column('dep_rate', sa.BigInteger(), nullable=True),
    sa.Column('warranty_until', sa.Date(), nullable=True),
    sa.Column('next_service_on', sa.Date(), nullable=True),
    sa.Column('below_threshold', sa.Boolean(), nullable=False),
    sa.Column('lifecycle', sa.String(length=20), nullable=False),
    sa.Column('condition', sa.String(length=20), nullable=False),
    sa.Column('lendable', sa.Boolean(), nullable=False),
    sa.Column('accessories', sa.String(length=400), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('import_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('price IS NULL OR price >= 0', name=op.f('ck_asset_price')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_asset_quantity')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_asset_class_id')),
    sa.ForeignKeyConstraint(['custodian_id'], ['person.id'], name=op.f('fk_asset_custodian_id')),
    sa.ForeignKeyConstraint(['holding_unit_id'], ['unit.id'], name=op.f('fk_asset_holding_unit_id')),
    sa.ForeignKeyConstraint(['import_id'], ['register_import.id'], name=op.f('fk_asset_import_id')),
    sa.ForeignKeyConstraint(['owner_unit_id'], ['unit.id'], name=op.f('fk_asset_owner_unit_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_asset_room_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asset')),
    sa.UniqueConstraint('owner_unit_id', 'asset_no_key', name=op.f('uq_asset_owner_unit_id_asset_no_key'))
    )
    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_asset_asset_no_key'), ['asset_no_key'], unique=False)
        batch_op.create_index('ix_asset_class_number', ['class_id', 'asset_no_sort', 'id'], unique=False)
        batch_op.create_index('ix_asset_condition_number', ['condition', 'asset_no_sort', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asset_custodian_id'), ['custodian_id'], unique=False)
        batch_op.create_index('ix_asset_holding_number', ['holding_unit_id', 'asset_no_sort', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asset_import_id'), ['import_id'], unique=False)
        batch_op.create_index('ix_asset_number', ['asset_no_sort', 'id'], unique=False)
        batch_op.create_index('ix_asset_owner_number', ['owner_unit_id', 'asset_no_sort', 'id'], unique=False)
        batch_op.create_index('ix_asset_room_number', ['room_id', 'asset_no_sort', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asset_serial_key'), ['serial_key'], unique=False)
        batch_op.create_index('ix_asset_service_date', ['next_service_on'], unique=False, sqlite_where=sa.text('next_service_on IS NOT NULL'), postgresql_where=sa.text('next_service_on IS NOT NULL'))

    op.create_table('earlier_number',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_earlier_number_asset_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_number')),
    sa.UniqueConstraint('asset_id', 'key', name=op.f('uq_earlier_number_asset_id_key'))
    )
    with op.batch_alter_table('earlier_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_earlier_number_key'), ['key'], unique=False)

    op.create_table('hold',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_hold_asset_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold'))
    )
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.create_index('uq_hold_open', ['asset_id', 'kind', 'reference'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.create_index('uq_hold_open_loan', ['asset_id'], unique=True, sqlite_where=sa.text("ended_at IS NULL AND kind = 'loan'"), postgresql_where=sa.text("ended_at IS NULL AND kind = 'loan'"))

    op.create_table('import_row',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('import_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sheet', sa.String(length=120), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('cell', sa.String(length=12), nullable=False),
    sa.Column('asset_number', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_import_row_asset_id')),
    sa.ForeignKeyConstraint(['import_id'], ['register_import.id'], name=op.f('fk_import_row_import_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_row'))
    )
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_row_asset_id'), ['asset_id'], unique=False)
        batch_op.create_index('ix_import_row_order', ['import_id', 'id'], unique=False)
        batch_op.create_index('ix_import_row_outcome', ['import_id', 'outcome', 'id'], unique=False)

    op.create_table('loan_basket_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('accessories', sa.String(length=400), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_loan_basket_line_asset_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['loan_basket.owner_id'], name=op.f('fk_loan_basket_line_owner_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_basket_line')),
    sa.UniqueConstraint('owner_id', 'asset_id', name=op.f('uq_loan_basket_line_owner_id_asset_id'))
    )
    with op.batch_alter_table('loan_basket_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_loan_basket_line_asset_id'), ['asset_id'], unique=False)

    op.create_table('loan_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('loan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('condition_out', sa.String(length=20), nullable=False),
    sa.Column('condition_in', sa.String(length=20), nullable=True),
    sa.Column('accessories', sa.String(length=400), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(state IN ('returned', 'lost')) = (condition_in IS NOT NULL)", name=op.f('ck_loan_line_judged')),
    sa.CheckConstraint("(state IN ('returned', 'lost')) = (returned_at IS NOT NULL)", name=op.f('ck_loan_line_ended')),
    sa.CheckConstraint("state <> 'rejected' OR note <> ''", name=op.f('ck_loan_line_rejected_with_reason')),
    sa.CheckConstraint("state NOT IN ('out', 'returned', 'lost') OR out_at IS NOT NULL", name=op.f('ck_loan_line_handed_out')),
    sa.CheckConstraint('due_on >= first_due_on', name=op.f('ck_loan_line_first_due')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_loan_line_asset_id')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_line_loan_id')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['person.id'], name=op.f('fk_loan_line_taken_back_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_line'))
    )
    with op.batch_alter_table('loan_line', schema=None) as batch_op:
        batch_op.create_index('ix_loan_line_asset', ['asset_id', 'id'], unique=False)
        batch_op.create_index('ix_loan_line_loan', ['loan_id', 'id'], unique=False)
        batch_op.create_index('ix_loan_line_state_due', ['state', 'due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loan_line_taken_back_by_id'), ['taken_back_by_id'], unique=False)
        batch_op.create_index('uq_loan_line_out', ['asset_id'], unique=True, sqlite_where=sa.text("state = 'out'"), postgresql_where=sa.text("state = 'out'"))

    op.create_table('service_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_on', sa.Date(), nullable=False),
    sa.Column('step', sa.String(length=10), nullable=False),
    sa.Column('noticed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_service_notice_asset_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_notice')),
    sa.UniqueConstraint('asset_id', 'service_on', 'step', name=op.f('uq_service_notice_asset_id_service_on_step'))
    )
    with op.batch_alter_table('service_notice', schema=None) as batch_op:
        batch_op.create_index('ix_service_notice_day', ['noticed_on'], unique=False)

    op.create_table('tag',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('batch', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_tag_asset_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
    sa.UniqueConstraint('code', name=op.f('uq_tag_code'))
    )
    with op.batch_alter_table('tag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tag_asset_id'), ['asset_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tag_batch'), ['batch'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('place_text', sa.String(length=120), nullable=False),
    sa.Column('symptoms', sa.JSON(), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('subject_en', sa.String(length=300), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=12), nullable=False),
    sa.Column('priority', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reporter_name', sa.String(length=120), nullable=False),
    sa.Column('reporter_contact', sa.String(length=254), nullable=False),
    sa.Column('assignee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_response_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waiting_reason', sa.String(length=400), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('cause', sa.String(length=20), nullable=False),
    sa.Column('action_taken', sa.Text(), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(next_due_at IS NULL) = (state IN ('resolved', 'closed', 'cancelled'))", name=op.f('ck_ticket_due')),
    sa.CheckConstraint("state <> 'resolved' OR outcome <> ''", name=op.f('ck_ticket_outcome')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_ticket_asset_id')),
    sa.ForeignKeyConstraint(['assignee_id'], ['person.id'], name=op.f('fk_ticket_assignee_id')),
    sa.ForeignKeyConstraint(['reporter_id'], ['person.id'], name=op.f('fk_ticket_reporter_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_ticket_room_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_ticket_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('number', name=op.f('uq_ticket_number')),
    sa.UniqueConstraint('token', name=op.f('uq_ticket_token'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_asset', ['asset_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_assignee', ['assignee_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_queue', ['next_due_at', 'id'], unique=False, sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.create_index('ix_ticket_queue_assignee', ['assignee_id', 'next_due_at', 'id'], unique=False, sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.create_index('ix_ticket_queue_unit', ['unit_id', 'next_due_at', 'id'], unique=False, sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.create_index('ix_ticket_reporter', ['reporter_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_reporter_open', ['reporter_id', 'id'], unique=False, sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.create_index('ix_ticket_resolved', ['resolved_at'], unique=False, sqlite_where=sa.text("state = 'resolved'"), postgresql_where=sa.text("state = 'resolved'"))
        batch_op.create_index('ix_ticket_state', ['state', 'id'], unique=False)
        batch_op.create_index('ix_ticket_unit', ['unit_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_views', ['unit_id', 'assignee_id', 'state', 'next_due_at'], unique=False, sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))

    op.create_table('loan_extension',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('old_due_on', sa.Date(), nullable=False),
    sa.Column('new_due_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.CheckConstraint('new_due_on > old_due_on', name=op.f('ck_loan_extension_later')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_extension_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_extension_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_extension'))
    )
    with op.batch_alter_table('loan_extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_loan_extension_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_loan_extension_line', ['line_id', 'id'], unique=False)

    op.create_table('loan_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_notice_line_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loan_notice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_notice')),
    sa.UniqueConstraint('line_id', 'kind', 'step', 'due_on', name=op.f('uq_loan_notice_line_id_kind_step_due_on'))
    )
    with op.batch_alter_table('loan_notice', schema=None) as batch_op:
        batch_op.create_index('ix_loan_notice_person_day', ['person_id', 'sent_on'], unique=False)

    op.create_table('ticket_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('actor_role', sa.String(length=12), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state_from', sa.String(length=20), nullable=False),
    sa.Column('state_to', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_ticket_entry_actor_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_entry_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_entry'))
    )
    with op.batch_alter_table('ticket_entry', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_entry_ticket', ['ticket_id', 'id'], unique=False)

    op.create_table('ticket_follower',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('contact', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ticket_follower_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_follower_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_follower'))
    )
    with op.batch_alter_table('ticket_follower', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_follower_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('ticket_interval',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_interval_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_interval'))
    )
    with op.batch_alter_table('ticket_interval', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_interval_ticket', ['ticket_id', 'id'], unique=False)

    op.create_table('ticket_photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['ticket_entry.id'], name=op.f('fk_ticket_photo_entry_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_photo_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_photo'))
    )
    with op.batch_alter_table('ticket_photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_photo_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index('ix_ticket_photo_ticket', ['ticket_id', 'id'], unique=False)
    _make_search_and_guard()


def downgrade() -> None:
    """Go back down."""
    _remove_search_and_guard()
    with op.batch_alter_table('ticket_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_photo_ticket')
        batch_op.drop_index(batch_op.f('ix_ticket_photo_entry_id'))

    op.drop_table('ticket_photo')
    with op.batch_alter_table('ticket_interval', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_interval_ticket')

    op.drop_table('ticket_interval')
    with op.batch_alter_table('ticket_follower', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_follower_ticket_id'))

    op.drop_table('ticket_follower')
    with op.batch_alter_table('ticket_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_entry_ticket')

    op.drop_table('ticket_entry')
    with op.batch_alter_table('loan_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_loan_notice_person_day')

    op.drop_table('loan_notice')
    with op.batch_alter_table('loan_extension', schema=None) as batch_op:
        batch_op.drop_index('ix_loan_extension_line')
        batch_op.drop_index(batch_op.f('ix_loan_extension_by_id'))

    op.drop_table('loan_extension')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_views', sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.drop_index('ix_ticket_unit')
        batch_op.drop_index('ix_ticket_state')
        batch_op.drop_index('ix_ticket_resolved', sqlite_where=sa.text("state = 'resolved'"), postgresql_where=sa.text("state = 'resolved'"))
        batch_op.drop_index('ix_ticket_reporter_open', sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.drop_index('ix_ticket_reporter')
        batch_op.drop_index('ix_ticket_queue_unit', sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.drop_index('ix_ticket_queue_assignee', sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.drop_index('ix_ticket_queue', sqlite_where=sa.text('next_due_at IS NOT NULL'), postgresql_where=sa.text('next_due_at IS NOT NULL'))
        batch_op.drop_index('ix_ticket_assignee')
        batch_op.drop_index('ix_ticket_asset')

    op.drop_table('ticket')
    with op.batch_alter_table('tag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tag_batch'))
        batch_op.drop_index(batch_op.f('ix_tag_asset_id'))

    op.drop_table('tag')
    with op.batch_alter_table('service_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_service_notice_day')

    op.drop_table('service_notice')
    with op.batch_alter_table('loan_line', schema=None) as batch_op:
        batch_op.drop_index('uq_loan_line_out', sqlite_where=sa.text("state = 'out'"), postgresql_where=sa.text("state = 'out'"))
        batch_op.drop_index(batch_op.f('ix_loan_line_taken_back_by_id'))
        batch_op.drop_index('ix_loan_line_state_due')
        batch_op.drop_index('ix_loan_line_loan')
        batch_op.drop_index('ix_loan_line_asset')

    op.drop_table('loan_line')
    with op.batch_alter_table('loan_basket_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_loan_basket_line_asset_id'))

    op.drop_table('loan_basket_line')
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.drop_index('ix_import_row_outcome')
        batch_op.drop_index('ix_import_row_order')
        batch_op.drop_index(batch_op.f('ix_import_row_asset_id'))

    op.drop_table('import_row')
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.drop_index('uq_hold_open_loan', sqlite_where=sa.text("ended_at IS NULL AND kind = 'loan'"), postgresql_where=sa.text("ended_at IS NULL AND kind = 'loan'"))
        batch_op.drop_index('uq_hold_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('hold')
    with op.batch_alter_table('earlier_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_earlier_number_key'))

    op.drop_table('earlier_number')
    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.drop_index('ix_asset_service_date', sqlite_where=sa.text('next_service_on IS NOT NULL'), postgresql_where=sa.text('next_service_on IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_asset_serial_key'))
        batch_op.drop_index('ix_asset_room_number')
        batch_op.drop_index('ix_asset_owner_number')
        batch_op.drop_index('ix_asset_number')
        batch_op.drop_index(batch_op.f('ix_asset_import_id'))
        batch_op.drop_index('ix_asset_holding_number')
        batch_op.drop_index(batch_op.f('ix_asset_custodian_id'))
        batch_op.drop_index('ix_asset_condition_number')
        batch_op.drop_index('ix_asset_class_number')
        batch_op.drop_index(batch_op.f('ix_asset_asset_no_key'))

    op.drop_table('asset')
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_building_id'))

    op.drop_table('room')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index('uq_role_grant_unit', sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))
        batch_op.drop_index('uq_role_grant_office', sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))

    op.drop_table('role_grant')
    with op.batch_alter_table('register_import', schema=None) as batch_op:
        batch_op.drop_index('uq_register_import_writing', sqlite_where=sa.text("state = 'applying'"), postgresql_where=sa.text("state = 'applying'"))

    op.drop_table('register_import')
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_password_link_person_id'))

    op.drop_table('password_link')
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_message_unread', sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))
        batch_op.drop_index('ix_outgoing_message_state')
        batch_op.drop_index('ix_outgoing_message_person')
        batch_op.drop_index('ix_outgoing_message_due')

    op.drop_table('outgoing_message')
    with op.batch_alter_table('loan_basket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_loan_basket_borrower_id'))
        batch_op.drop_index(batch_op.f('ix_loan_basket_borrower_before_id'))

    op.drop_table('loan_basket')
    with op.batch_alter_table('loan', schema=None) as batch_op:
        batch_op.drop_index('ix_loan_lending_unit')
        batch_op.drop_index(batch_op.f('ix_loan_handed_by_id'))
        batch_op.drop_index('ix_loan_borrower_unit')
        batch_op.drop_index('ix_loan_borrower')

    op.drop_table('loan')
    with op.batch_alter_table('symptom', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_symptom_class_id'))

    op.drop_table('symptom')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index('uq_person_username', sqlite_where=sa.text("username <> ''"), postgresql_where=sa.text("username <> ''"))
        batch_op.drop_index('uq_person_email', sqlite_where=sa.text("email <> ''"), postgresql_where=sa.text("email <> ''"))
        batch_op.drop_index(batch_op.f('ix_person_unit_id'))

    op.drop_table('person')
    with op.batch_alter_table('closed_day', schema=None) as batch_op:
        batch_op.drop_index('uq_closed_day_unit', sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))
        batch_op.drop_index('uq_closed_day_office', sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_closed_day_unit_id'))

    op.drop_table('closed_day')
    op.drop_table('building')
    with op.batch_alter_table('used_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_used_key_at'))

    op.drop_table('used_key')
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index('ix_unit_path')
        batch_op.drop_index(batch_op.f('ix_unit_parent_id'))

    op.drop_table('unit')
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tally_since'))

    op.drop_table('tally')
    op.drop_table('opening_hours')
    op.drop_table('number_series')
    op.drop_table('lease')
    with op.batch_alter_table('job_run', schema=None) as batch_op:
        batch_op.drop_index('uq_job_run_running', sqlite_where=sa.text("outcome = 'running'"), postgresql_where=sa.text("outcome = 'running'"))
        batch_op.drop_index('ix_job_run_started')

    op.drop_table('job_run')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_subject')
        batch_op.drop_index('ix_audit_entry_at')
        batch_op.drop_index('ix_audit_entry_actor')
        batch_op.drop_index('ix_audit_entry_act')

    op.drop_table('audit_entry')
    with op.batch_alter_table('asset_class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_asset_class_parent_id'))

    op.drop_table('asset_class')
