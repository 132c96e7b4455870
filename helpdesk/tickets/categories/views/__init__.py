"""Pages of the list of categories."""
