"""The verbs of maintenance: plan, enrol items, let things fall due, go there, do it."""
