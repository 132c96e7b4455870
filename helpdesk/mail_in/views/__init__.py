"""Pages of the mails that came in."""
