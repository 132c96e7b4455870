"""The pages of specifications and comparisons."""
