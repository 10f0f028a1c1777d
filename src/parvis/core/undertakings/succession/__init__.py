"""What follows a plan: its text, the comments on its reviews, its next version, and the drift between versions."""
