"""Surveys: asking people in questions of five levels, choices, numbers and open words.

Nouns: survey (draft → open → closed), question, invitation, response, answer, report (F11). Used by
those who monitor and evaluate (process 7), by whoever was served, and by everybody with a link.
states → models → access → scoring, results → queries → rules → forms → views, jobs. What keeps an
anonymous answer apart from who gave it is written in docs/adr/0010-answers-without-names.md.
"""
