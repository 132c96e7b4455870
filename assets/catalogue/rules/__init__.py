"""The verbs of the catalogue: seeding, classes with their symptoms, extra fields, models."""
