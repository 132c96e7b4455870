"""Maintenance in the queue: a visit is one job there, and what was not in order is a repair.

filling.py makes the jobs and follows them; maintenance below knows it only as its slots.
"""
