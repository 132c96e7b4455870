"""The pages of disposals."""
