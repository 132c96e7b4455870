"""Risks: internal control of a group or school by fiscal year (duty 3.10), papers PK.4 and PK.5.

Nouns: table (one unit, one fiscal year), component (the five of the Ministry's criteria), risk
(objective, risk, control, likelihood × impact, treatment, who, until when), follow-up by quarter.
A table is open, then closed when it is reported; it is copied from the year before. Keepers of the
unit write; whoever answers for a treatment follows it up; auditors read.

states → models → access → queries → rules/{keeping, weighing, following} → forms →
views; ``papers`` prints PK.4 and PK.5, ``jobs`` watches the days of the treatments.
"""
