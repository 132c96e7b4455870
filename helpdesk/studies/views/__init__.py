"""The pages of studies and developments."""
