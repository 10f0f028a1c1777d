"""Consolidation: the text that adopted wordings make together, each of its words bearing the name of its source."""
