"""Measures the service at real sizes, beside a bare Flask page that does one query.

`python -m bench` seeds both engines, starts the production server and writes
`var/bench/latest.json` and a table; `python -m bench.kill` kills the server in the middle of a
hundred reports and counts what was lost.
"""
