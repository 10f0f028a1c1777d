"""Publish a calculation, or erase it: what becomes public is shown before anyone agrees."""
