"""The pages of licences."""
