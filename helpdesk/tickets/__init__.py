"""Faults and questions, from the first word of a reporter to the last of a technician.

Nouns: ticket (one fault or question, one record from report to repair), entry (what happened, the
timeline), photo, interval (a finished stretch of one state), follower (who joined a report that
was open already).
States: new, accepted, in_progress, four kinds of waiting, resolved, closed; cancelled.
Used by guests with a phone, signed-in staff, technicians, coordinators, auditors.

Flow: ``views/asker`` takes a report → ``rules/intake`` makes the ticket (or joins an open one) →
``views/technician`` shows the queue → ``rules/work`` moves it along ``states.TICKET``, sets the
item's condition and its repair hold, and leaves messages (``rules/notices``) → ``views/tracking``
lets the reporter follow → ``jobs`` closes what was resolved a week ago.
"""
