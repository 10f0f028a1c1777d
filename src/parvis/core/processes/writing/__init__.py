"""The pages where someone writes: contribute, edit, withdraw."""
