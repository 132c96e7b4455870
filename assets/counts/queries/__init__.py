"""Reading rounds: the list, the walk, the review, the figures of the report."""
