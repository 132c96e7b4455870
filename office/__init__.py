"""Facts that every department shares."""
