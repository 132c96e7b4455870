"""The verbs of the room, one file for each kind of act."""
