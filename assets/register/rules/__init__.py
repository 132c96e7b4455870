"""The verbs of the register, by noun: ``items`` (cards), ``holds`` (what keeps them busy)."""
