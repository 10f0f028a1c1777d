"""The end of a vote: closing, the count for good, the public export, the destruction of the key."""
