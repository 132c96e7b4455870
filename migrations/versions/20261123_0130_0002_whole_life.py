"""The whole life of a thing: catalogue, labels, movements, counts, disposals, approvals, cards, asking.

Revision: 0002
Follows: 0001

SQLite adds each column with its constraint in place and changes what is said of ``loan_line``
where it is written down, because rebuilding a table would take its triggers and references away.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from kernel import thai

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KEY = sa.String(200).with_variant(sa.String(200, collation='C'), 'postgresql')
# What an item cost at least to be a capital item, in satang, by the day it was acquired (R-A1).
THRESHOLDS = (("2019-10-01", 1_000_000), ("2002-10-01", 500_000), ("1996-10-01", 3_000_000))
STEP = 1000
TABLES = (
    "issued_paper",
    "card_design",
    "extra_field",
    "label_layout",
    "label_printer",
    "loan_kit",
    "number_counter",
    "number_pattern",
    "product_model",
    "absence",
    "approval_path",
    "bulk_change",
    "card_run",
    "count_round",
    "handover",
    "label_run",
    "loan_block_lift",
    "loan_kit_line",
    "loan_letter",
    "photo_batch",
    "saved_mapping",
    "saved_view",
    "transfer",
    "approval",
    "approval_path_step",
    "count_room",
    "count_unit",
    "imported_item",
    "list_choice",
    "loan_signature",
    "approval_path_signer",
    "approval_step",
    "attachment",
    "bulk_line",
    "card_batch",
    "count_expected",
    "count_member",
    "count_scan",
    "custody_remark",
    "disposal",
    "handover_line",
    "loan_request",
    "movement",
    "photo_entry",
    "transfer_line",
    "approval_act",
    "approval_link",
    "approval_notice",
    "approval_signer",
    "card_batch_row",
    "count_photo",
    "count_proposal",
    "count_result",
    "disposal_line",
    "disposal_member",
    "disposal_notice",
    "label_run_line",
    "loan_request_line",
    "loan_setup",
    "tag_move",
    "user_card",
    "loan_chase",
    "loan_duty",
    "loan_extension_wish",
    "loan_handing_on",
    "loan_letter_line",
    "loan_line_photo",
    "loan_override",
    "loan_recall",
)
# table, column, the table it names
REFERENCES = (
    ("asset", "model_id", "product_model"),
    ("asset", "whole_id", "asset"),
    ("loan_basket_line", "request_line_id", "loan_request_line"),
    ("loan_line", "request_line_id", "loan_request_line"),
    ("loan_line", "handed_in_unit_id", "unit"),
    ("loan_line", "handed_in_to_id", "person"),
    ("tag", "room_id", "room"),
)
CHECKS = {
    ("asset", "whole_id"): ("whole", "whole_id IS NULL OR whole_id <> id"),
    ("tag", "room_id"): ("one_thing", "asset_id IS NULL OR room_id IS NULL"),
    ("loan_line", "handed_in_at"): (
        "handed_in", "state <> 'returned_elsewhere' OR handed_in_at IS NOT NULL"
    ),
    ("ticket", "repair_cost"): ("repair_cost", "repair_cost IS NULL OR repair_cost >= 0"),
}
OPEN_LINE = "state IN ('out', 'returned_elsewhere')"


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _columns() -> dict[tuple[str, str], sa.Column]:
    text, yes, no = sa.Text(), sa.true(), sa.false()
    plain = {
        "asset": [
            sa.Column('name_sort', KEY, server_default='', nullable=False),
            sa.Column('standing_override', sa.String(12)),
            sa.Column('standing_reason', sa.String(300), server_default='', nullable=False),
            sa.Column('moves_with_set', sa.Boolean(), server_default=yes, nullable=False),
        ],
        "asset_class": [
            sa.Column('dep_rate', sa.BigInteger()),
            sa.Column('turnaround_days', sa.Integer(), server_default='0', nullable=False),
            sa.Column('borrowers', sa.String(12), server_default='everyone', nullable=False),
            sa.Column('service_checklist', text, server_default='', nullable=False),
            sa.Column('retired_on', sa.Date()),
            sa.Column('version', sa.Integer(), server_default='1', nullable=False),
        ],
        "import_row": [
            sa.Column('differs', sa.Boolean(), server_default=no, nullable=False),
            sa.Column('taken', sa.JSON(none_as_null=True)),
        ],
        "loan_basket_line": [
            sa.Column('against', sa.String(400), server_default='', nullable=False),
            sa.Column('override_why', sa.String(300), server_default='', nullable=False),
            sa.Column('photo_key', sa.String(80), server_default='', nullable=False),
            sa.Column('thumbnail_key', sa.String(80), server_default='', nullable=False),
        ],
        "loan_line": [sa.Column('handed_in_at', sa.DateTime(timezone=True))],
        "symptom": [sa.Column('retired', sa.Boolean(), server_default=no, nullable=False)],
        "tag": [
            sa.Column('retired_for', sa.String(20)),
            sa.Column('retired_note', sa.String(200), server_default='', nullable=False),
        ],
        "ticket": [sa.Column('repair_cost', sa.BigInteger())],
    }
    return {(table, one.name): one for table, ones in plain.items() for one in ones}


def _add_columns() -> None:
    for (table, name), column in _columns().items():
        if (table, name) in CHECKS and _on_sqlite():
            _add_with_check(table, name, column.type)
        else:
            op.add_column(table, column)
    for table, name, target in REFERENCES:
        if _on_sqlite():
            _add_with_check(table, name, sa.Integer(), target)
        else:
            op.add_column(table, sa.Column(name, ID))
            op.create_foreign_key(f"fk_{table}_{name}", table, target, [name], ["id"])
    if not _on_sqlite():
        for (table, _name), (check, term) in CHECKS.items():
            op.create_check_constraint(op.f(f"ck_{table}_{check}"), table, term)


def _add_with_check(table: str, name: str, kind: sa.types.TypeEngine, target: str = "") -> None:
    check, term = CHECKS.get((table, name), ("", ""))
    told = f" CONSTRAINT ck_{table}_{check} CHECK ({term})" if check else ""
    where = f" CONSTRAINT fk_{table}_{name} REFERENCES {target} (id)" if target else ""
    written = kind.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {written}{told}{where}")


def _drop_columns() -> None:
    if not _on_sqlite():
        for (table, _name), (check, _term) in CHECKS.items():
            op.drop_constraint(op.f(f"ck_{table}_{check}"), table)
    for table, name, _target in REFERENCES:
        op.drop_column(table, name)
    for table, name in _columns():
        op.drop_column(table, name)


INDEXES = (
    ('ix_asset_acquired', 'asset', ['acquired_on']),
    ('ix_asset_model_id', 'asset', ['model_id']),
    ('ix_asset_name', 'asset', ['name_sort', 'asset_no_sort', 'id']),
    ('ix_asset_price', 'asset', ['price']),
    ('ix_asset_warranty', 'asset', ['warranty_until']),
    ('ix_asset_whole_id', 'asset', ['whole_id']),
    ('ix_loan_basket_line_request_line', 'loan_basket_line', ['request_line_id']),
    ('ix_loan_line_handed_in_to_id', 'loan_line', ['handed_in_to_id']),
    ('ix_loan_line_handed_in_unit_id', 'loan_line', ['handed_in_unit_id']),
    ('ix_loan_line_request_line', 'loan_line', ['request_line_id']),
    ('ix_tag_room_id', 'tag', ['room_id']),
)


def _where(term: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(term), "postgresql_where": sa.text(term)}


HANDED_OUT = "state NOT IN ('out', 'returned', 'lost') OR out_at IS NOT NULL"
REJECTED = "state <> 'rejected' OR note <> ''"
REJECTED_WRITTEN = f", CONSTRAINT ck_loan_line_rejected_with_reason CHECK ({REJECTED})"


def _rewrite_loan_lines(*changes: tuple[str, str]) -> None:
    """Change the words of the table in SQLite's schema: the way its manual gives for constraints."""
    bind = op.get_bind()
    where = "type = 'table' AND name = 'loan_line'"
    said = bind.exec_driver_sql(f"SELECT sql FROM sqlite_schema WHERE {where}").scalar_one()
    plain = " ".join(said.split())
    for before, after in changes:
        if before not in plain:
            raise RuntimeError(f"loan_line is not as expected: {before}")
        plain = plain.replace(before, after, 1)
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(f"UPDATE sqlite_schema SET sql = ? WHERE {where}", (plain,))
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")


def _change_loan_lines() -> None:
    op.drop_index('uq_loan_line_out', table_name='loan_line')
    op.create_index('uq_loan_line_open', 'loan_line', ['asset_id'], unique=True, **_where(OPEN_LINE))
    if _on_sqlite():
        _rewrite_loan_lines(
            ("state VARCHAR(12)", "state VARCHAR(20)"),
            (HANDED_OUT, "out_at IS NOT NULL"),
            (REJECTED_WRITTEN, ""),
        )
        return
    op.alter_column('loan_line', 'state', type_=sa.String(20), existing_nullable=False)
    op.drop_constraint(op.f('ck_loan_line_handed_out'), 'loan_line')
    op.create_check_constraint(op.f('ck_loan_line_handed_out'), 'loan_line', "out_at IS NOT NULL")
    op.drop_constraint(op.f('ck_loan_line_rejected_with_reason'), 'loan_line')


