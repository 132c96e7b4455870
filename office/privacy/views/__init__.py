"""The pages of the privacy notice and of the records of processing."""
