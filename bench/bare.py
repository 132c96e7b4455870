"""The page to compare with: one indexed query, 50 rows, about 30 kB of HTML."""

from __future__ import annotations

import os
from functools import cache

from flask import Flask, render_template_string
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, select

ROWS = 50
TEMPLATE = """<!doctype html><html lang="th"><head><title>Bare</title></head><body><table>
{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.text }}</td></tr>
{% endfor %}</table></body></html>"""

metadata = MetaData()
table = Table(
    "bare_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), index=True),
    Column("text", String(600)),
)
app = Flask(__name__)


@cache
def served_engine() -> Engine:
    """Return the engine of the serving process."""
    return create_engine(os.environ["BARE_DATABASE_URL"], pool_size=4)


def fill(address: str) -> None:
    """Make the table in an empty database, with as many rows as the small size has tickets."""
    engine = create_engine(address)
    metadata.create_all(engine)
    rows = [{"name": f"{n:08}", "text": "เครื่องพิมพ์ ไม่ทำงาน " * 9} for n in range(20_000)]
    with engine.begin() as connection:
        connection.execute(table.insert(), rows)
    engine.dispose()


@app.get("/")
def page() -> str:
    """Show fifty rows."""
    with served_engine().connect() as connection:
        found = connection.execute(select(table).order_by(table.c.name).limit(ROWS)).all()
    return render_template_string(TEMPLATE, rows=found)
