"""Plain functions that make rows for tests; every argument has a default worth reading."""
