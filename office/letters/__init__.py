"""The register of letters: what came in and what went out, by the Regulation on Records Work.

Nouns: book (letters in, letters out, circulars), letter with its number, series (the last number of
a book in a calendar year), step (passed on, finished, cancelled), matter (what a letter belongs to:
a loan to another agency, a purchase, a programme, a meeting; rooms above make theirs known).
States: registered → passed → done; cancelled ones keep their number. Ordinary letters only: secret
ones have a register of their own on paper.

states → models → slots → access → queries → rules/{registering, handling, reminding} → forms →
views; ``papers`` prints the registers (forms 13 and 14), ``jobs`` watches the days of answers.
"""
