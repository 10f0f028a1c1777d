"""Calculations that people published: read them, take their file away, replay them."""
