"""The doctor: does the live database keep the invariants of the house, and what mends it if not.

Nouns: check (what it looks at, what it finds, how to mend it), result. Who: whoever keeps the
service, with ``flask doctor``. It reads only. ``checkup`` lists the checks in their order and runs
each on one view of the data; the checks themselves stand by subject: ``engine`` (the file and its
search index), ``records`` (numbers, audit trail, units, grants), ``cards`` (items, tags, photos),
``keys`` (what search and order are derived to), ``lendings``, ``repairs`` and ``approvals``.
"""
