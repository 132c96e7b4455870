"""The verbs of specifications, comparisons, criteria and brands."""
