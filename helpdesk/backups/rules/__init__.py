"""The verbs of backups: make one, read one back, tell of one that is missing."""
