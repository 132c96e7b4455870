"""Saved views: how people like to see their lists.

Nouns: a saved view (a name for filters, order and columns of one list; own, of a unit, or of the
whole office) and a list choice (what one person has chosen for one list: columns, the view to begin
with). Any list takes part: it declares itself once (``lists.declare``), asks ``queries.kept_for``
on its page and draws ``templates/office/saved_views/bar.html``.

``rules`` save, rename, share and delete; ``views`` are the doors.
"""
