"""Stock (บัญชีวัสดุ): materials that are counted, not numbered one by one.

Nouns: item (with packs), store, bin (with a QR label), balance of an item in a store, slip (the
document: receipt, issue, return, correction, transfer, write-off, count, opening), movement (one
signed line of the ledger, never changed), layer (what one receipt brought, used up first in first
out), reservation, count. Regulation 2560 clauses 202-206; rules R-S, R-K.

``quantities`` and ``costs`` are pure; ``rules/ledger`` is the only writer of balances, layers and
movements. Rooms above call ``rules/receiving.receive``, ``rules/issuing.{issue, issue_to_ticket,
issue_to_request, return_from_ticket}`` and ``rules/reserving.{reserve, release}`` with the id of
their ticket, request or purchase in a ``Reference``; stock knows none of them.
"""
