"""Maintenance (clause 212): plans, what falls due of them, and the visits on which it is done.

Nouns: plan (`Plan`: which items, how often, its steps and parts), plan item (`PlanItem`: one item
of a plan, when it is next due), occurrence (`Occurrence`: one due date of one item, once),
visit (`Visit`: what is done in one school on one day), answer (`Answer`: a step on an item).
States: an occurrence is planned > on a visit > done | skipped; or missed, which is told of.
Flow: `rules/planning` > `rules/enrolling` (which items) > `rules/occurring` (what falls due) >
`rules/visiting` (a day in a school) > `rules/doing` (step by step, by page or from a phone).
rhythm.py is the arithmetic of due dates, pure; year.py what a year holds, without writing.
"""
