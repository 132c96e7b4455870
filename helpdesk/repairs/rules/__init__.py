"""The verbs of the work on a ticket, by noun; ``ending`` is what an end of the work asks first."""
