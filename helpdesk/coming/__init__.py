"""What is coming: everything with a last day, from every room, on one page for the office.

Noun: line (a kind, a day, what, where, and the page it leads to). Rooms keep their own dates and
send their own reminders; this room only lists them together, for whom may see them. Of its own it
has the end of warranties: told once for each unit and day, 30 days ahead.

states → models → access → sources (one SELECT each) → queries → rules → jobs, views;
``filling`` offers the form that asks for the renewal of a licence.
"""
