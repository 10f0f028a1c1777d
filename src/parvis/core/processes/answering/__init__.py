"""Answers owed: by whom, to what, by when; their fate, and what is late."""
