"""Pages of the annual inspection."""
