"""The gallery: every paper that the service prints, filled in with fictitious data.

Nouns: sample (a paper of a room with its code and title), gallery (all of them). Used by staff who
want to know what a form looks like, and by ``flask papers render``.

collection.py  the rooms that print papers, and what they show
views.py       the page with its pictures, and each sample as PDF: Thai, or bilingual
cli.py         ``flask papers render --all --out DIR``
A new room with papers writes its ``samples.py`` and adds one line to ``collection.ROOMS``.
"""
