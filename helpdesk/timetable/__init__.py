"""The timetable: what the service does because time passed, and who does it.

Nouns: job (a function that takes nothing and returns the rows it touched), rhythm (when it is
due), slot (one due moment), run (what became of a slot), lease (the right to run the jobs).

table.py      every job of the service with its rhythm, on one screen
rhythm.py     the arithmetic of due moments, pure
runner.py     one round: the due slots, each once; one job by hand
scheduler.py  the only user of APScheduler: keeps the lease, calls the rounds
queries.py    what the page and `flask timetable list` show
views.py, cli.py  the doors; who may stands with the runs in `office.bookkeeping.access`
"""
