"""People of the office and its schools: who they are, how they sign in, which roles they hold.

Nouns: person, role grant (a role for the whole office or for one unit and what lies under it),
password link (a one-time link that sets a password). People are never deleted: they leave.
"""
