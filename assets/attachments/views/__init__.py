"""Doors of attachments."""
