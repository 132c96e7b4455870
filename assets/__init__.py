"""Things the office owns."""
