"""The verbs of systems and rights."""
