"""The pages where two versions are compared: an article, the whole text, three columns."""
