"""The pages of requests about own data."""
