"""Pages of labels: sheets and blanks to print, the tags of an item, claiming a blank one."""
