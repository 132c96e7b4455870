"""The verbs of figures."""
