"""Private calendar feeds: what a person borrowed, must maintain, repair and set up.

Nouns: feed (one address per person, made of a signature, void when the person makes a new one),
entry (one event of it, from one of the sources).

models.py   how often a person has made a new address
queries.py  the sources: loans, maintenance, tickets, meetings; each returns entries
writing.py  entries as iCalendar (RFC 5545)
rules.py    open a feed, close it   tokens.py  its address
views.py    the page that tells the address, and the feed
"""
