"""The verbs of risks."""
