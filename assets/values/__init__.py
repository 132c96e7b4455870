"""Values: what the register is worth on a day, as pages, official papers and workbooks.

Book (capital items, or those below the threshold), line (one item on a day), figures (the sum of
lines), card (ทะเบียนคุมทรัพย์สิน: one item with its yearly lines, repairs and movements), change
(what came into or left the books in a fiscal year). Read by storekeepers, approvers, coordinators,
inspectors, auditors and administrators, each for the books of their units. Nothing is stored here:
every figure comes from ``assets.register.valuation``, every place of a day from
``assets.register.past``.

``queries`` finds and sums, ``columns`` are those of the workbooks, ``papers`` fills the templates
of ``paper/``, ``views/asked`` reads the day and the filters from the address.
"""
