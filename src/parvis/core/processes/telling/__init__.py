"""A contribution told whole: its words, its history, what others wrote on it, what became of it."""
