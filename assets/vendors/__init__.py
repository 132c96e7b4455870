"""Companies and shops that repair for the office or sell to it.

Noun: vendor, written down once with its tax number, telephone and contact. Used by repairs outside
the office and by whoever buys. models → access → queries → rules → forms → views.
"""
