"""Papers: official documents as PDF, made from plain data.

Nouns: template (typst source written by us), data (plain values), paper (the PDF).
Nobody types here: each feature owns the content of its own papers and calls `engine.render`.

fonts.py   which typefaces there are, what they can print, how large they look
engine.py  template + data + pictures -> PDF/A
fonts/     Sarabun with its licence
typst/     official.typ, the shared look: margins, Thai digits, headings, signature blocks
"""
