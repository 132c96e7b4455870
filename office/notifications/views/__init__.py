"""Pages of messages: a person's inbox, and all that went out."""
