"""The page where a text is followed, from its first version to the last."""
