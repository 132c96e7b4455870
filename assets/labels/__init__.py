"""Labels: what is stuck on an item so that one scan finds it.

Nouns: tag (a row: blank, of an item, retired), tag code (eight random letters), address (the text
in the QR), label, layout (a sheet in true millimetres).

codes.py   makes codes and reads them back from whatever a scanner or a person typed
rules.py   the life of a tag: printed, claimed, retired, never used again
queries.py what a scanned text means; the tags of an item
qr.py      the address of a code; its QR is drawn by kernel.qr
sheets.py  labels on sheets and tapes as PDF; wording.py names the layouts
paper/     the typst template of the label
views/     print labels and blanks, claim a blank one, retire one
"""
