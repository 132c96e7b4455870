"""The work on a ticket: time, costs, repairs outside the office, steps to tick, papers to sign.

Nouns: spell (time that one person spent), cost, outside repair (at a vendor, with quotation and
approval), checklist and step, link (between two tickets), saved reply, signature (of the person
served). Tickets know nothing of them: ``views/on_ticket`` draws them on the ticket's page through
``helpdesk.tickets.slots``, and ``rules/ending`` says what is still to be done before it is
resolved.

states → models → access → queries → rules/{times, costs, cover, outside, checklists, links,
replies, signing, ending} → forms → views. ``papers`` prints the repair notice (F02) and the letter
that goes with an item to a vendor. Used by technicians; coordinators, approvers, auditors read.
"""
