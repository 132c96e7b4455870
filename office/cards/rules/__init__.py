"""The verbs of user cards: asking, issuing, ending, the look, and a whole school at once."""
