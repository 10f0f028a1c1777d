"""What the API of simulators is asked, and what it answers."""
