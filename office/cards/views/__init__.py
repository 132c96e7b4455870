"""The pages of user cards."""
