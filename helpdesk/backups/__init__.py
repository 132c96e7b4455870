"""Copies of the database and the files, and proof that they can be read back.

Noun: backup (a folder with the database, the list of files, and a manifest of what is in them).
``flask backup make`` writes one while the service runs, ``flask backup rehearse`` reads it back
into a place of its own and compares, and a row remembers both. Who may run the timetable is told
when the newest good copy is too old, and the own home turns red. models → queries →
rules/{making, rehearsing, moving} → jobs, cli, views; the timetable's ``alarm`` is what the home
shows.
"""
