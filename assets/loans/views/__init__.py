"""The pages of loans, by who uses them; ``pages`` gathers them into one blueprint."""
