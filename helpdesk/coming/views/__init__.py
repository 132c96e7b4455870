"""The page of what is coming."""
