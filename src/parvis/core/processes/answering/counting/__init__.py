"""Count what is owed and answered with each write, so that no page counts contributions."""
