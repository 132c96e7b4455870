"""The page to compare with: one indexed query, 50 rows, about 30 kB of HTML."""

from __future__ import annotations

import os

from flask import Flask, render_template_string
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, select

ROWS = 50
TEMPLATE = """<!doctype html><html lang="th"><head><title>Bare</title></head><body><table>
{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.text }}</td></tr>
{% endfor %}</table></body></html>"""

engine = create_engine(os.environ["BARE_DATABASE_URL"], pool_size=4)
metadata = MetaData()
table = Table(
    "bare_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), index=True),
    Column("text", String(600)),
)
app = Flask(__name__)


def fill() -> None:
    """Make the table once, with as many rows as the small size has tickets."""
    metadata.drop_all(engine)
    metadata.create_all(engine)
    rows = [{"name": f"{n:08}", "text": "เครื่องพิมพ์ ไม่ทำงาน " * 9} for n in range(20_000)]
    with engine.begin() as connection:
        connection.execute(table.insert(), rows)


@app.get("/")
def page() -> str:
    """Show fifty rows."""
    with engine.connect() as connection:
        found = connection.execute(select(table).order_by(table.c.name).limit(ROWS)).all()
    return render_template_string(TEMPLATE, rows=found)
