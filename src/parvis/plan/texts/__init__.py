"""The kinds of text, one module each, with their readers."""
