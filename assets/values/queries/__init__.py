"""Reading the books: lines and figures, summaries, changes of a year, cards."""
