"""The pages of systems and rights."""
