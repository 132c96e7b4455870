"""The pages of the lending desk; ``pages`` gathers them into one blueprint."""
