"""The verbs of loans: ``baskets`` (scanned so far), ``lending``, ``extending``, ``returning``.

``obstacles`` says why an item cannot be lent, ``due_dates`` until when it may be out, ``notices``
reminds people.
"""