def _change_loan_lines_back() -> None:
    op.drop_index('uq_loan_line_open', table_name='loan_line')
    op.create_index(
        'uq_loan_line_out', 'loan_line', ['asset_id'], unique=True, **_where("state = 'out'")
    )
    if _on_sqlite():
        kept = "CONSTRAINT ck_loan_line_handed_out CHECK (out_at IS NOT NULL)"
        before = f"CONSTRAINT ck_loan_line_handed_out CHECK ({HANDED_OUT}){REJECTED_WRITTEN}"
        _rewrite_loan_lines(("state VARCHAR(20)", "state VARCHAR(12)"), (kept, before))
        return
    op.alter_column('loan_line', 'state', type_=sa.String(12), existing_nullable=False)
    op.drop_constraint(op.f('ck_loan_line_handed_out'), 'loan_line')
    op.create_check_constraint(
        op.f('ck_loan_line_handed_out'),
        'loan_line',
        HANDED_OUT,
    )
    op.create_check_constraint(op.f('ck_loan_line_rejected_with_reason'), 'loan_line', REJECTED)


SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE product_model_fts
    USING fts5(search_key, content='product_model', content_rowid='id', tokenize='trigram')""",
    """CREATE TRIGGER product_model_fts_insert AFTER INSERT ON product_model BEGIN
    INSERT INTO product_model_fts(rowid, search_key) VALUES (new.id, new.search_key); END""",
    """CREATE TRIGGER product_model_fts_delete AFTER DELETE ON product_model BEGIN
    INSERT INTO product_model_fts(product_model_fts, rowid, search_key)
    VALUES ('delete', old.id, old.search_key); END""",
    """CREATE TRIGGER product_model_fts_update AFTER UPDATE OF search_key ON product_model
    WHEN old.search_key IS NOT new.search_key BEGIN
    INSERT INTO product_model_fts(product_model_fts, rowid, search_key)
    VALUES ('delete', old.id, old.search_key);
    INSERT INTO product_model_fts(rowid, search_key) VALUES (new.id, new.search_key); END""",
)


def _make_search() -> None:
    if _on_sqlite():
        for statement in SQLITE_SEARCH:
            op.execute(statement)
        return
    op.execute(
        "CREATE INDEX ix_product_model_search_key_trgm ON product_model "
        "USING gin (search_key gin_trgm_ops)"
    )


def _fill_old_rows() -> None:
    """Give old items their sorting name, their standing below the threshold, and their photo's row."""
    bind = op.get_bind()
    rows = bind.execute(sa.text("SELECT id, name FROM asset ORDER BY id")).all()
    named = [{"id": row.id, "key": thai.sort_key(row.name)[:200]} for row in rows]
    for start in range(0, len(named), STEP):
        bind.execute(
            sa.text("UPDATE asset SET name_sort = :key WHERE id = :id"), named[start : start + STEP]
        )
    younger = "9999-12-31"
    for first, satang in THRESHOLDS:
        bind.execute(
            sa.text(
                "UPDATE asset SET below_threshold = :yes WHERE price < :satang "
                "AND acquired_on >= :first AND acquired_on < :younger"
            ).bindparams(
                sa.bindparam("first", datetime.fromisoformat(first).date(), sa.Date),
                sa.bindparam("younger", datetime.fromisoformat(younger).date(), sa.Date),
                yes=True,
                satang=satang,
            )
        )
        younger = first
    bind.execute(
        sa.text(
            "INSERT INTO attachment (asset_id, kind, title, name, key, thumbnail_key, media, "
            "position, at, by_name, removed_by_name, removed_why, version) "
            "SELECT id, 'photo', '', 'photo.jpg', photo_key, thumbnail_key, 'image/jpeg', "
            "0, :now, '', '', '', 1 FROM asset WHERE photo_key <> ''"
        ).bindparams(sa.bindparam("now", datetime.now(UTC), sa.DateTime(timezone=True)))
    )


def upgrade() -> None:
    """Go up."""
    _make_tables()
    _make_search()
    _add_columns()
    _change_loan_lines()
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    op.create_index(
        'uq_tag_room_in_use', 'tag', ['room_id'], unique=True, **_where('retired_at IS NULL')
    )
    _fill_old_rows()


