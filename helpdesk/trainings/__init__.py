"""Trainings: what the office teaches its people (process 5).

Nouns: course, session (open → held or cancelled), enrolment (asked → enrolled or in the queue, or
refused, withdrawn), attendance by card or by hand, certificate. Used by everybody who takes part
and by those who arrange. states → models → access → queries → rules → approving → forms → views,
jobs.
"""
