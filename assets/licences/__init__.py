"""What the office pays for by the year and does not own: licences, subscriptions, domains.

Nouns: licence (software, internet contract, domain, web space, another service), term (one paid
period; a renewal appends one), seat (a person or an item that uses it), file (contract, invoice).
Kept by technicians and storekeepers of its unit. It ends ahead of time in nobody's surprise: the
caretakers are told 60, 30 and 7 days before, and when it has ended.

states → models → access → queries → rules/{keeping, seating, notices} → forms → views; ``jobs``
watches the last days, ``slots`` is where a room above offers the form that asks for a renewal.
``on_item`` tells of seats on the page of an item, ``leaving`` asks them back from who leaves.
"""
