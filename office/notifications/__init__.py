"""Messages that reach people: delivery of what the rules left in outgoing messages.

Nouns: message (a row of ``office.bookkeeping``), inbox (the messages to one person), round (one
run of the job that delivers). A message is sent at most once: a row that was being sent when its
process died is *unsure* and waits for a person to look, because nobody can tell whether it left.

states.py   the states of a message   access.py  who may see whose messages
rules.py    claim, settle, lose, read, resend     queries.py  inbox, outgoing list
letter.py   a row as an e-mail        post.py    one SMTP session, and what its answers mean
jobs.py     ``deliver``: one round, each message in its own units of work
views/      the inbox of a person, the outgoing messages of the administrator
"""
