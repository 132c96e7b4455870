"""The verbs of studies and developments."""
