"""The history of the tables: date-first names, every step up and down."""
