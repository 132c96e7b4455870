"""The verbs of licences: keeping them, giving seats, telling of their end."""
