"""The verbs of disposals, by what they are about."""
