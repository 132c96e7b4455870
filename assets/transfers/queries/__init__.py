"""Reading for the pages of the room: what is in a name, what is on its way, what moved."""
