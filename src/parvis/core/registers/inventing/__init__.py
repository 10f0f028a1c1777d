"""Saying what is invented."""
