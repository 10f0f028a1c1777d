"""Votes and supports: one person, one voice, a receipt, and a count that anyone redoes."""
