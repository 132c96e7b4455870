"""User cards (บัตรประจำตัวผู้ใช้งาน): asked for with a photo, approved, printed, handed over, checked.

Nouns: card (one row from the request, F07, to the card in the hand, F08, and its end), design (the
colours, emblem and rules of a unit's cards), run (what was printed together), batch (a whole school
from a list and a ZIP of photos). A person has one valid card; a new one that is handed over takes
the old one's place. Holders use "My card", coordinators and administrators the list.

states → models → access → queries → rules/{requesting, issuing, designing, bulk, notices} → forms
→ views. ``approving`` registers the kinds of approval, ``codes`` reads what a scanner read,
``scans`` says whose card it was, ``portrait`` crops photos, ``papers`` makes the PDFs, ``standing``
says whether a card is valid.
"""
