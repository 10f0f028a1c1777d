"""The kinds of contribution, one module each."""
