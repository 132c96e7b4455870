"""What people may type about labels: what is printed, papers, printers, what a tag is on."""