def downgrade() -> None:
    """Go down."""
    op.drop_index('uq_tag_room_in_use', table_name='tag')
    for name, table, _columns_ in INDEXES:
        op.drop_index(name, table_name=table)
    _change_loan_lines_back()
    _drop_columns()
    if _on_sqlite():
        op.execute("DROP TABLE product_model_fts")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table('issued_paper',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('title_th', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('signers', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('void_reason', sa.String(length=300), nullable=False),
    sa.CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name=op.f('ck_issued_paper_void_reason')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_paper')),
    sa.UniqueConstraint('code', name=op.f('uq_issued_paper_code'))
    )
    op.create_index('ix_issued_paper_number', 'issued_paper', ['kind', 'number'], unique=False)
    op.create_table('card_design',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('band', sa.String(length=7), nullable=False),
    sa.Column('ink', sa.String(length=7), nullable=False),
    sa.Column('emblem_key', sa.String(length=80), nullable=False),
    sa.Column('rules_text', sa.String(length=400), nullable=False),
    sa.Column('valid_years', sa.Integer(), nullable=False),
    sa.Column('front_right', sa.Integer(), nullable=False),
    sa.Column('front_down', sa.Integer(), nullable=False),
    sa.Column('back_right', sa.Integer(), nullable=False),
    sa.Column('back_down', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_card_design_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_design')),
    sa.UniqueConstraint('unit_id', name=op.f('uq_card_design_unit_id'))
    )
    op.create_table('extra_field',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('unit_th', sa.String(length=30), nullable=False),
    sa.Column('unit_en', sa.String(length=30), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('searched', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('text', 'number', 'date', 'choice')", name=op.f('ck_extra_field_kind')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_extra_field_class_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extra_field')),
    sa.UniqueConstraint('key', name=op.f('uq_extra_field_key'))
    )
    op.create_index('ix_extra_field_class', 'extra_field', ['class_id', 'position', 'id'], unique=False)
    op.create_table('label_layout',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('page_width', sa.Integer(), nullable=False),
    sa.Column('page_height', sa.Integer(), nullable=False),
    sa.Column('columns', sa.Integer(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('label_width', sa.Integer(), nullable=False),
    sa.Column('label_height', sa.Integer(), nullable=False),
    sa.Column('margin_left', sa.Integer(), nullable=False),
    sa.Column('margin_top', sa.Integer(), nullable=False),
    sa.Column('gap_x', sa.Integer(), nullable=False),
    sa.Column('gap_y', sa.Integer(), nullable=False),
    sa.Column('qr', sa.Integer(), nullable=False),
    sa.Column('padding', sa.Integer(), nullable=False),
    sa.Column('font', sa.Integer(), nullable=False),
    sa.Column('lines', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('columns > 0 AND rows > 0', name=op.f('ck_label_layout_places')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_label_layout_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_layout'))
    )
    op.create_index('ix_label_layout_used', 'label_layout', ['retired_at', 'id'], unique=False)
    op.create_table('label_printer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('offset_x', sa.Integer(), nullable=False),
    sa.Column('offset_y', sa.Integer(), nullable=False),
    sa.Column('scale_x', sa.Integer(), nullable=False),
    sa.Column('scale_y', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('offset_x BETWEEN -100 AND 100', name=op.f('ck_label_printer_offset_x')),
    sa.CheckConstraint('offset_y BETWEEN -100 AND 100', name=op.f('ck_label_printer_offset_y')),
    sa.CheckConstraint('scale_x BETWEEN 9000 AND 11200', name=op.f('ck_label_printer_scale_x')),
    sa.CheckConstraint('scale_y BETWEEN 9000 AND 11200', name=op.f('ck_label_printer_scale_y')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_label_printer_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_printer'))
    )
    op.create_index('ix_label_printer_used', 'label_printer', ['retired_at', 'id'], unique=False)
    op.create_table('loan_kit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_loan_kit_name')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_loan_kit_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_kit'))
    )
    op.create_index('ix_loan_kit_unit', 'loan_kit', ['unit_id', 'retired_on', 'name'], unique=False)
    op.create_table('number_counter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scope', sa.String(length=160), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_number_counter_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_counter')),
    sa.UniqueConstraint('unit_id', 'scope', name=op.f('uq_number_counter_unit_id_scope'))
    )
    op.create_table('number_pattern',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('template', sa.String(length=80), nullable=False),
    sa.Column('prefix', sa.String(length=20), nullable=False),
    sa.Column('per_class', sa.Boolean(), nullable=False),
    sa.Column('per_year', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_number_pattern_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_pattern')),
    sa.UniqueConstraint('unit_id', name=op.f('uq_number_pattern_unit_id'))
    )
    op.create_table('product_model',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('brand', sa.String(length=120), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('same_key', sa.String(length=260), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('specification', sa.Text(), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_product_model_class_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product_model')),
    sa.UniqueConstraint('same_key', name=op.f('uq_product_model_same_key'))
    )
    op.create_index(op.f('ix_product_model_class_id'), 'product_model', ['class_id'], unique=False)
    op.create_index('ix_product_model_order', 'product_model', ['brand', 'name', 'id'], unique=False)
    op.create_table('absence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stand_in_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('capacity', sa.String(length=12), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("capacity IN ('acting', 'on_duty')", name=op.f('ck_absence_capacity')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_absence_days')),
    sa.CheckConstraint('stand_in_id <> person_id', name=op.f('ck_absence_two_people')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_absence_person_id')),
    sa.ForeignKeyConstraint(['stand_in_id'], ['person.id'], name=op.f('fk_absence_stand_in_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    op.create_index('ix_absence_person', 'absence', ['person_id', 'last_day'], unique=False)
    op.create_index('ix_absence_stand_in', 'absence', ['stand_in_id', 'last_day'], unique=False)
    op.create_table('approval_path',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('may_repeat', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_approval_path_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_path')),
    sa.UniqueConstraint('kind', 'edition', name=op.f('uq_approval_path_kind_edition'))
    )
    op.create_index(op.f('ix_approval_path_made_by_id'), 'approval_path', ['made_by_id'], unique=False)
    op.create_table('bulk_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('items', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_bulk_change_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_change'))
    )
    op.create_index('ix_bulk_change_person', 'bulk_change', ['by_id', 'id'], unique=False)
    op.create_table('card_run',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_card_run_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_run'))
    )
    op.create_table('count_round',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('order_no', sa.String(length=60), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('appointer_name', sa.String(length=200), nullable=False),
    sa.Column('appointer_position', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_day_counts', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('auditor_copy_on', sa.Date(), nullable=True),
    sa.Column('parent_copy_on', sa.Date(), nullable=True),
    sa.Column('cancel_reason', sa.String(length=400), nullable=False),
    sa.Column('expected_total', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_count_round_closed')),
    sa.CheckConstraint("state <> 'cancelled' OR cancel_reason <> ''", name=op.f('ck_count_round_cancelled')),
    sa.CheckConstraint("state NOT IN ('open', 'reviewing', 'closed') OR opened_at IS NOT NULL", name=op.f('ck_count_round_opened')),
    sa.CheckConstraint('starts_on <= due_on', name=op.f('ck_count_round_days')),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_count_round_created_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_count_round_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_round'))
    )
    op.create_index('ix_count_round_state', 'count_round', ['state', 'due_on'], unique=False)
    op.create_index(op.f('ix_count_round_unit_id'), 'count_round', ['unit_id'], unique=False)
    op.create_index('ix_count_round_year', 'count_round', ['fiscal_year', 'id'], unique=False)
    op.create_table('handover',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('to_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_by_name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_handover_proposed_by_id')),
    sa.ForeignKeyConstraint(['to_person_id'], ['person.id'], name=op.f('fk_handover_to_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sa.UniqueConstraint('number', name=op.f('uq_handover_number'))
    )
    op.create_index('ix_handover_recipient', 'handover', ['to_person_id', 'id'], unique=False)
    op.create_table('label_run',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('paper', sa.JSON(), nullable=False),
    sa.Column('printer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=300), nullable=False),
    sa.Column('again_of_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('count > 0', name=op.f('ck_label_run_count')),
    sa.ForeignKeyConstraint(['again_of_id'], ['label_run.id'], name=op.f('fk_label_run_again_of_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_label_run_by_id')),
    sa.ForeignKeyConstraint(['printer_id'], ['label_printer.id'], name=op.f('fk_label_run_printer_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_label_run_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_run'))
    )
    op.create_index('ix_label_run_by', 'label_run', ['by_id', 'id'], unique=False)
    op.create_index('ix_label_run_unit', 'label_run', ['unit_id', 'id'], unique=False)
    op.create_table('loan_block_lift',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("why <> ''", name=op.f('ck_loan_block_lift_why')),
    sa.CheckConstraint('by_id <> person_id', name=op.f('ck_loan_block_lift_two_people')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_block_lift_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loan_block_lift_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_block_lift'))
    )
    op.create_index(op.f('ix_loan_block_lift_by_id'), 'loan_block_lift', ['by_id'], unique=False)
    op.create_index('ix_loan_block_lift_person', 'loan_block_lift', ['person_id', 'until'], unique=False)
    op.create_table('loan_kit_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.CheckConstraint('(model_id IS NULL) <> (class_id IS NULL)', name=op.f('ck_loan_kit_line_one_thing')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_loan_kit_line_quantity')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_loan_kit_line_class_id')),
    sa.ForeignKeyConstraint(['kit_id'], ['loan_kit.id'], name=op.f('fk_loan_kit_line_kit_id')),
    sa.ForeignKeyConstraint(['model_id'], ['product_model.id'], name=op.f('fk_loan_kit_line_model_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_kit_line'))
    )
    op.create_index(op.f('ix_loan_kit_line_class_id'), 'loan_kit_line', ['class_id'], unique=False)
    op.create_index('ix_loan_kit_line_kit', 'loan_kit_line', ['kit_id', 'id'], unique=False)
    op.create_index(op.f('ix_loan_kit_line_model_id'), 'loan_kit_line', ['model_id'], unique=False)
    op.create_table('loan_letter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(number = '') = (dated IS NULL)", name=op.f('ck_loan_letter_dated')),
    sa.CheckConstraint("(number = '') = (sent_at IS NULL)", name=op.f('ck_loan_letter_sent')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loan_letter_person_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_loan_letter_sent_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_letter'))
    )
    op.create_index('ix_loan_letter_person', 'loan_letter', ['person_id', 'id'], unique=False)
    op.create_index('ix_loan_letter_sent', 'loan_letter', ['sent_at', 'id'], unique=False)
    op.create_index(op.f('ix_loan_letter_sent_by_id'), 'loan_letter', ['sent_by_id'], unique=False)
    op.create_index('uq_loan_letter_number', 'loan_letter', ['number'], unique=True, sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))
    op.create_table('photo_batch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('replace', sa.Boolean(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('problem', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_photo_batch_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_photo_batch_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_batch'))
    )
    op.create_table('saved_mapping',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=120), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('shapes', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_saved_mapping_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_saved_mapping_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_mapping')),
    sa.UniqueConstraint('unit_id', 'name_key', name=op.f('uq_saved_mapping_unit_id_name_key'))
    )
    op.create_table('saved_view',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('list_key', sa.String(length=30), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_th', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('reach', sa.String(length=10), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(reach = 'unit') = (unit_id IS NOT NULL)", name=op.f('ck_saved_view_reach')),
    sa.CheckConstraint("name_th <> ''", name=op.f('ck_saved_view_name')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_saved_view_owner_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_saved_view_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view'))
    )
    op.create_index('ix_saved_view_list', 'saved_view', ['list_key', 'owner_id'], unique=False)
    op.create_index(op.f('ix_saved_view_owner_id'), 'saved_view', ['owner_id'], unique=False)
    op.create_table('transfer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('from_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('letter_no', sa.String(length=80), nullable=False),
    sa.Column('letter_on', sa.Date(), nullable=True),
    sa.Column('prepared_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=400), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_unit_id <> to_unit_id', name=op.f('ck_transfer_two_units')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_transfer_answered_by_id')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_transfer_approved_by_id')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['unit.id'], name=op.f('fk_transfer_from_unit_id')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['person.id'], name=op.f('fk_transfer_prepared_by_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_transfer_sent_by_id')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['unit.id'], name=op.f('fk_transfer_to_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer')),
    sa.UniqueConstraint('number', name=op.f('uq_transfer_number'))
    )
    op.create_index('ix_transfer_from', 'transfer', ['from_unit_id', 'id'], unique=False)
    op.create_index('ix_transfer_state', 'transfer', ['state', 'id'], unique=False)
    op.create_index('ix_transfer_to', 'transfer', ['to_unit_id', 'id'], unique=False)
    op.create_table('approval',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('path_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('responsible_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('snapshot', sa.Text(), nullable=False),
    sa.Column('snapshot_hash', sa.String(length=64), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('waiting', 'sent_back')) = (decided_at IS NULL)", name=op.f('ck_approval_decided')),
    sa.CheckConstraint('amount IS NULL OR amount >= 0', name=op.f('ck_approval_amount')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_approval_asker_id')),
    sa.ForeignKeyConstraint(['path_id'], ['approval_path.id'], name=op.f('fk_approval_path_id')),
    sa.ForeignKeyConstraint(['responsible_unit_id'], ['unit.id'], name=op.f('fk_approval_responsible_unit_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_approval_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval'))
    )
    op.create_index('ix_approval_asker', 'approval', ['asker_id', 'id'], unique=False)
    op.create_index(op.f('ix_approval_path_id'), 'approval', ['path_id'], unique=False)
    op.create_index(op.f('ix_approval_responsible_unit_id'), 'approval', ['responsible_unit_id'], unique=False)
    op.create_index('ix_approval_state', 'approval', ['state', 'id'], unique=False)
    op.create_index('ix_approval_subject', 'approval', ['kind', 'subject_id', 'id'], unique=False)
    op.create_index('ix_approval_unit', 'approval', ['unit_id', 'id'], unique=False)
    op.create_index('uq_approval_open_subject', 'approval', ['kind', 'subject_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'sent_back')"), postgresql_where=sa.text("state IN ('waiting', 'sent_back')"))
    op.create_table('approval_path_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('path_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_th', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=12), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('slot', sa.String(length=40), nullable=False),
    sa.Column('all_sign', sa.Boolean(), nullable=False),
    sa.Column('above', sa.BigInteger(), nullable=True),
    sa.Column('up_to', sa.BigInteger(), nullable=True),
    sa.Column('variant', sa.String(length=40), nullable=False),
    sa.CheckConstraint("(place = 'given') = (slot <> '')", name=op.f('ck_approval_path_step_slot')),
    sa.CheckConstraint("(place = 'unit') = (unit_id IS NOT NULL)", name=op.f('ck_approval_path_step_unit')),
    sa.CheckConstraint('above IS NULL OR up_to IS NULL OR above < up_to', name=op.f('ck_approval_path_step_amounts')),
    sa.ForeignKeyConstraint(['path_id'], ['approval_path.id'], name=op.f('fk_approval_path_step_path_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_approval_path_step_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_path_step')),
    sa.UniqueConstraint('path_id', 'position', name=op.f('uq_approval_path_step_path_id_position'))
    )
    op.create_index(op.f('ix_approval_path_step_unit_id'), 'approval_path_step', ['unit_id'], unique=False)
    op.create_table('count_room',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('building', sa.String(length=120), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('expected_total', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('walked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('walked_by', sa.String(length=200), nullable=False),
    sa.CheckConstraint('counted BETWEEN 0 AND expected_total', name=op.f('ck_count_room_counted')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_count_room_room_id')),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_room_round_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_count_room_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_room'))
    )
    op.create_index('uq_count_room_known', 'count_room', ['round_id', 'room_id'], unique=True, sqlite_where=sa.text('room_id IS NOT NULL'), postgresql_where=sa.text('room_id IS NOT NULL'))
    op.create_index('uq_count_room_unknown', 'count_room', ['round_id', 'unit_id'], unique=True, sqlite_where=sa.text('room_id IS NULL'), postgresql_where=sa.text('room_id IS NULL'))
    op.create_table('count_unit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_unit_round_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_count_unit_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_unit')),
    sa.UniqueConstraint('round_id', 'unit_id', name=op.f('uq_count_unit_round_id_unit_id'))
    )
    op.create_index('uq_count_unit_year', 'count_unit', ['unit_id', 'fiscal_year'], unique=True, sqlite_where=sa.text('active'), postgresql_where=sa.text('active'))
    op.create_table('imported_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('import_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_no', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('made', sa.Boolean(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['register_import.id'], name=op.f('fk_imported_item_import_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_item')),
    sa.UniqueConstraint('import_id', 'asset_id', name=op.f('uq_imported_item_import_id_asset_id'))
    )
    op.create_index(op.f('ix_imported_item_asset_id'), 'imported_item', ['asset_id'], unique=False)
    op.create_index('ix_imported_item_undone', 'imported_item', ['import_id', 'undone', 'id'], unique=False)
    op.create_table('list_choice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('list_key', sa.String(length=30), nullable=False),
    sa.Column('columns', sa.String(length=600), nullable=False),
    sa.Column('view_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_list_choice_person_id')),
    sa.ForeignKeyConstraint(['view_id'], ['saved_view.id'], name=op.f('fk_list_choice_view_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_choice')),
    sa.UniqueConstraint('person_id', 'list_key', name=op.f('uq_list_choice_person_id_list_key'))
    )
    op.create_index(op.f('ix_list_choice_view_id'), 'list_choice', ['view_id'], unique=False)
    op.create_table('loan_signature',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('loan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occasion', sa.String(length=4), nullable=False),
    sa.Column('act_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("occasion IN ('out', 'back')", name=op.f('ck_loan_signature_occasion')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_signature_by_id')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_signature_loan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_signature')),
    sa.UniqueConstraint('loan_id', 'occasion', 'act_at', name=op.f('uq_loan_signature_loan_id_occasion_act_at'))
    )
    op.create_index(op.f('ix_loan_signature_by_id'), 'loan_signature', ['by_id'], unique=False)
    op.create_table('approval_path_signer',
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_approval_path_signer_person_id')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_path_step.id'], name=op.f('fk_approval_path_signer_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'person_id', name=op.f('pk_approval_path_signer'))
    )
    op.create_index(op.f('ix_approval_path_signer_person_id'), 'approval_path_signer', ['person_id'], unique=False)
    op.create_table('approval_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('path_step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name=op.f('ck_approval_step_signed')),
    sa.CheckConstraint("state <> 'open' OR opened_at IS NOT NULL", name=op.f('ck_approval_step_opened')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_approval_step_approval_id')),
    sa.ForeignKeyConstraint(['path_step_id'], ['approval_path_step.id'], name=op.f('fk_approval_step_path_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_step')),
    sa.UniqueConstraint('approval_id', 'round', 'position', name=op.f('uq_approval_step_approval_id_round_position'))
    )
    op.create_index(op.f('ix_approval_step_path_step_id'), 'approval_step', ['path_step_id'], unique=False)
    op.create_index('ix_approval_step_state', 'approval_step', ['state', 'opened_at'], unique=False)
    op.create_index('uq_approval_step_open', 'approval_step', ['approval_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('attachment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_name', sa.String(length=200), nullable=False),
    sa.Column('removed_why', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(removed_at IS NULL) = (removed_why = '')", name=op.f('ck_attachment_removed')),
    sa.CheckConstraint("key <> '' OR NOT (removed_at IS NULL)", name=op.f('ck_attachment_key')),
    sa.CheckConstraint("kind IN ('photo', 'delivery_note', 'contract', 'warranty', 'manual', 'specification', 'other')", name=op.f('ck_attachment_kind')),
    sa.CheckConstraint('(asset_id IS NULL) <> (product_id IS NULL)', name=op.f('ck_attachment_holder')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_attachment_asset_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_attachment_by_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product_model.id'], name=op.f('fk_attachment_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    op.create_index('ix_attachment_asset', 'attachment', ['asset_id', 'position', 'id'], unique=False)
    op.create_index('ix_attachment_product', 'attachment', ['product_id', 'position', 'id'], unique=False)
    op.create_index('ix_attachment_removed', 'attachment', ['removed_at'], unique=False, sqlite_where=sa.text("removed_at IS NOT NULL AND key <> ''"), postgresql_where=sa.text("removed_at IS NOT NULL AND key <> ''"))
    op.create_index('uq_attachment_asset_key', 'attachment', ['asset_id', 'key', 'kind'], unique=True, sqlite_where=sa.text('asset_id IS NOT NULL AND removed_at IS NULL'), postgresql_where=sa.text('asset_id IS NOT NULL AND removed_at IS NULL'))
    op.create_index('uq_attachment_product_key', 'attachment', ['product_id', 'key', 'kind'], unique=True, sqlite_where=sa.text('product_id IS NOT NULL AND removed_at IS NULL'), postgresql_where=sa.text('product_id IS NOT NULL AND removed_at IS NULL'))
    op.create_table('bulk_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('change_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_bulk_line_asset_id')),
    sa.ForeignKeyConstraint(['change_id'], ['bulk_change.id'], name=op.f('fk_bulk_line_change_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_line'))
    )
    op.create_index(op.f('ix_bulk_line_asset_id'), 'bulk_line', ['asset_id'], unique=False)
    op.create_index('ix_bulk_line_order', 'bulk_line', ['change_id', 'outcome', 'id'], unique=False)
    op.create_table('card_batch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('staff_kind', sa.String(length=24), nullable=False),
    sa.Column('zip_key', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_card_batch_approval_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_card_batch_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_card_batch_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_batch'))
    )
    op.create_index('ix_card_batch_unit', 'card_batch', ['unit_id', 'id'], unique=False)
    op.create_table('count_expected',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_no', sa.String(length=60), nullable=True),
    sa.Column('asset_no_sort', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.String(length=500), nullable=False),
    sa.Column('serial_no', sa.String(length=120), nullable=False),
    sa.Column('custodian', sa.String(length=200), nullable=False),
    sa.Column('condition', sa.String(length=20), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit_word', sa.String(length=40), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('acquired_on', sa.Date(), nullable=True),
    sa.Column('acquire_method', sa.String(length=20), nullable=False),
    sa.Column('fund_type', sa.String(length=20), nullable=False),
    sa.Column('last_outcome', sa.String(length=12), nullable=True),
    sa.Column('last_condition', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_count_expected_asset_id')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_count_expected_class_id')),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_expected_round_id')),
    sa.ForeignKeyConstraint(['round_room_id'], ['count_room.id'], name=op.f('fk_count_expected_round_room_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_count_expected_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_expected')),
    sa.UniqueConstraint('round_id', 'asset_id', name=op.f('uq_count_expected_round_id_asset_id'))
    )
    op.create_index(op.f('ix_count_expected_asset_id'), 'count_expected', ['asset_id'], unique=False)
    op.create_index('ix_count_expected_room', 'count_expected', ['round_id', 'round_room_id', 'asset_no_sort', 'id'], unique=False)
    op.create_index('ix_count_expected_unit', 'count_expected', ['round_id', 'unit_id', 'asset_no_sort', 'id'], unique=False)
    op.create_table('count_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('duty', sa.String(length=10), nullable=False),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_count_member_person_id')),
    sa.ForeignKeyConstraint(['room_id'], ['count_room.id'], name=op.f('fk_count_member_room_id')),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_member_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_member')),
    sa.UniqueConstraint('round_id', 'person_id', name=op.f('uq_count_member_round_id_person_id'))
    )
    op.create_index(op.f('ix_count_member_person_id'), 'count_member', ['person_id'], unique=False)
    op.create_table('count_scan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=300), nullable=False),
    sa.Column('round_room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('condition', sa.String(length=20), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('offline', sa.Boolean(), nullable=False),
    sa.Column('device_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('server_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("client_id <> ''", name=op.f('ck_count_scan_client_id')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_count_scan_asset_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_count_scan_person_id')),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_scan_round_id')),
    sa.ForeignKeyConstraint(['round_room_id'], ['count_room.id'], name=op.f('fk_count_scan_round_room_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_scan')),
    sa.UniqueConstraint('client_id', name=op.f('uq_count_scan_client_id'))
    )
    op.create_index('ix_count_scan_asset', 'count_scan', ['round_id', 'asset_id', 'id'], unique=False)
    op.create_index('ix_count_scan_outcome', 'count_scan', ['round_id', 'outcome', 'id'], unique=False)
    op.create_index(op.f('ix_count_scan_person_id'), 'count_scan', ['person_id'], unique=False)
    op.create_index('ix_count_scan_room', 'count_scan', ['round_id', 'round_room_id', 'id'], unique=False)
    op.create_table('custody_remark',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('said', sa.String(length=400), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answer', sa.String(length=400), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_custody_remark_asset_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_custody_remark_person_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_custody_remark_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custody_remark'))
    )
    op.create_index(op.f('ix_custody_remark_person_id'), 'custody_remark', ['person_id'], unique=False)
    op.create_index('ix_custody_remark_state', 'custody_remark', ['state', 'id'], unique=False)
    op.create_index('uq_custody_remark_open', 'custody_remark', ['asset_id', 'person_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('disposal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=14), nullable=False),
    sa.Column('origin', sa.String(length=12), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('cause', sa.String(length=12), nullable=True),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_by_name', sa.String(length=200), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finding_order_no', sa.String(length=60), nullable=False),
    sa.Column('finding_ordered_on', sa.Date(), nullable=True),
    sa.Column('findings_due_on', sa.Date(), nullable=True),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=True),
    sa.Column('liable', sa.String(length=200), nullable=False),
    sa.Column('compensation', sa.BigInteger(), nullable=True),
    sa.Column('compensation_by', sa.String(length=200), nullable=False),
    sa.Column('method', sa.String(length=16), nullable=True),
    sa.Column('method_reason', sa.String(length=400), nullable=False),
    sa.Column('recipient', sa.String(length=200), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_no', sa.String(length=60), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=True),
    sa.Column('ministry_ref', sa.String(length=120), nullable=False),
    sa.Column('carried_out_on', sa.Date(), nullable=True),
    sa.Column('result_doc', sa.String(length=120), nullable=False),
    sa.Column('counterparty', sa.String(length=200), nullable=False),
    sa.Column('proceeds', sa.BigInteger(), nullable=True),
    sa.Column('income_ref', sa.String(length=120), nullable=False),
    sa.Column('witnesses', sa.String(length=400), nullable=False),
    sa.Column('photos', sa.String(length=200), nullable=False),
    sa.Column('result_note', sa.String(length=400), nullable=False),
    sa.Column('struck_off_on', sa.Date(), nullable=True),
    sa.Column('audit_on', sa.Date(), nullable=True),
    sa.Column('audit_letter', sa.String(length=80), nullable=False),
    sa.Column('parent_on', sa.Date(), nullable=True),
    sa.Column('parent_letter', sa.String(length=80), nullable=False),
    sa.Column('end_reason', sa.String(length=400), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('struck_off', 'closed')) = (struck_off_on IS NOT NULL)", name=op.f('ck_disposal_struck_off')),
    sa.CheckConstraint("state <> 'cancelled' OR end_reason <> ''", name=op.f('ck_disposal_cancelled')),
    sa.CheckConstraint("state <> 'closed' OR (audit_on IS NOT NULL AND parent_on IS NOT NULL)", name=op.f('ck_disposal_closed')),
    sa.CheckConstraint("state NOT IN ('carried_out', 'struck_off', 'closed') OR (result_doc <> '' AND carried_out_on IS NOT NULL)", name=op.f('ck_disposal_carried_out')),
    sa.CheckConstraint("state NOT IN ('ordered', 'carried_out', 'struck_off', 'closed') OR (order_no <> '' AND ordered_on IS NOT NULL AND method IS NOT NULL AND reference <> '' AND approval_id IS NOT NULL)", name=op.f('ck_disposal_ordered')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_disposal_approval_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_disposal_proposed_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_disposal_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal')),
    sa.UniqueConstraint('number', name=op.f('uq_disposal_number'))
    )
    op.create_index(op.f('ix_disposal_approval_id'), 'disposal', ['approval_id'], unique=False)
    op.create_index('ix_disposal_method', 'disposal', ['method', 'id'], unique=False)
    op.create_index(op.f('ix_disposal_proposed_by_id'), 'disposal', ['proposed_by_id'], unique=False)
    op.create_index('ix_disposal_state', 'disposal', ['state', 'id'], unique=False)
    op.create_index('ix_disposal_unit', 'disposal', ['unit_id', 'id'], unique=False)
    op.create_index('ix_disposal_year', 'disposal', ['fiscal_year', 'id'], unique=False)
    op.create_table('handover_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handover_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('from_name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answer', sa.String(length=400), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_handover_line_answered_by_id')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_handover_line_asset_id')),
    sa.ForeignKeyConstraint(['from_person_id'], ['person.id'], name=op.f('fk_handover_line_from_person_id')),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_line_handover_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_line')),
    sa.UniqueConstraint('handover_id', 'asset_id', name=op.f('uq_handover_line_handover_id_asset_id'))
    )
    op.create_index('ix_handover_line_asset', 'handover_line', ['asset_id', 'id'], unique=False)
    op.create_index(op.f('ix_handover_line_from_person_id'), 'handover_line', ['from_person_id'], unique=False)
    op.create_index('ix_handover_line_state', 'handover_line', ['state', 'handover_id'], unique=False)
    op.create_index('uq_handover_line_open', 'handover_line', ['asset_id'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.create_table('loan_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asker_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lending_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('official', sa.Boolean(), nullable=False),
    sa.Column('place_kind', sa.String(length=20), nullable=False),
    sa.Column('place_text', sa.String(length=200), nullable=False),
    sa.Column('agency_name', sa.String(length=200), nullable=False),
    sa.Column('agency_contact', sa.String(length=200), nullable=False),
    sa.Column('agency_phone', sa.String(length=40), nullable=False),
    sa.Column('letter_no', sa.String(length=80), nullable=False),
    sa.Column('letter_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("place_kind IN ('inside', 'outside', 'other_agency')", name=op.f('ck_loan_request_place_kind')),
    sa.CheckConstraint("state <> 'rejected' OR reason <> ''", name=op.f('ck_loan_request_rejected_with_reason')),
    sa.CheckConstraint("state = 'draft' OR (official AND purpose <> '' AND number IS NOT NULL AND from_on IS NOT NULL AND to_on IS NOT NULL AND asked_at IS NOT NULL)", name=op.f('ck_loan_request_complete')),
    sa.CheckConstraint("state = 'draft' OR place_kind <> 'other_agency' OR (agency_name <> '' AND agency_contact <> '' AND letter_no <> '' AND letter_on IS NOT NULL)", name=op.f('ck_loan_request_agency')),
    sa.CheckConstraint('from_on IS NULL OR to_on IS NULL OR from_on < to_on', name=op.f('ck_loan_request_days')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_loan_request_approval_id')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_loan_request_asker_id')),
    sa.ForeignKeyConstraint(['asker_unit_id'], ['unit.id'], name=op.f('fk_loan_request_asker_unit_id')),
    sa.ForeignKeyConstraint(['lending_unit_id'], ['unit.id'], name=op.f('fk_loan_request_lending_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_request')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_loan_request_approval_id')),
    sa.UniqueConstraint('number', name=op.f('uq_loan_request_number'))
    )
    op.create_index('ix_loan_request_asker', 'loan_request', ['asker_id', 'id'], unique=False)
    op.create_index(op.f('ix_loan_request_asker_unit_id'), 'loan_request', ['asker_unit_id'], unique=False)
    op.create_index('ix_loan_request_lending_unit', 'loan_request', ['lending_unit_id', 'state', 'from_on'], unique=False)
    op.create_index('ix_loan_request_state_from', 'loan_request', ['state', 'from_on', 'id'], unique=False)
    op.create_index('uq_loan_request_draft', 'loan_request', ['asker_id', 'lending_unit_id'], unique=True, sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
    op.create_table('movement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cause', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('from_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_unit_name', sa.String(length=200), nullable=False),
    sa.Column('to_unit_name', sa.String(length=200), nullable=False),
    sa.Column('from_room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('to_room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('from_room_name', sa.String(length=120), nullable=False),
    sa.Column('to_room_name', sa.String(length=120), nullable=False),
    sa.Column('from_custodian_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('to_custodian_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('from_custodian_name', sa.String(length=200), nullable=False),
    sa.Column('to_custodian_name', sa.String(length=200), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_movement_asset_id')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_movement_by_id')),
    sa.ForeignKeyConstraint(['from_custodian_id'], ['person.id'], name=op.f('fk_movement_from_custodian_id')),
    sa.ForeignKeyConstraint(['from_room_id'], ['room.id'], name=op.f('fk_movement_from_room_id')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['unit.id'], name=op.f('fk_movement_from_unit_id')),
    sa.ForeignKeyConstraint(['to_custodian_id'], ['person.id'], name=op.f('fk_movement_to_custodian_id')),
    sa.ForeignKeyConstraint(['to_room_id'], ['room.id'], name=op.f('fk_movement_to_room_id')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['unit.id'], name=op.f('fk_movement_to_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement'))
    )
    op.create_index('ix_movement_asset', 'movement', ['asset_id', 'id'], unique=False)
    op.create_index('ix_movement_at', 'movement', ['at', 'id'], unique=False)
    op.create_index('ix_movement_cause', 'movement', ['cause', 'at', 'id'], unique=False)
    op.create_index('ix_movement_from_unit', 'movement', ['from_unit_id', 'at', 'id'], unique=False)
    op.create_index(op.f('ix_movement_to_custodian_id'), 'movement', ['to_custodian_id'], unique=False)
    op.create_index('ix_movement_to_unit', 'movement', ['to_unit_id', 'at', 'id'], unique=False)
    op.create_table('photo_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=300), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_no', sa.String(length=60), nullable=False),
    sa.Column('item_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_photo_entry_asset_id')),
    sa.ForeignKeyConstraint(['batch_id'], ['photo_batch.id'], name=op.f('fk_photo_entry_batch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_entry')),
    sa.UniqueConstraint('batch_id', 'position', name=op.f('uq_photo_entry_batch_id_position'))
    )
    op.create_index(op.f('ix_photo_entry_asset_id'), 'photo_entry', ['asset_id'], unique=False)
    op.create_index('ix_photo_entry_outcome', 'photo_entry', ['batch_id', 'outcome', 'id'], unique=False)
    op.create_table('transfer_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('transfer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('number_before', sa.String(length=60), nullable=False),
    sa.Column('damaged', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=400), nullable=False),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_transfer_line_asset_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_transfer_line_room_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfer.id'], name=op.f('fk_transfer_line_transfer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_line'))
    )
    op.create_index('ix_transfer_line_asset', 'transfer_line', ['asset_id', 'id'], unique=False)
    op.create_index('ix_transfer_line_transfer', 'transfer_line', ['transfer_id', 'id'], unique=False)
    op.create_index('uq_transfer_line_open', 'transfer_line', ['asset_id'], unique=True, sqlite_where=sa.text("state IN ('listed', 'on_way', 'not_arrived', 'sent_back')"), postgresql_where=sa.text("state IN ('listed', 'on_way', 'not_arrived', 'sent_back')"))
    op.create_table('approval_act',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=12), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('principal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('for_name', sa.String(length=200), nullable=False),
    sa.Column('for_position', sa.String(length=200), nullable=False),
    sa.Column('capacity', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('snapshot_hash', sa.String(length=64), nullable=False),
    sa.Column('by_link', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("act <> 'approved' OR (person_id IS NOT NULL AND step_id IS NOT NULL AND principal_id IS NOT NULL)", name=op.f('ck_approval_act_signature')),
    sa.CheckConstraint("act NOT IN ('approved', 'rejected', 'sent_back') OR person_id <> asker_id", name=op.f('ck_approval_act_not_the_asker')),
    sa.CheckConstraint("act NOT IN ('rejected', 'sent_back') OR words <> ''", name=op.f('ck_approval_act_with_reason')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_approval_act_approval_id')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_approval_act_asker_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_approval_act_person_id')),
    sa.ForeignKeyConstraint(['principal_id'], ['person.id'], name=op.f('fk_approval_act_principal_id')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_step.id'], name=op.f('fk_approval_act_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_act'))
    )
    op.create_index('ix_approval_act_approval', 'approval_act', ['approval_id', 'id'], unique=False)
    op.create_index(op.f('ix_approval_act_asker_id'), 'approval_act', ['asker_id'], unique=False)
    op.create_index('ix_approval_act_person', 'approval_act', ['person_id', 'id'], unique=False)
    op.create_index(op.f('ix_approval_act_principal_id'), 'approval_act', ['principal_id'], unique=False)
    op.create_index('uq_approval_act_signature', 'approval_act', ['step_id', 'principal_id'], unique=True, sqlite_where=sa.text("act = 'approved'"), postgresql_where=sa.text("act = 'approved'"))
    op.create_table('approval_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_approval_link_person_id')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_step.id'], name=op.f('fk_approval_link_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_link')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_approval_link_secret_hash'))
    )
    op.create_index(op.f('ix_approval_link_person_id'), 'approval_link', ['person_id'], unique=False)
    op.create_index('ix_approval_link_step', 'approval_link', ['step_id', 'person_id'], unique=False)
    op.create_table('approval_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_approval_notice_person_id')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_step.id'], name=op.f('fk_approval_notice_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_notice')),
    sa.UniqueConstraint('step_id', 'person_id', 'kind', 'on_day', name=op.f('uq_approval_notice_step_id_person_id_kind_on_day'))
    )
    op.create_index(op.f('ix_approval_notice_person_id'), 'approval_notice', ['person_id'], unique=False)
    op.create_table('approval_signer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('for_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('origin', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(origin = 'delegated') = (for_person_id IS NOT NULL)", name=op.f('ck_approval_signer_delegated')),
    sa.CheckConstraint("origin <> 'assigned' OR reason <> ''", name=op.f('ck_approval_signer_assigned_with_reason')),
    sa.ForeignKeyConstraint(['for_person_id'], ['person.id'], name=op.f('fk_approval_signer_for_person_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_approval_signer_person_id')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_step.id'], name=op.f('fk_approval_signer_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_signer')),
    sa.UniqueConstraint('step_id', 'person_id', name=op.f('uq_approval_signer_step_id_person_id'))
    )
    op.create_index(op.f('ix_approval_signer_for_person_id'), 'approval_signer', ['for_person_id'], unique=False)
    op.create_index('ix_approval_signer_person', 'approval_signer', ['person_id', 'ended_at', 'step_id'], unique=False)
    op.create_table('card_batch_row',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('photo_at', sa.Integer(), nullable=True),
    sa.Column('photo_path', sa.String(length=300), nullable=False),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['card_batch.id'], name=op.f('fk_card_batch_row_batch_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_card_batch_row_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_batch_row')),
    sa.UniqueConstraint('batch_id', 'line', name=op.f('uq_card_batch_row_batch_id_line'))
    )
    op.create_table('count_photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('client_id', sa.String(length=40), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_count_photo_person_id')),
    sa.ForeignKeyConstraint(['scan_id'], ['count_scan.id'], name=op.f('fk_count_photo_scan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_photo')),
    sa.UniqueConstraint('client_id', name=op.f('uq_count_photo_client_id'))
    )
    op.create_index(op.f('ix_count_photo_scan_id'), 'count_photo', ['scan_id'], unique=False)
    op.create_table('count_proposal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_version', sa.Integer(), nullable=True),
    sa.Column('scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('condition', sa.String(length=20), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('fact_finding', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('changed_since', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('put_forward_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('put_forward_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind = 'draft_card' OR asset_id IS NOT NULL", name=op.f('ck_count_proposal_about')),
    sa.CheckConstraint("state NOT IN ('approved', 'applied') OR decided_at IS NOT NULL", name=op.f('ck_count_proposal_decided')),
    sa.CheckConstraint('decided_by_id IS NULL OR put_forward_by_id IS NULL OR decided_by_id <> put_forward_by_id', name=op.f('ck_count_proposal_two_people')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_count_proposal_asset_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_count_proposal_decided_by_id')),
    sa.ForeignKeyConstraint(['made_asset_id'], ['asset.id'], name=op.f('fk_count_proposal_made_asset_id')),
    sa.ForeignKeyConstraint(['put_forward_by_id'], ['person.id'], name=op.f('fk_count_proposal_put_forward_by_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_count_proposal_room_id')),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_proposal_round_id')),
    sa.ForeignKeyConstraint(['scan_id'], ['count_scan.id'], name=op.f('fk_count_proposal_scan_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_count_proposal_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_proposal')),
    sa.UniqueConstraint('round_id', 'kind', 'subject', name=op.f('uq_count_proposal_round_id_kind_subject'))
    )
    op.create_index('ix_count_proposal_asset', 'count_proposal', ['asset_id'], unique=False)
    op.create_index('ix_count_proposal_state', 'count_proposal', ['round_id', 'state', 'kind', 'id'], unique=False)
    op.create_table('count_result',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('expected_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('condition', sa.String(length=20), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('round_room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('where', sa.String(length=200), nullable=False),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_count_result_asset_id')),
    sa.ForeignKeyConstraint(['expected_id'], ['count_expected.id'], name=op.f('fk_count_result_expected_id')),
    sa.ForeignKeyConstraint(['round_id'], ['count_round.id'], name=op.f('fk_count_result_round_id')),
    sa.ForeignKeyConstraint(['round_room_id'], ['count_room.id'], name=op.f('fk_count_result_round_room_id')),
    sa.ForeignKeyConstraint(['scan_id'], ['count_scan.id'], name=op.f('fk_count_result_scan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_count_result')),
    sa.UniqueConstraint('round_id', 'asset_id', name=op.f('uq_count_result_round_id_asset_id'))
    )
    op.create_index('ix_count_result_asset', 'count_result', ['asset_id'], unique=False)
    op.create_index('ix_count_result_expected', 'count_result', ['expected_id'], unique=False)
    op.create_index('ix_count_result_outcome', 'count_result', ['round_id', 'outcome', 'id'], unique=False)
    op.create_table('disposal_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('disposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('said', sa.String(length=400), nullable=False),
    sa.Column('condition', sa.String(length=20), nullable=False),
    sa.Column('custodian', sa.String(length=200), nullable=False),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_by_name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('accumulated', sa.BigInteger(), nullable=True),
    sa.Column('net', sa.BigInteger(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.String(length=400), nullable=False),
    sa.CheckConstraint("state NOT IN ('taken_out', 'found') OR end_reason <> ''", name=op.f('ck_disposal_line_ended')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_disposal_line_asset_id')),
    sa.ForeignKeyConstraint(['disposal_id'], ['disposal.id'], name=op.f('fk_disposal_line_disposal_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_disposal_line_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_line'))
    )
    op.create_index('ix_disposal_line_asset', 'disposal_line', ['asset_id', 'id'], unique=False)
    op.create_index('ix_disposal_line_case', 'disposal_line', ['disposal_id', 'id'], unique=False)
    op.create_index(op.f('ix_disposal_line_proposed_by_id'), 'disposal_line', ['proposed_by_id'], unique=False)
    op.create_index('uq_disposal_line_open', 'disposal_line', ['asset_id'], unique=True, sqlite_where=sa.text("state = 'listed'"), postgresql_where=sa.text("state = 'listed'"))
    op.create_table('disposal_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('disposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('duty', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['disposal_id'], ['disposal.id'], name=op.f('fk_disposal_member_disposal_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_disposal_member_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_member')),
    sa.UniqueConstraint('disposal_id', 'person_id', name=op.f('uq_disposal_member_disposal_id_person_id'))
    )
    op.create_index(op.f('ix_disposal_member_person_id'), 'disposal_member', ['person_id'], unique=False)
    op.create_index('uq_disposal_member_chair', 'disposal_member', ['disposal_id'], unique=True, sqlite_where=sa.text("duty = 'chair'"), postgresql_where=sa.text("duty = 'chair'"))
    op.create_table('disposal_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('disposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('duty', sa.String(length=12), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('step', sa.String(length=8), nullable=False),
    sa.Column('noticed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['disposal_id'], ['disposal.id'], name=op.f('fk_disposal_notice_disposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_notice')),
    sa.UniqueConstraint('disposal_id', 'duty', 'due_on', 'step', name=op.f('uq_disposal_notice_disposal_id_duty_due_on_step'))
    )
    op.create_index('ix_disposal_notice_day', 'disposal_notice', ['noticed_on'], unique=False)
    op.create_table('label_run_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tag_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['label_run.id'], name=op.f('fk_label_run_line_run_id')),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_label_run_line_tag_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_run_line')),
    sa.UniqueConstraint('run_id', 'position', name=op.f('uq_label_run_line_run_id_position'))
    )
    op.create_index(op.f('ix_label_run_line_tag_id'), 'label_run_line', ['tag_id'], unique=False)
    op.create_table('loan_request_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('model_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('class_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('handed', sa.Integer(), nullable=False),
    sa.CheckConstraint('(model_id IS NULL OR class_id IS NULL)', name=op.f('ck_loan_request_line_one_thing')),
    sa.CheckConstraint('handed BETWEEN 0 AND quantity', name=op.f('ck_loan_request_line_handed')),
    sa.CheckConstraint('model_id IS NOT NULL OR class_id IS NOT NULL OR asset_id IS NOT NULL', name=op.f('ck_loan_request_line_a_thing')),
    sa.CheckConstraint('quantity > 0 AND (asset_id IS NULL OR quantity = 1)', name=op.f('ck_loan_request_line_quantity')),
    sa.ForeignKeyConstraint(['asset_id'], ['asset.id'], name=op.f('fk_loan_request_line_asset_id')),
    sa.ForeignKeyConstraint(['class_id'], ['asset_class.id'], name=op.f('fk_loan_request_line_class_id')),
    sa.ForeignKeyConstraint(['model_id'], ['product_model.id'], name=op.f('fk_loan_request_line_model_id')),
    sa.ForeignKeyConstraint(['request_id'], ['loan_request.id'], name=op.f('fk_loan_request_line_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_request_line'))
    )
    op.create_index('ix_loan_request_line_asset', 'loan_request_line', ['asset_id', 'request_id'], unique=False)
    op.create_index('ix_loan_request_line_class', 'loan_request_line', ['class_id', 'request_id'], unique=False)
    op.create_index('ix_loan_request_line_model', 'loan_request_line', ['model_id', 'request_id'], unique=False)
    op.create_index('ix_loan_request_line_request', 'loan_request_line', ['request_id', 'id'], unique=False)
    op.create_table('loan_setup',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes_before', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('place_text', sa.String(length=200), nullable=False),
    sa.Column('platform', sa.String(length=80), nullable=False),
    sa.Column('participants', sa.Integer(), nullable=True),
    sa.Column('recorded', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('operator_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ticket_number', sa.String(length=40), nullable=False),
    sa.CheckConstraint("room_id IS NOT NULL OR place_text <> ''", name=op.f('ck_loan_setup_place')),
    sa.CheckConstraint('minutes_before BETWEEN 0 AND 480', name=op.f('ck_loan_setup_minutes')),
    sa.CheckConstraint('participants IS NULL OR participants >= 0', name=op.f('ck_loan_setup_participants')),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_loan_setup_span')),
    sa.ForeignKeyConstraint(['operator_id'], ['person.id'], name=op.f('fk_loan_setup_operator_id')),
    sa.ForeignKeyConstraint(['request_id'], ['loan_request.id'], name=op.f('fk_loan_setup_request_id')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_loan_setup_room_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_setup')),
    sa.UniqueConstraint('request_id', name=op.f('uq_loan_setup_request_id'))
    )
    op.create_index('ix_loan_setup_operator', 'loan_setup', ['operator_id', 'starts_at'], unique=False)
    op.create_index('ix_loan_setup_room', 'loan_setup', ['room_id', 'starts_at'], unique=False)
    op.create_table('tag_move',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tag_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_asset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_tag_move_reason')),
    sa.CheckConstraint('from_asset_id <> to_asset_id', name=op.f('ck_tag_move_another_item')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_tag_move_by_id')),
    sa.ForeignKeyConstraint(['from_asset_id'], ['asset.id'], name=op.f('fk_tag_move_from_asset_id')),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_tag_move_tag_id')),
    sa.ForeignKeyConstraint(['to_asset_id'], ['asset.id'], name=op.f('fk_tag_move_to_asset_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag_move'))
    )
    op.create_index(op.f('ix_tag_move_by_id'), 'tag_move', ['by_id'], unique=False)
    op.create_index(op.f('ix_tag_move_from_asset_id'), 'tag_move', ['from_asset_id'], unique=False)
    op.create_index(op.f('ix_tag_move_tag_id'), 'tag_move', ['tag_id'], unique=False)
    op.create_index(op.f('ix_tag_move_to_asset_id'), 'tag_move', ['to_asset_id'], unique=False)
    op.create_table('user_card',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('staff_kind', sa.String(length=24), nullable=False),
    sa.Column('name_th', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=13), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('number_key', sa.String(length=40), nullable=True),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('issuer_name', sa.String(length=200), nullable=False),
    sa.Column('issuer_position', sa.String(length=200), nullable=False),
    sa.Column('handed_over_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=300), nullable=False),
    sa.Column('told_days', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('requested', 'rejected', 'cancelled')) = (number IS NULL)", name=op.f('ck_user_card_number')),
    sa.CheckConstraint("name_th <> '' AND photo_key <> ''", name=op.f('ck_user_card_complete')),
    sa.CheckConstraint('(number IS NULL) = (valid_until IS NULL)', name=op.f('ck_user_card_valid_until')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_user_card_approval_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_user_card_asked_by_id')),
    sa.ForeignKeyConstraint(['batch_id'], ['card_batch.id'], name=op.f('fk_user_card_batch_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_user_card_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['card_run.id'], name=op.f('fk_user_card_run_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_user_card_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_card')),
    sa.UniqueConstraint('code', name=op.f('uq_user_card_code')),
    sa.UniqueConstraint('number', name=op.f('uq_user_card_number'))
    )
    op.create_index(op.f('ix_user_card_approval_id'), 'user_card', ['approval_id'], unique=False)
    op.create_index(op.f('ix_user_card_batch_id'), 'user_card', ['batch_id'], unique=False)
    op.create_index('ix_user_card_ends', 'user_card', ['valid_until'], unique=False, sqlite_where=sa.text("state = 'handed_over'"), postgresql_where=sa.text("state = 'handed_over'"))
    op.create_index(op.f('ix_user_card_number_key'), 'user_card', ['number_key'], unique=False)
    op.create_index('ix_user_card_person', 'user_card', ['person_id', 'id'], unique=False)
    op.create_index(op.f('ix_user_card_run_id'), 'user_card', ['run_id'], unique=False)
    op.create_index('ix_user_card_state', 'user_card', ['state', 'id'], unique=False)
    op.create_index(op.f('ix_user_card_unit_id'), 'user_card', ['unit_id'], unique=False)
    op.create_index('uq_user_card_making', 'user_card', ['person_id'], unique=True, sqlite_where=sa.text("state IN ('requested', 'approved', 'printed')"), postgresql_where=sa.text("state IN ('requested', 'approved', 'printed')"))
    op.create_index('uq_user_card_valid', 'user_card', ['person_id'], unique=True, sqlite_where=sa.text("state = 'handed_over'"), postgresql_where=sa.text("state = 'handed_over'"))
    op.create_table('loan_chase',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('how', sa.String(length=12), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_chase_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_chase_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_chase'))
    )
    op.create_index(op.f('ix_loan_chase_by_id'), 'loan_chase', ['by_id'], unique=False)
    op.create_index('ix_loan_chase_line', 'loan_chase', ['line_id', 'on'], unique=False)
    op.create_table('loan_duty',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('paper', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f('ck_loan_duty_ended')),
    sa.CheckConstraint("state <> 'lifted' OR note <> ''", name=op.f('ck_loan_duty_lifted_with_reason')),
    sa.CheckConstraint("state <> 'settled' OR (kind <> '' AND paper <> '')", name=op.f('ck_loan_duty_settled')),
    sa.CheckConstraint("state <> 'settled' OR kind <> 'pay' OR amount IS NOT NULL", name=op.f('ck_loan_duty_paid_amount')),
    sa.CheckConstraint('amount IS NULL OR amount >= 0', name=op.f('ck_loan_duty_amount')),
    sa.CheckConstraint('price IS NULL OR price >= 0', name=op.f('ck_loan_duty_price')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_loan_duty_ended_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_duty_line_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_loan_duty_opened_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loan_duty_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_duty')),
    sa.UniqueConstraint('line_id', name=op.f('uq_loan_duty_line_id'))
    )
    op.create_index(op.f('ix_loan_duty_ended_by_id'), 'loan_duty', ['ended_by_id'], unique=False)
    op.create_index(op.f('ix_loan_duty_opened_by_id'), 'loan_duty', ['opened_by_id'], unique=False)
    op.create_index('ix_loan_duty_person', 'loan_duty', ['person_id', 'state'], unique=False)
    op.create_index('ix_loan_duty_state_due', 'loan_duty', ['state', 'due_on', 'id'], unique=False)
    op.create_table('loan_extension_wish',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('new_due_on', sa.Date(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answer', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f('ck_loan_extension_wish_decided')),
    sa.CheckConstraint("state <> 'refused' OR answer <> ''", name=op.f('ck_loan_extension_wish_refused_with_reason')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_loan_extension_wish_why')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_loan_extension_wish_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_loan_extension_wish_decided_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_extension_wish_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_extension_wish'))
    )
    op.create_index(op.f('ix_loan_extension_wish_asked_by_id'), 'loan_extension_wish', ['asked_by_id'], unique=False)
    op.create_index(op.f('ix_loan_extension_wish_decided_by_id'), 'loan_extension_wish', ['decided_by_id'], unique=False)
    op.create_index('ix_loan_extension_wish_state', 'loan_extension_wish', ['state', 'id'], unique=False)
    op.create_index('uq_loan_extension_wish_waiting', 'loan_extension_wish', ['line_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('loan_handing_on',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=300), nullable=False),
    sa.Column('new_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (new_line_id IS NOT NULL)", name=op.f('ck_loan_handing_on_new_line')),
    sa.CheckConstraint("(state = 'offered') = (decided_at IS NULL)", name=op.f('ck_loan_handing_on_decided')),
    sa.CheckConstraint('to_person_id <> from_person_id', name=op.f('ck_loan_handing_on_two_people')),
    sa.ForeignKeyConstraint(['from_person_id'], ['person.id'], name=op.f('fk_loan_handing_on_from_person_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_handing_on_line_id')),
    sa.ForeignKeyConstraint(['new_line_id'], ['loan_line.id'], name=op.f('fk_loan_handing_on_new_line_id')),
    sa.ForeignKeyConstraint(['to_person_id'], ['person.id'], name=op.f('fk_loan_handing_on_to_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_handing_on')),
    sa.UniqueConstraint('new_line_id', name=op.f('uq_loan_handing_on_new_line_id'))
    )
    op.create_index(op.f('ix_loan_handing_on_from_person_id'), 'loan_handing_on', ['from_person_id'], unique=False)
    op.create_index('ix_loan_handing_on_person', 'loan_handing_on', ['to_person_id', 'state', 'id'], unique=False)
    op.create_index('uq_loan_handing_on_offered', 'loan_handing_on', ['line_id'], unique=True, sqlite_where=sa.text("state = 'offered'"), postgresql_where=sa.text("state = 'offered'"))
    op.create_table('loan_letter_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['loan_letter.id'], name=op.f('fk_loan_letter_line_letter_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_letter_line_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_letter_line')),
    sa.UniqueConstraint('letter_id', 'line_id', name=op.f('uq_loan_letter_line_letter_id_line_id'))
    )
    op.create_index(op.f('ix_loan_letter_line_line_id'), 'loan_letter_line', ['line_id'], unique=False)
    op.create_table('loan_line_photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('photo_key', sa.String(length=80), nullable=False),
    sa.Column('thumbnail_key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_line_photo_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_line_photo_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_line_photo'))
    )
    op.create_index(op.f('ix_loan_line_photo_by_id'), 'loan_line_photo', ['by_id'], unique=False)
    op.create_index('ix_loan_line_photo_line', 'loan_line_photo', ['line_id'], unique=False)
    op.create_table('loan_override',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('against', sa.String(length=400), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("why <> ''", name=op.f('ck_loan_override_why')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_override_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_override_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_override'))
    )
    op.create_index(op.f('ix_loan_override_by_id'), 'loan_override', ['by_id'], unique=False)
    op.create_index('ix_loan_override_line', 'loan_override', ['line_id'], unique=False)
    op.create_table('loan_recall',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('old_due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('new_due_on', sa.Date(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("why <> ''", name=op.f('ck_loan_recall_why')),
    sa.CheckConstraint('new_due_on < old_due_on', name=op.f('ck_loan_recall_earlier')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_loan_recall_by_id')),
    sa.ForeignKeyConstraint(['line_id'], ['loan_line.id'], name=op.f('fk_loan_recall_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_recall'))
    )
    op.create_index(op.f('ix_loan_recall_by_id'), 'loan_recall', ['by_id'], unique=False)
    op.create_index('ix_loan_recall_line', 'loan_recall', ['line_id', 'id'], unique=False)
