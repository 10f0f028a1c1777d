"""The site's own evidence, read from its tables and published as a release like any other."""
