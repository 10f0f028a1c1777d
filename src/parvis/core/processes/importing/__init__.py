"""Imports: contributions that were made elsewhere enter a draft; nothing is public until someone accepts it."""
