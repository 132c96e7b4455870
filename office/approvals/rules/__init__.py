"""The verbs of approvals: asking, signing, paths, absences, and what they share."""
