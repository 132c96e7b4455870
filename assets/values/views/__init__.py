"""Pages, papers and workbooks of the values."""
