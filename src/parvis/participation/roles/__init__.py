"""The roles of debates, one module each."""
