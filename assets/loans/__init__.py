"""Loans: who has what, until when, and in what condition it came back.

Nouns: loan (``ย.12/2570``, one handing-over to one person), line (one item of it), extension,
notice (a reminder sent), basket (what lies on the counter before an officer). A line goes
requested → approved → out → returned or lost; the desk makes lines that are out at once. Overdue
is asked of the due date, never stored. Regulation on supplies 2560, clauses 207-211.

rules/   baskets (scanned so far) → lending → extending → returning; notices (reminders)
slip.py  the loan and return slip as PDF from plain data; ``paper/`` is its typst template
The desk's own page is ``helpdesk/desk/lending``, because it opens tickets for damaged items.
"""
