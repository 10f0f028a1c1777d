"""A calculator in use: its questions asked in plain words, its answers read, its result told and explained."""
