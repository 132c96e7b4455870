"""Figures: how much work came in, how soon it was done, what fails again and again, and advice.

``TicketFigure`` holds one narrow row for each ticket, made from the ticket by a job that follows
the audit trail; every figure is counted from these rows, so a page takes the same few questions
however many tickets there are. A *period* is a fiscal year or one of its months. A *consultation*
is advice that was noted down; the *summary of operations* (F09) tells all of it for one period.

Flow: ``jobs`` -> ``rules/gathering``; ``views/overview`` -> ``queries`` -> ``spread``, ``charts``.
"""
