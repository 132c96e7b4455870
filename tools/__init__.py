"""Tools of the workshop: what the checks and the Makefile call."""
