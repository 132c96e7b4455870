"""The verbs of tickets, by noun.

``intake`` (report, join), ``work`` (along the states), ``talk`` (answers and notes), ``notices``
(who is told), ``deadlines`` (when it is due).
"""
