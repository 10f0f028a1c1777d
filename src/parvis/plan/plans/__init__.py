"""The plans, one module each."""
