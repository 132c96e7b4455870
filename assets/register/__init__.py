"""The equipment register: every thing the office and its schools own, one card each.

Nouns: item (``Asset``), class, symptom, earlier number, hold (what keeps an item from being
available, with its kind), import. An item has four axes, never one status: lifecycle, condition,
possession (the open loan, else the custodian), work (open repairs). Availability is computed with
its reason by ``availability``; nobody types it.

Flow: ``workbook`` reads a file into a plan → ``rules.take_in`` → list and item page
(``queries``, ``views``). Loans and repairs place a hold through ``rules.hold``.
"""
