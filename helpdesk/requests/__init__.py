"""Requests that are neither a purchase nor a repair: from the wish to the word "it is done".

Nouns: kind (materials, work, access, and simple kinds an administrator makes without code, kept in
editions), request (draft → waiting → approved → done → closed), field and answer, line (materials),
file, moment (its story). Everybody asks; the engine of approvals decides; staff carry out.

states → fields (what a form asks) → models → access → queries → rules → forms → views. ``sorts``
is where a kind with code speaks (this room's two, and the rooms above); ``shapes`` tells the form
of any kind; ``answers`` reads what was typed; ``approving`` speaks with the engine; ``papers``.
"""
