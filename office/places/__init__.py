"""Places: units (the office, its groups, its schools) as a tree, buildings and rooms.

Nouns: unit, building, room. A unit's ``path`` names all units above it, so "a unit and what lies
under it" is one comparison. ``access.viewer_of`` turns a person's role grants into a viewer.
"""
