"""The access log, which nobody can change behind its back, and the privacy notice.

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

TABLES = (
    "access_entry",
    "access_head",
    "access_purge",
    "access_about",
    "access_hand_out",
    "access_hold",
    "privacy_notice",
    "privacy_notice_reading",
    "processing_edition",
)
# No entry is ever changed, and none removed before a purge says that its time is over.
GUARDS = {
    "sqlite": (
        """CREATE TRIGGER access_entry_guard_update BEFORE UPDATE ON access_entry
        BEGIN SELECT RAISE(ABORT, 'access_entry is append-only'); END""",
        """CREATE TRIGGER access_entry_guard_delete BEFORE DELETE ON access_entry
        WHEN OLD.id > (SELECT COALESCE(MAX(through_id), 0) FROM access_purge)
        BEGIN SELECT RAISE(ABORT, 'access_entry is append-only'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION access_entry_is_append_only() RETURNS trigger
        LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' AND OLD.id <= (SELECT COALESCE(MAX(through_id), 0) FROM access_purge) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'access_entry is append-only'; END $$""",
        """CREATE TRIGGER access_entry_guard BEFORE UPDATE OR DELETE ON access_entry
        FOR EACH ROW EXECUTE FUNCTION access_entry_is_append_only()""",
    ),
}


def upgrade() -> None:
    """Go up."""
    _make_tables()
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Go down."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if not changes.on_sqlite():
        op.execute('DROP FUNCTION IF EXISTS access_entry_is_append_only()')


def _make_tables() -> None:
    op.create_table('access_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('path', sa.String(length=300), nullable=False),
    sa.Column('request_id', sa.String(length=32), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_entry')),
    sa.UniqueConstraint('key', name=op.f('uq_access_entry_key'))
    )
    op.create_index('ix_access_entry_action', 'access_entry', ['action', 'id'], unique=False)
    op.create_index('ix_access_entry_at', 'access_entry', ['at'], unique=False)
    op.create_index('ix_access_entry_person', 'access_entry', ['person_id', 'id'], unique=False)
    op.create_table('access_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_access_head_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_head'))
    )
    op.create_table('access_purge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('older_than', sa.DateTime(timezone=True), nullable=False),
    sa.Column('through_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('through_hash', sa.String(length=64), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.CheckConstraint('entries > 0', name=op.f('ck_access_purge_entries')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_purge'))
    )
    op.create_index(op.f('ix_access_purge_through_id'), 'access_purge', ['through_id'], unique=False)
    op.create_table('access_about',
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['access_entry.id'], name=op.f('fk_access_about_entry_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entry_id', 'person_id', name=op.f('pk_access_about'))
    )
    op.create_index('ix_access_about_person', 'access_about', ['person_id', 'entry_id'], unique=False)
    op.create_table('access_hand_out',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('receiver', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_access_hand_out_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_hand_out'))
    )
    op.create_table('access_hold',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('letter', sa.String(length=120), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_access_hold_days')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_access_hold_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_hold'))
    )
    op.create_index('ix_access_hold_ends', 'access_hold', ['ends_on'], unique=False)
    op.create_table('privacy_notice',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text_th', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('id > 0', name=op.f('ck_privacy_notice_edition')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_privacy_notice_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_privacy_notice'))
    )
    op.create_table('privacy_notice_reading',
    sa.Column('edition', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_privacy_notice_reading_person_id')),
    sa.PrimaryKeyConstraint('edition', 'person_id', name=op.f('pk_privacy_notice_reading'))
    )
    op.create_table('processing_edition',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('base', sa.String(length=12), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('ended', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('edition > 0', name=op.f('ck_processing_edition_edition')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_processing_edition_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_processing_edition')),
    sa.UniqueConstraint('code', 'edition', name=op.f('uq_processing_edition_code_edition'))
    )
