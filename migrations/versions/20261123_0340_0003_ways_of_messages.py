"""Ways of messages: a delivery for each way, what people choose, other systems, paused jobs.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

TABLES = (
    "paused_job",
    "bad_address",
    "hook",
    "wording",
    "line_account",
    "line_code",
    "push_device",
    "quietness",
    "way_choice",
    "delivery",
)
MOVED = ('last_error', 'attempts', 'next_try_at', 'state', 'sent_at')
# Every message had one way, the e-mail; its fate becomes the first delivery.
FORTH = """INSERT INTO delivery (message_id, way, state, attempts, next_try_at, last_error,
retry_key, sent_at) SELECT id, 'mail', state, attempts, next_try_at, last_error,
'message-' || id, sent_at FROM outgoing_message"""
BACK = """UPDATE outgoing_message SET state = d.state, attempts = d.attempts,
next_try_at = d.next_try_at, last_error = d.last_error, sent_at = d.sent_at
FROM delivery d WHERE d.message_id = outgoing_message.id AND d.way = 'mail'
AND d.state <> 'collected'"""


def _deliveries_of_old_messages() -> None:
    op.execute(FORTH)
    op.execute("UPDATE outgoing_message SET routed_at = created_at")



def upgrade() -> None:
    """Go up."""
    _make_tables()
    op.add_column('outgoing_message', sa.Column('routed_at', sa.DateTime(timezone=True)))
    op.add_column(
        'outgoing_message', sa.Column('reply_to', sa.String(24), server_default='', nullable=False)
    )
    _deliveries_of_old_messages()
    for name in ('ix_outgoing_message_due', 'ix_outgoing_message_state'):
        op.drop_index(name, table_name='outgoing_message')
    for name in MOVED:
        op.drop_column('outgoing_message', name)
    op.create_index('ix_outgoing_message_kind', 'outgoing_message', ['kind', 'language', 'id'])
    op.create_index(
        'ix_outgoing_message_new', 'outgoing_message', ['id'], **changes.where('routed_at IS NULL')
    )


def downgrade() -> None:
    """Go down."""
    for name in ('ix_outgoing_message_kind', 'ix_outgoing_message_new'):
        op.drop_index(name, table_name='outgoing_message')
    op.add_column(
        'outgoing_message',
        sa.Column('state', sa.String(12), server_default='waiting', nullable=False),
    )
    op.add_column(
        'outgoing_message', sa.Column('attempts', sa.Integer(), server_default='0', nullable=False)
    )
    op.add_column('outgoing_message', sa.Column('next_try_at', sa.DateTime(timezone=True)))
    op.add_column(
        'outgoing_message',
        sa.Column('last_error', sa.String(500), server_default='', nullable=False),
    )
    op.add_column('outgoing_message', sa.Column('sent_at', sa.DateTime(timezone=True)))
    op.execute("UPDATE outgoing_message SET state = 'stored', next_try_at = created_at")
    op.execute(BACK)
    op.drop_column('outgoing_message', 'routed_at')
    op.drop_column('outgoing_message', 'reply_to')
    op.create_index('ix_outgoing_message_due', 'outgoing_message', ['state', 'next_try_at'])
    op.create_index('ix_outgoing_message_state', 'outgoing_message', ['state', 'id'])
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('paused_job',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('job', sa.String(length=60), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paused_job')),
    sa.UniqueConstraint('job', name=op.f('uq_paused_job_job'))
    )
    op.create_table('bad_address',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bad_address')),
    sa.UniqueConstraint('address', name=op.f('uq_bad_address_address'))
    )
    op.create_table('hook',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('url', sa.String(length=400), nullable=False),
    sa.Column('secret', sa.String(length=80), nullable=False),
    sa.Column('acts', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('last_entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_error', sa.String(length=500), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hook'))
    )
    op.create_table('wording',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wording')),
    sa.UniqueConstraint('kind', 'language', name=op.f('uq_wording_kind_language'))
    )
    op.create_table('line_account',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.String(length=60), nullable=False),
    sa.Column('bound_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_line_account_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_line_account')),
    sa.UniqueConstraint('user_id', name=op.f('uq_line_account_user_id'))
    )
    op.create_table('line_code',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_line_code_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_line_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_line_code_code_hash'))
    )
    op.create_table('push_device',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('endpoint', sa.String(length=600), nullable=False),
    sa.Column('public_key', sa.String(length=120), nullable=False),
    sa.Column('secret', sa.String(length=40), nullable=False),
    sa.Column('called', sa.String(length=80), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_push_device_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_push_device')),
    sa.UniqueConstraint('endpoint', name=op.f('uq_push_device_endpoint'))
    )
    op.create_index(op.f('ix_push_device_person_id'), 'push_device', ['person_id'], unique=False)
    op.create_table('quietness',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=True),
    sa.Column('quiet_until', sa.Time(), nullable=True),
    sa.Column('digest_at', sa.Time(), nullable=False),
    sa.Column('last_digest_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quietness_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_quietness'))
    )
    op.create_table('way_choice',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_name', sa.String(length=20), nullable=False),
    sa.Column('way', sa.String(length=6), nullable=False),
    sa.Column('rhythm', sa.String(length=6), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_way_choice_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'group_name', 'way', name=op.f('pk_way_choice'))
    )
    op.create_table('delivery',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('way', sa.String(length=6), nullable=False),
    sa.Column('device_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_error', sa.String(length=500), nullable=False),
    sa.Column('retry_key', sa.String(length=36), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(way = 'push') = (device_id IS NOT NULL)", name=op.f('ck_delivery_device')),
    sa.ForeignKeyConstraint(['device_id'], ['push_device.id'], name=op.f('fk_delivery_device_id')),
    sa.ForeignKeyConstraint(['message_id'], ['outgoing_message.id'], name=op.f('fk_delivery_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('message_id', 'device_id', name=op.f('uq_delivery_message_id_device_id'))
    )
    op.create_index(op.f('ix_delivery_device_id'), 'delivery', ['device_id'], unique=False)
    op.create_index('ix_delivery_due', 'delivery', ['state', 'next_try_at'], unique=False)
    op.create_index('ix_delivery_state', 'delivery', ['state', 'id'], unique=False)
    op.create_index('uq_delivery_way', 'delivery', ['message_id', 'way'], unique=True, sqlite_where=sa.text('device_id IS NULL'), postgresql_where=sa.text('device_id IS NULL'))
