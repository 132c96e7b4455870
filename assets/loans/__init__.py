"""Loans: who has what, until when, and in what condition it came back.

slip.py  the loan and return slip (regulation clauses 207-211) as PDF from plain data
paper/   the typst template of the slip
"""
