"""What changes labels: the life of a tag, print runs, the papers and printers they are made on."""
