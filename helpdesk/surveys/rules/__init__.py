"""The verbs of surveys: drafting, opening, answering, reporting."""
