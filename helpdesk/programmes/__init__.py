"""Programmes: the nine processes of the office's manual, each run for a fiscal year or a project.

Nouns: process (shipped: its steps, forms, definitions, references), programme (one run of it),
step, member of the working group, activity, indicator, notice with its readers, entry of the log,
report in versions. A programme is drafted, approved by the director, carried out, reported, closed.
The working group edits; a school's coordinator sees what concerns the school; auditors read.

shipped → states → models → access → queries → rules/{drafting, grouping, planning, stepping,
telling, logging, reporting} → forms → views. ``approving`` is what the engine of approvals calls
back, ``sources`` the figures that other rooms count, ``papers`` the PDFs, ``jobs`` the deadlines.
"""
