"""Make contributions of the rows of an accepted import."""
