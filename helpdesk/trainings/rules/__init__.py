"""The verbs of trainings: arranging, enrolling, attending, finishing."""
