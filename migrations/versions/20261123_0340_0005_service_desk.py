"""The service desk: knowledge, categories, deadlines, work, mail that comes in, figures.

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
    "checklist",
    "saved_reply",
    "checklist_step",
    "outside_repair",
    "repair_replacement",
    "repair_replacement_plan",
    "repair_signature",
    "repair_spell",
    "ticket_link",
    "repair_cost",
    "mailbox_mark",
    "incoming_mail",
    "mail_file",
    "advice_topic",
    "figure_cursor",
    "operation_summary",
    "consultation",
    "ticket_figure",
    "ticket_figure_symptom",
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
    op.create_table('checklist',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('required', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_checklist_class_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist'))
    )
    op.create_index(op.f('ix_checklist_category'), 'checklist', ['category'], unique=False)
    op.create_index(op.f('ix_checklist_class_id'), 'checklist', ['class_id'], unique=False)
    op.create_table('saved_reply',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_saved_reply_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_reply'))
    )
    op.create_index('ix_saved_reply_owner', 'saved_reply', ['owner_id', 'name'], unique=False)
    op.create_table('checklist_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('checklist_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text_th', sa.String(length=200), nullable=False),
    sa.Column('text_en', sa.String(length=200), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('done_by_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(done_at IS NULL) = (done_by_name = '')", name=op.f('ck_checklist_step_done')),
    sa.ForeignKeyConstraint(['checklist_id'], ['checklist.id'], name=op.f('fk_checklist_step_checklist_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_checklist_step_done_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_checklist_step_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_step')),
    sa.UniqueConstraint('ticket_id', 'checklist_id', 'position', name=op.f('uq_checklist_step_ticket_id_checklist_id_position'))
    )
    op.create_table('outside_repair',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('expected_on', sa.Date(), nullable=False),
    sa.Column('condition_out', sa.String(length=400), nullable=False),
    sa.Column('accessories', sa.String(length=400), nullable=False),
    sa.Column('quoted', sa.BigInteger(), nullable=True),
    sa.Column('quote_no', sa.String(length=60), nullable=False),
    sa.Column('quoted_on', sa.Date(), nullable=True),
    sa.Column('cover_why', sa.String(length=300), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('back_on', sa.Date(), nullable=True),
    sa.Column('works', sa.Boolean(), nullable=True),
    sa.Column('back_note', sa.String(length=400), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=True),
    sa.Column('receipt_no', sa.String(length=60), nullable=False),
    sa.Column('warranty_until', sa.Date(), nullable=True),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'back') = (back_on IS NOT NULL)", name=op.f('ck_outside_repair_back')),
    sa.CheckConstraint('expected_on >= sent_on', name=op.f('ck_outside_repair_expected')),
    sa.CheckConstraint('paid IS NULL OR paid >= 0', name=op.f('ck_outside_repair_paid')),
    sa.CheckConstraint('quoted IS NULL OR quoted >= 0', name=op.f('ck_outside_repair_quoted')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_outside_repair_approval_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_outside_repair_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_outside_repair_ticket_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_outside_repair_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_repair')),
    sa.UniqueConstraint('number', name=op.f('uq_outside_repair_number'))
    )
    op.create_index('ix_outside_repair_expected', 'outside_repair', ['state', 'expected_on', 'id'], unique=False)
    op.create_index('ix_outside_repair_ticket', 'outside_repair', ['ticket_id', 'id'], unique=False)
    op.create_index('ix_outside_repair_vendor', 'outside_repair', ['vendor_id', 'id'], unique=False)
    op.create_index('uq_outside_repair_away', 'outside_repair', ['ticket_id'], unique=True, sqlite_where=sa.text("state <> 'back'"), postgresql_where=sa.text("state <> 'back'"))
    op.create_table('repair_replacement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('loan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_repair_replacement_loan_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_replacement_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_replacement')),
    sa.UniqueConstraint('loan_id', name=op.f('uq_repair_replacement_loan_id'))
    )
    op.create_index(op.f('ix_repair_replacement_ticket_id'), 'repair_replacement', ['ticket_id'], unique=False)
    op.create_table('repair_replacement_plan',
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_repair_replacement_plan_officer_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_replacement_plan_ticket_id')),
    sa.PrimaryKeyConstraint('officer_id', name=op.f('pk_repair_replacement_plan'))
    )
    op.create_index(op.f('ix_repair_replacement_plan_ticket_id'), 'repair_replacement_plan', ['ticket_id'], unique=False)
    op.create_table('repair_signature',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(way = 'drawn') = (file_key <> '')", name=op.f('ck_repair_signature_drawing')),
    sa.CheckConstraint("way = 'drawn' OR person_id IS NOT NULL", name=op.f('ck_repair_signature_card')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_repair_signature_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_repair_signature_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_signature_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_signature'))
    )
    op.create_index(op.f('ix_repair_signature_ticket_id'), 'repair_signature', ['ticket_id'], unique=False)
    op.create_table('repair_spell',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes IS NOT NULL OR started_at IS NOT NULL', name=op.f('ck_repair_spell_started')),
    sa.CheckConstraint('minutes IS NULL OR minutes BETWEEN 0 AND 1440', name=op.f('ck_repair_spell_minutes')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_repair_spell_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_spell_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_spell'))
    )
    op.create_index('ix_repair_spell_person', 'repair_spell', ['person_id', 'on_day'], unique=False)
    op.create_index('ix_repair_spell_ticket', 'repair_spell', ['ticket_id', 'id'], unique=False)
    op.create_index('uq_repair_spell_running', 'repair_spell', ['person_id'], unique=True, sqlite_where=sa.text('minutes IS NULL'), postgresql_where=sa.text('minutes IS NULL'))
    op.create_table('ticket_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('ticket_id < other_id', name=op.f('ck_ticket_link_order')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_ticket_link_by_id')),
    sa.ForeignKeyConstraint(['other_id'], ['ticket.id'], name=op.f('fk_ticket_link_other_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_link_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_link')),
    sa.UniqueConstraint('ticket_id', 'other_id', name=op.f('uq_ticket_link_ticket_id_other_id'))
    )
    op.create_index(op.f('ix_ticket_link_other_id'), 'ticket_link', ['other_id'], unique=False)
    op.create_table('repair_cost',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('what', sa.String(length=200), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('receipt_no', sa.String(length=60), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('vendor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outside_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('stock_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cover_why', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('struck_why', sa.String(length=300), nullable=False),
    sa.CheckConstraint("(struck_at IS NULL) = (struck_why = '')", name=op.f('ck_repair_cost_struck')),
    sa.CheckConstraint('amount >= 0 OR stock_line_id IS NOT NULL', name=op.f('ck_repair_cost_amount')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_repair_cost_by_id')),
    sa.ForeignKeyConstraint(['outside_id'], ['outside_repair.id'], name=op.f('fk_repair_cost_outside_id')),
    sa.ForeignKeyConstraint(['stock_line_id'], ['stock_slip_line.id'], name=op.f('fk_repair_cost_stock_line_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_repair_cost_ticket_id')),
    sa.ForeignKeyConstraint(['vendor_id'], ['vendor.id'], name=op.f('fk_repair_cost_vendor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_cost')),
    sa.UniqueConstraint('stock_line_id', name=op.f('uq_repair_cost_stock_line_id'))
    )
    op.create_index(op.f('ix_repair_cost_outside_id'), 'repair_cost', ['outside_id'], unique=False)
    op.create_index('ix_repair_cost_ticket', 'repair_cost', ['ticket_id', 'id'], unique=False)
    op.create_table('mailbox_mark',
    sa.Column('mailbox', sa.String(length=64), nullable=False),
    sa.Column('epoch', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_uid', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('mailbox', name=op.f('pk_mailbox_mark'))
    )
    op.create_table('incoming_mail',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_key', sa.String(length=64), nullable=False),
    sa.Column('raw_key', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sender', sa.String(length=254), nullable=False),
    sa.Column('sender_name', sa.String(length=120), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('ticket', 'reply')) = (ticket_id IS NOT NULL)", name=op.f('ck_incoming_mail_ticket')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_incoming_mail_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incoming_mail')),
    sa.UniqueConstraint('message_key', name=op.f('uq_incoming_mail_message_key'))
    )
    op.create_index('ix_incoming_mail_new', 'incoming_mail', ['id'], unique=False, sqlite_where=sa.text("state = 'stored'"), postgresql_where=sa.text("state = 'stored'"))
    op.create_index('ix_incoming_mail_state', 'incoming_mail', ['state', 'id'], unique=False)
    op.create_index(op.f('ix_incoming_mail_ticket_id'), 'incoming_mail', ['ticket_id'], unique=False)
    op.create_table('mail_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mail_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=140), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('remark', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['incoming_mail.id'], name=op.f('fk_mail_file_mail_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_mail_file_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_file'))
    )
    op.create_index(op.f('ix_mail_file_mail_id'), 'mail_file', ['mail_id'], unique=False)
    op.create_index('ix_mail_file_ticket', 'mail_file', ['ticket_id', 'id'], unique=False)
    op.create_table('advice_topic',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advice_topic')),
    sa.UniqueConstraint('code', name=op.f('uq_advice_topic_code'))
    )
    op.create_table('figure_cursor',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('walked_to', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('walk_ends', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('audit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_figure_cursor_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figure_cursor'))
    )
    op.create_table('operation_summary',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('problems', sa.Text(), nullable=False),
    sa.Column('suggestions', sa.Text(), nullable=False),
    sa.Column('changed_by', sa.String(length=200), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_operation_summary_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operation_summary')),
    sa.UniqueConstraint('code', name=op.f('uq_operation_summary_code'))
    )
    op.create_table('consultation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.String(length=30), nullable=False),
    sa.Column('result', sa.String(length=12), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_consultation_minutes')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_consultation_by_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_consultation_ticket_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_consultation_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sa.UniqueConstraint('ticket_id', name=op.f('uq_consultation_ticket_id'))
    )
    op.create_index('ix_consultation_month', 'consultation', ['month', 'unit_id', 'id'], unique=False)
    op.create_table('ticket_figure',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('assignee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('product_model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('category', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('priority', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=False),
    sa.Column('opened_month', sa.Integer(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('ended_month', sa.Integer(), nullable=True),
    sa.Column('resolved_month', sa.Integer(), nullable=True),
    sa.Column('response_minutes', sa.Integer(), nullable=True),
    sa.Column('response_met', sa.Boolean(), nullable=True),
    sa.Column('resolution_minutes', sa.Integer(), nullable=True),
    sa.Column('resolution_met', sa.Boolean(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('seen_version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_ticket_figure_asset_id')),
    sa.ForeignKeyConstraint(['assignee_id'], ['person.id'], name=op.f('fk_ticket_figure_assignee_id')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_ticket_figure_class_id')),
    sa.ForeignKeyConstraint(['product_model_id'], ['product_model.id'], name=op.f('fk_ticket_figure_product_model_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_ticket_figure_room_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_figure_ticket_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_ticket_figure_unit_id')),
    sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_ticket_figure'))
    )
    op.create_index('ix_ticket_figure_asset', 'ticket_figure', ['asset_id', 'opened_month'], unique=False)
    op.create_index('ix_ticket_figure_ended', 'ticket_figure', ['ended_month', 'unit_id', 'resolved_month', 'resolution_minutes', 'resolution_met'], unique=False)
    op.create_index('ix_ticket_figure_opened', 'ticket_figure', ['opened_month', 'unit_id', 'ended_month'], unique=False)
    op.create_table('ticket_figure_symptom',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('symptom_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['symptom_id'], ['symptom.id'], name=op.f('fk_ticket_figure_symptom_symptom_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_figure_symptom_ticket_id')),
    sa.PrimaryKeyConstraint('ticket_id', 'symptom_id', name=op.f('pk_ticket_figure_symptom'))
    )
    op.create_index('ix_ticket_figure_symptom_symptom', 'ticket_figure_symptom', ['symptom_id', 'ticket_id'], unique=False)
