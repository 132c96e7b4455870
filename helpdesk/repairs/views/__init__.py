"""The pages of the work on a ticket."""
