"""What leads from the pages of a plan to its text and its debates, and back."""
