"""Papers: official documents as PDF, made from plain data.

Nouns: template (typst source written by us), data (plain values), paper (the PDF).
Each feature owns the content of its own papers and calls `engine.render`. A signed paper gets a
code (`rules.issue`), printed as a QR (`rules.check_mark`); /papers/check confirms it to everybody.

fonts.py   which typefaces there are, what they can print, how large they look
records.py the code on a paper and its QR
engine.py  template + data + pictures -> PDF/A
fonts/     Sarabun with its licence
typst/     official.typ, the shared look: margins, Thai digits, headings, signature blocks
"""
