"""Requests of people about their own data: a copy, or erasure (PDPA, sections 30 and 33; R-PD5).

Whoever is signed in asks on the own page; for a guest an administrator writes the request down and
says how the guest was recognised. A copy (``copying``) is a ZIP of all rooms without the data of
others. Erasing (``traces``) is proposed by one administrator and carried out by another; what the
law keeps is listed with its ground in ``holdings``. Answered within 30 days; the timetable watches.
"""
