"""Who may use which information system, until when, granted by whom (form F13).

Nouns: system (with owners who approve and keepers who make accounts), right (one person's level in
one system, from the grant to its end), review (owners keep or revoke each right, round by round).
A right is asked for as a request of the kind ``access``; no password is kept anywhere.

states → models → access → queries → rules/{systems, granting, reviewing, notices} → forms → views.
``asking`` is the kind of request, ``leaving`` tells the room of people what a leaver holds, and
``jobs`` watches the last days.
"""
