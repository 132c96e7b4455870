"""Help that people ask for."""
