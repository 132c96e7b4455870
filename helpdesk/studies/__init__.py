"""Studies of information systems (process 8) and work with ICT that is developed (process 9).

Nouns: study with its records (F12) and its report (F14), development with indicators (F15) and its
report (F16), file. A report goes to the director, who acknowledges it; what was signed stays as it
is in the approval's snapshot, and a new edition begins where the last one ended. Technicians and
coordinators write for their units, so does whoever owns a thing; approvers and auditors read.

states → models → access → queries → rules/{studying, developing, reporting, filing} → forms →
views. ``parts`` names the parts of the four forms, ``content`` makes plain values of rows, and
``papers`` a PDF of those; ``approving`` is what approvals call back, ``counting`` tells programmes.
"""
