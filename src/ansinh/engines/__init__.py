"""Engines: one file each, all giving the same answers. `reference` is the truth; the others are fast."""
