"""E-mail that comes in: fetched from a mailbox, kept as it came, read into tickets.

Nouns: mail (what came in, kept raw), mail file (a document that a mail brought), mailbox mark (how
far the mailbox was fetched).
States: stored, then ticket, reply, or one of the reasons why nothing was made of it.
Used by the timetable, and by administrators who see what became of each mail.

Flow: ``jobs.fetch_mail`` → ``mailbox`` brings each mail from the IMAP server → ``rules/keeping``
writes it down once → ``reading`` makes words of any bytes → ``sorting`` tells machines from
people → ``rules/handling`` makes a ticket or an answer of it → ``views`` show each with its end.
"""
