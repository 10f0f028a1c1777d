"""Find a model, and read what it is made of: its card, its fields, its parameters and their histories."""
