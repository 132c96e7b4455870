"""The office's calendar: when it is open, and on which days it is closed.

Nouns: opening hours (one span a weekday), closed day (a public holiday, the office's own day, a
special day announced late; for the whole office or one unit and what lies under it; a closed day
that does not hold is kept and marked as removed).

Flow: ``queries.calendar_for`` reads both tables and makes a ``working_time.Calendar``, which is a
pure value: it answers when a day is open and adds and counts working seconds. ``rules`` changes the
tables and takes the public holidays from the ``holidays`` library.
"""
