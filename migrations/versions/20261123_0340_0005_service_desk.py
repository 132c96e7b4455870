"""The service desk: knowledge, categories, deadlines.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

from migrations import changes

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

TABLES = (
    "article",
    "article_image",
    "article_version",
    "article_vote",
    "deadline_choice",
    "ticket_category",
    "ticket_target",
    "ticket_category_question",
    "ticket_answer",
    "ticket_escalation",
    "ticket_presence",
    "ticket_rating",
)
POINTERS = (
    ('parent_id', 'parent', 'parent_id IS NULL OR parent_id <> id'),
    (
        'merged_into_id',
        'merged_into',
        "merged_into_id IS NULL OR (merged_into_id <> id AND state = 'cancelled')",
    ),
)
TICKET_INDEXES = (
    ('ix_ticket_advice', ['kind', 'next_due_at', 'id'], 'next_due_at IS NOT NULL'),
    ('ix_ticket_closed', ['closed_at'], ''),
    ('ix_ticket_contact', ['reporter_contact', 'id'], "reporter_contact <> ''"),
    ('ix_ticket_lane', ['state', 'next_due_at', 'id'], 'next_due_at IS NOT NULL'),
    ('ix_ticket_room', ['room_id', 'id'], 'next_due_at IS NOT NULL'),
)


def _add_token_of_followers() -> None:
    if changes.on_sqlite():
        with op.batch_alter_table('ticket_follower') as table:
            table.add_column(sa.Column('token', sa.String(43)))
            table.create_unique_constraint('uq_ticket_follower_token', ['token'])
        return
    op.add_column('ticket_follower', sa.Column('token', sa.String(43)))
    op.create_unique_constraint('uq_ticket_follower_token', 'ticket_follower', ['token'])


def _drop_token_of_followers() -> None:
    if changes.on_sqlite():
        with op.batch_alter_table('ticket_follower') as table:
            table.drop_constraint('uq_ticket_follower_token', type_='unique')
            table.drop_column('token')
        return
    op.drop_constraint('uq_ticket_follower_token', 'ticket_follower')
    op.drop_column('ticket_follower', 'token')



def upgrade() -> None:
    """Go up."""
    _make_tables()
    changes.make_search("article")
    for column in (
        sa.Column('response_due_at', sa.DateTime(timezone=True)),
        sa.Column('resolution_due_at', sa.DateTime(timezone=True)),
        sa.Column('waits_for_parts', sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column('ticket', column)
    for name, check, term in POINTERS:
        changes.add_reference('ticket', name, 'ticket', check, term)
        op.create_index(f'ix_ticket_{name}', 'ticket', [name])
    for name, columns, term in TICKET_INDEXES:
        partial = changes.where(term) if term else {}
        op.create_index(name, 'ticket', columns, **partial)
    op.add_column('ticket_follower', sa.Column('left_at', sa.DateTime(timezone=True)))
    _add_token_of_followers()


def downgrade() -> None:
    """Go down."""
    for name, _columns, _term in TICKET_INDEXES:
        op.drop_index(name, table_name='ticket')
    for name, check, _term in POINTERS:
        op.drop_index(f'ix_ticket_{name}', table_name='ticket')
        changes.drop_reference('ticket', name, check)
    for name in ('response_due_at', 'resolution_due_at', 'waits_for_parts'):
        op.drop_column('ticket', name)
    op.drop_column('ticket_follower', 'left_at')
    _drop_token_of_followers()
    changes.drop_search("article")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('article',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('audience', sa.String(length=10), nullable=False),
    sa.Column('title_th', sa.String(length=160), nullable=False),
    sa.Column('title_en', sa.String(length=160), nullable=False),
    sa.Column('body_th', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('tags', sa.String(length=400), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('product_model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('starter', sa.String(length=40), nullable=True),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('helped', sa.Integer(), nullable=False),
    sa.Column('not_helped', sa.Integer(), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'published' OR review_on IS NOT NULL", name=op.f('ck_article_review')),
    sa.CheckConstraint('helped >= 0 AND not_helped >= 0', name=op.f('ck_article_votes')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_article_author_id')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_article_class_id')),
    sa.ForeignKeyConstraint(['product_model_id'], ['product_model.id'], name=op.f('fk_article_product_model_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article')),
    sa.UniqueConstraint('starter', name=op.f('uq_article_starter'))
    )
    op.create_index(op.f('ix_article_class_id'), 'article', ['class_id'], unique=False)
    op.create_index(op.f('ix_article_product_model_id'), 'article', ['product_model_id'], unique=False)
    op.create_index('ix_article_review', 'article', ['review_on'], unique=False, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.create_index('ix_article_state', 'article', ['state', 'id'], unique=False)
    op.create_table('article_image',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_image_article_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_image'))
    )
    op.create_index(op.f('ix_article_image_article_id'), 'article_image', ['article_id'], unique=False)
    op.create_table('article_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('title_th', sa.String(length=160), nullable=False),
    sa.Column('title_en', sa.String(length=160), nullable=False),
    sa.Column('body_th', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_version_article_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_article_version_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_version')),
    sa.UniqueConstraint('article_id', 'number', name=op.f('uq_article_version_article_id_number'))
    )
    op.create_table('article_vote',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('voter', sa.String(length=64), nullable=False),
    sa.Column('helped', sa.Boolean(), nullable=False),
    sa.Column('remark', sa.String(length=400), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_vote_article_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_vote')),
    sa.UniqueConstraint('article_id', 'voter', name=op.f('uq_article_vote_article_id_voter'))
    )
    op.create_index('ix_article_vote_remarks', 'article_vote', ['article_id', 'helped', 'id'], unique=False)
    op.create_table('deadline_choice',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('amber_percent', sa.Integer(), nullable=False),
    sa.Column('red_percent', sa.Integer(), nullable=False),
    sa.Column('reckoned_with', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('0 < amber_percent AND amber_percent < red_percent', name=op.f('ck_deadline_choice_amber')),
    sa.CheckConstraint('id = 1', name=op.f('ck_deadline_choice_one_row')),
    sa.CheckConstraint('red_percent <= 100', name=op.f('ck_deadline_choice_red')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_choice'))
    )
    op.create_table('ticket_category',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('hint_th', sa.String(length=300), nullable=False),
    sa.Column('hint_en', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("code <> '' AND name_th <> ''", name=op.f('ck_ticket_category_named')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_category')),
    sa.UniqueConstraint('code', name=op.f('uq_ticket_category_code'))
    )
    op.create_table('ticket_target',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('priority', sa.String(length=10), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('response_seconds', sa.Integer(), nullable=False),
    sa.Column('resolution_seconds', sa.Integer(), nullable=False),
    sa.CheckConstraint('resolution_seconds >= response_seconds', name=op.f('ck_ticket_target_resolution')),
    sa.CheckConstraint('response_seconds > 0', name=op.f('ck_ticket_target_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_target')),
    sa.UniqueConstraint('priority', 'category', name=op.f('uq_ticket_target_priority_category'))
    )
    op.create_table('ticket_category_question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('text_th', sa.String(length=200), nullable=False),
    sa.Column('text_en', sa.String(length=200), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("text_th <> ''", name=op.f('ck_ticket_category_question_text')),
    sa.ForeignKeyConstraint(['category_id'], ['ticket_category.id'], name=op.f('fk_ticket_category_question_category_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_category_question')),
    sa.UniqueConstraint('code', name=op.f('uq_ticket_category_question_code'))
    )
    op.create_index('ix_ticket_category_question_category', 'ticket_category_question', ['category_id', 'position'], unique=False)
    op.create_table('ticket_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question_code', sa.String(length=30), nullable=False),
    sa.Column('question_th', sa.String(length=200), nullable=False),
    sa.Column('question_en', sa.String(length=200), nullable=False),
    sa.Column('value_th', sa.String(length=400), nullable=False),
    sa.Column('value_en', sa.String(length=400), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_answer_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_answer')),
    sa.UniqueConstraint('ticket_id', 'question_code', name=op.f('uq_ticket_answer_ticket_id_question_code'))
    )
    op.create_table('ticket_escalation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deadline', sa.String(length=10), nullable=False),
    sa.Column('step', sa.String(length=10), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("deadline IN ('response', 'resolution')", name=op.f('ck_ticket_escalation_deadline')),
    sa.CheckConstraint("step IN ('technician', 'head')", name=op.f('ck_ticket_escalation_step')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_escalation_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_escalation')),
    sa.UniqueConstraint('ticket_id', 'deadline', 'step', name=op.f('uq_ticket_escalation_ticket_id_deadline_step'))
    )
    op.create_table('ticket_presence',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('writing', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ticket_presence_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_presence_ticket_id')),
    sa.PrimaryKeyConstraint('ticket_id', 'person_id', name=op.f('pk_ticket_presence'))
    )
    op.create_index(op.f('ix_ticket_presence_seen_at'), 'ticket_presence', ['seen_at'], unique=False)
    op.create_table('ticket_rating',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('comment', sa.String(length=1000), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_ticket_rating_level')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_rating_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_rating')),
    sa.UniqueConstraint('ticket_id', name=op.f('uq_ticket_rating_ticket_id'))
    )
    op.create_index(op.f('ix_ticket_rating_at'), 'ticket_rating', ['at'], unique=False)
