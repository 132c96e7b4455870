"""Labels: what is stuck on an item so that one scan finds it.

Nouns: tag code (eight random letters), address (the text in the QR), label, layout (a sheet
in true millimetres).

codes.py   makes codes and reads them back from whatever a scanner or a person typed
qr.py      the address of a code and its QR as vector
sheets.py  labels on sheets and tapes as PDF
paper/     the typst template of the label
"""
