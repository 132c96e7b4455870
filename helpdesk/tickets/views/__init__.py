"""The pages of tickets, by who uses them; ``pages`` gathers them into one blueprint."""
