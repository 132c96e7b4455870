"""The annual report: a fiscal year of the whole office as one paper.

Nouns: chapter (a heading with what is told under it), table, section (a part of a chapter).
Used by the director and whoever writes the report of the office; read as PDF from the page of the
year.

chapters.py   what a report is made of, as plain values
words.py      how numbers, money and days are written on it
work.py       rows -> chapters: the year in figures, processes, service desk, lending
things.py     rows -> chapters: equipment, inspection, disposals, money
people.py     rows -> chapters: trainings, surveys, incidents
gathering.py  all chapters in their order
papers.py     chapters -> PDF
"""
