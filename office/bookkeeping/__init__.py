"""What the office writes down about its own doing.

Nouns: audit entry (who did what, chained by hashes), number series (documents without gaps),
outgoing message (stored with the act, delivered by a job), used key (a double tap is one act),
tally (how often something was tried lately), lease and job run (who keeps the timetable, and what
it did). The lowest room of the floor: it knows people only by their id.

Flow: a rule anywhere calls ``rules.record``, ``rules.next_number`` or ``rules.send``; the entries
of one unit of work are chained and written when it commits.
"""
